"""NameError and UnboundLocalError messages."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def unknown():
    return nothing_here


def unbound():
    print(x)
    x = 1


def unbound_conditional(flag):
    if flag:
        y = 1
    return y


def unbound_loop():
    for i in []:
        pass
    return i


def unbound_except():
    try:
        z
    except NameError as e:
        print("inner:", e)
    z = 1


def augmented():
    counter += 1


def global_missing():
    global not_there
    return not_there


def unbound_del():
    q = 1
    del q
    del q


def comprehension():
    return [unknown_in_list for _ in range(1)]


def with_import():
    print(sys)
    import sys


counter = 0
for function in (unknown, unbound, lambda: unbound_conditional(0), unbound_loop, unbound_except, augmented, global_missing, unbound_del, comprehension, with_import):
    show(function)
try:
    nope
except NameError as error:
    print(error.name, type(error).__mro__[1].__name__)


class C:
    try:
        undefined_in_class
    except NameError as error:
        print(error)
    def method(self):
        return C_attribute


show(C().method)
