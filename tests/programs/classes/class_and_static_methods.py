"""classmethod and staticmethod."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A:
    count = 0

    @classmethod
    def make(cls, *args):
        cls.count += 1
        return cls.__name__, args

    @staticmethod
    def add(a, b):
        return a + b

    @classmethod
    @property
    def odd(cls):
        return 1


class B(A):
    pass


print(A.make(1), B.make(2), B().make(), A.count, B.count)
print(A.add(1, 2), A().add(3, 4))
print(type(A.__dict__["make"]).__name__, type(A.__dict__["add"]).__name__)
print(A.__dict__["make"].__func__.__name__, A.__dict__["add"].__wrapped__.__name__, A.make.__self__)
print(A.__dict__["add"](5, 6))
show(lambda: A.__dict__["make"]())
print(staticmethod(len)("abc"), A.make.__func__(B))
