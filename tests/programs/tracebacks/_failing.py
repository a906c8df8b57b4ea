"""Makes every operation of warm functions fail in turn: what the programs that look at the parts of superinstructions share.

The operands count what is done with them. When a count is reached, something goes wrong: the operation raises, a global name or a cell
loses its value, or an interrupt is asked for, which comes where the function next looks for one.
"""
from _thread import interrupt_main

NEVER = 10**9
left, fault, calls_count = NEVER, None, True


def tick():
    global left
    left -= 1
    if left == -1:
        fault()


class Items:
    def __init__(self, item, count):
        self.left, self.item = count, item

    def __iter__(self):
        return self

    def __next__(self):
        tick()
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.item


class V:
    """Does everything, and counts it."""

    def binary(self, other):
        tick()
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = binary
    __iadd__ = binary
    __getitem__ = binary

    def __neg__(self):
        tick()
        return self

    def compare(self, other):
        tick()
        return True

    __lt__ = __gt__ = __le__ = __ge__ = __eq__ = __contains__ = compare

    def __bool__(self):
        tick()
        return True

    def __getattr__(self, name):
        tick()
        return self

    def __setattr__(self, name, value):
        tick()

    def __setitem__(self, key, value):
        tick()

    def __call__(self, *args):
        if calls_count:
            tick()
        return self

    def __iter__(self):
        return Items(self, 1)


class No(V):
    """Like V, but false."""

    def compare(self, other):
        tick()
        return False

    __lt__ = __gt__ = __le__ = __ge__ = __eq__ = __contains__ = compare

    def __bool__(self):
        tick()
        return False


class Two(V):
    """Like V, but two items."""

    def __iter__(self):
        return Items(self, 2)


class Trip:
    __neg__ = interrupt_main


trip = Trip()


def fail():
    raise ValueError


def interrupt():
    -trip


def nothing():
    pass


def run(f, args):
    result = f(*args)
    if f.__code__.co_flags & 0x20:
        list(result)


def collect(f, args, errors, what, restore=nothing):
    """Adds the errors of f, by place, when what goes wrong does so before it starts, then after its first operation, its second, …"""
    global left, fault
    k = -1
    reached = True
    while reached:
        left, fault = k if k >= 0 else NEVER, what
        try:
            if k < 0:
                # No call comes between this and the start of f: an interrupt would come there.
                what()
                result = f(*args)
                if f.__code__.co_flags & 0x20:
                    list(result)
            else:
                run(f, args)
            nothing()
        except (ValueError, NameError, KeyboardInterrupt) as error:
            keep(error, f, errors)
        restore()
        reached = k < 0 or left < 0
        k += 1


def keep(error, f, errors):
    traceback = error.__traceback__
    while traceback and traceback.tb_frame.f_code is not f.__code__:
        traceback = traceback.tb_next
    if traceback and traceback.tb_lasti not in errors:
        traceback.tb_next = None
        errors[traceback.tb_lasti] = error.with_traceback(traceback)


def fail_everywhere(f, args, errors):
    global left, calls_count
    left = NEVER
    for _ in range(12):
        run(f, args)
    collect(f, args, errors, fail)
    names = f.__globals__
    for name in f.__code__.co_names:
        if name in names:
            value = names[name]

            def forget():
                names.pop(name, None)

            def remember():
                names[name] = value

            collect(f, args, errors, forget, remember)
    for cell in f.__closure__ or ():
        value = cell.cell_contents

        def empty():
            del cell.cell_contents

        def fill():
            cell.cell_contents = value

        collect(f, args, errors, empty, fill)
    # Behind the call of what is no Python function CPython looks for interrupts too: none is asked for in one.
    calls_count = False
    collect(f, args, errors, interrupt)
    calls_count = True


def in_groups(name, errors, make):
    return [make(name, errors[i:i + 15]) for i in range(0, len(errors), 15)]


def errors_of(names):
    """All errors of the functions among `names` that are called f_…, in groups small enough to be shown."""
    global left
    groups = []
    for name, f in sorted(names.items()):
        if not name.startswith("f_"):
            continue
        errors = {}
        for kind in V, No:
            fail_everywhere(f, [kind() for _ in range(f.__code__.co_argcount)], errors)
        groups += in_groups(name, [errors[at] for at in sorted(errors)], BaseExceptionGroup)
    left = NEVER
    print(len(groups), sum(len(g.exceptions) for g in groups))
    while len(groups) > 15:
        groups = in_groups("fifteen", groups, BaseExceptionGroup)
    return BaseExceptionGroup("all", groups)
