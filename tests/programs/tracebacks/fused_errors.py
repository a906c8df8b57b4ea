"""An error in each component of each pair that warm code fuses, after the code is warm; carets show whose it is."""


class Bool:
    def __init__(self, good):
        self.good = good

    def __bool__(self):
        if self.good:
            return True
        raise ValueError("no truth")


class Slot:
    __slots__ = ("a",)


def load_fast_load_attr(a, b):
    return [b, a.real]


def load_fast_binary_op(a, b):
    return [a.real + b]


def load_fast_binary_subscr(a, b):
    return [0, a[b]]


def load_fast_compare_op(a, b):
    return 1, a < b


def load_fast_call(a):
    return 1, abs(a)


def load_fast_load_global(a, b):
    return a, missing


def load_fast_store_attr(a, b):
    a.a = b.real


def load_fast_store_subscr(a, b, c):
    a[b] = c


def load_fast_contains_op(a, b):
    return 0, a in b


def load_fast_to_bool(a):
    return 1 if a else 2


def load_fast_load_deref(a, unbind):
    def inner(x):
        return [x, cell]
    cell = 1
    if unbind:
        del cell
    return inner(a)


def load_const_binary_op(a):
    return 0, a + 1


def load_const_compare_op(a):
    return 0, a < 1


def load_const_call(f):
    return 0, f(1)


def load_const_binary_subscr(a):
    return 0, a[7]


def store_fast_load_global(a):
    b = a
    return missing, b


def pop_top_load_global(a):
    a.append(1)
    return missing


def pop_jump_if_false_load_global(a):
    if a:
        return missing
    return 0


def copy_to_bool(a, b):
    return a and b or 3


def load_deref_load_fast(a, unbind):
    cell = 1

    def inner(x):
        return cell, x
    if unbind:
        del cell
    return inner(a)


missing = 1
CASES = [
    (load_fast_load_attr, (1, 2), ("x", 2)),
    (load_fast_binary_op, (1, 2), (1, "2")),
    (load_fast_binary_subscr, ([1], 0), ([1], 5)),
    (load_fast_compare_op, (1, 2), (1, "x")),
    (load_fast_call, (-1,), ("x",)),
    (load_fast_load_global, (1, 2), None),
    (load_fast_store_attr, (Slot(), 1), (1, 1)),
    (load_fast_store_subscr, ([1], 0, 2), ([1], 4, 2)),
    (load_fast_contains_op, (1, [1]), (1, 1)),
    (load_fast_to_bool, (Bool(True),), (Bool(False),)),
    (load_fast_load_deref, (1, False), (1, True)),
    (load_const_binary_op, (1,), ("x",)),
    (load_const_compare_op, (1,), ("x",)),
    (load_const_call, (abs,), ("x",)),
    (load_const_binary_subscr, ([0] * 9,), ([0],)),
    (store_fast_load_global, (1,), None),
    (pop_top_load_global, ([],), None),
    (pop_jump_if_false_load_global, (1,), None),
    (copy_to_bool, (Bool(True), 0), (Bool(False), 0)),
    (load_deref_load_fast, (1, False), (1, True)),
]


def error_of(f, args):
    try:
        f(*args)
    except Exception as error:
        return error


for f, good, _ in CASES:
    for _ in range(40):
        f(*good)
del missing
errors = [error_of(f, bad or good) for f, good, bad in CASES]
print(len(errors), [type(e).__name__ for e in errors])
raise ExceptionGroup("all", [ExceptionGroup("first", errors[:10]), ExceptionGroup("second", errors[10:])])
