"""global in functions, classes and nested functions."""
x = 1


def f():
    global x
    x = 2

    def g():
        return x

    class C:
        x = 3

        def m(self):
            return x

    return g(), C.x, C().m()


print(f(), x)


class D:
    global made_by_class
    made_by_class = 5
    own = made_by_class + 1


print(made_by_class, D.own, hasattr(D, "made_by_class"))


def h():
    x = "local"

    def inner():
        global x
        x = "from inner"
    inner()
    return x


print(h(), x)


def loop():
    global i
    for i in range(3):
        pass


loop()
print(i)


def with_as():
    global error
    try:
        1 / 0
    except ZeroDivisionError as error:
        pass


with_as()
print("error" in globals())


def define():
    global inner_function, InnerClass
    def inner_function(): return "fn"
    class InnerClass: pass


define()
print(inner_function(), InnerClass.__qualname__, inner_function.__qualname__)
import builtins
builtins.injected = 7
print(injected)
len = lambda x: "shadowed"
print(len([]))
del len
print(len([]))
