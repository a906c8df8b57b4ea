"""Metaclass hooks in order."""
class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        print("prepare", name, [b.__name__ for b in bases], kwargs)
        return {"prepared": True}

    def __new__(mcls, name, bases, namespace, **kwargs):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")), kwargs)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    def __repr__(cls):
        return f"<class {cls.__name__} of Meta>"

    def __len__(cls):
        return 42

    def __getattr__(cls, name):
        return f"meta attribute {name}"

    def __iter__(cls):
        return iter("meta")

    def __contains__(cls, item):
        return item == "x"

    @property
    def prop(cls):
        return "prop of " + cls.__name__


class A(metaclass=Meta, option=1):
    x = 1

    def __init__(self, *args):
        self.args = args


class B(A, flag=True):
    pass


print(A, len(A), A.anything, list(B), "x" in A, A.prop, B(1, 2).args, A.prepared, type(B), isinstance(A, Meta))
try:
    A().anything
except AttributeError as error:
    print(error)
C = Meta("C", (), {"y": 2})
print(C.y, C().y)
