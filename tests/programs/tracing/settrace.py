# sys.settrace: which events come, in which order, with which lines and arguments.
import sys

LOG = []


def show(arg):
    if isinstance(arg, tuple) and len(arg) == 3 and isinstance(arg[0], type):
        return f"({arg[0].__name__}, {arg[1]}, {'traceback' if arg[2] is not None else None})"
    return repr(arg) if type(arg).__module__ == "builtins" else type(arg).__qualname__


def tracer(frame, event, arg):
    LOG.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, show(arg)))
    return tracer


def run(f, *args):
    LOG.clear()
    sys.settrace(tracer)
    try:
        result = f(*args)
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    finally:
        sys.settrace(None)
    print("==", f.__name__, result)
    for entry in LOG:
        print("  ", *entry)


def simple(n):
    x = 1
    y = 2; z = 3
    return (x +
            y + z)


def loop(n):
    total = 0
    for i in range(n):
        total += i
    else:
        total += 100
    return total


def one_line_loop(n):
    while n: n -= 1


def inner(v):
    return v * 2


def nested():
    a = inner(1)
    b = [inner(k) for k in range(2)]
    return a, b


def raises():
    try:
        boom()
    except ValueError as e:
        x = str(e)
    finally:
        y = 1
    return x


def boom():
    raise ValueError("boom")


def uncaught():
    z = 1
    boom()
    return z


def gen():
    got = yield 1
    yield got
    return 3


def use_generator():
    g = gen()
    next(g)
    g.send("x")
    g.close()
    for _ in inner_gen():
        pass


def inner_gen():
    yield 1
    yield 2


class C:
    attr = 1

    def method(self):
        with self:
            return self.attr

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False


def classes():
    class Local(C):
        pass
    return Local().method()


def conditions(a, b):
    if a and b:
        r = 1
    elif a or b:
        r = 2
    else:
        r = 3
    return "yes" if r == 2 else "no"


def recursion(n):
    return 1 if n == 0 else n * recursion(n - 1)


def matching(v):
    match v:
        case [x, y]:
            return x
        case {"k": k}:
            return k
        case _:
            return None


def continues():
    out = []
    for i in range(4):
        if i == 1:
            continue
        if i == 3:
            break
        out.append(i)
    return out


for f, *args in [(simple, 1), (loop, 2), (loop, 0), (one_line_loop, 2), (nested,), (raises,), (uncaught,), (use_generator,), (classes,),
                 (conditions, 1, 0), (conditions, 1, 1), (conditions, 0, 0), (recursion, 2), (matching, [1, 2]), (matching, {"k": 1}), (matching, 5), (continues,)]:
    run(f, *args)

print("== a tracer that declines, and one that fails")


def only_calls(frame, event, arg):
    print("  ", event, frame.f_code.co_name)
    return None


sys.settrace(only_calls)
nested()
sys.settrace(None)


def failing(frame, event, arg):
    if event == "line":
        raise KeyError("in tracer")
    return failing


sys.settrace(failing)
try:
    simple(1)
except KeyError as e:
    print("  ", type(e).__name__, e, sys.gettrace())
sys.settrace(None)

print("== f_trace, f_trace_lines, f_trace_opcodes")


def quiet(frame, event, arg):
    frame.f_trace_lines = False
    print("  ", event, frame.f_code.co_name, frame.f_trace_lines, frame.f_trace_opcodes)
    return quiet


sys.settrace(quiet)
simple(1)
sys.settrace(None)
count = 0


def opcodes(frame, event, arg):
    global count
    frame.f_trace_opcodes = True
    count += event == "opcode"
    return opcodes


sys.settrace(opcodes)
inner(1)
sys.settrace(None)
print("  ", count > 3)


def mid():
    frame = sys._getframe()
    frame.f_trace = tracer
    sys.settrace(tracer)
    a = 1
    b = 2
    sys.settrace(None)
    return a + b


LOG.clear()
print("  ", mid())
for entry in LOG:
    print("  ", *entry)
print(sys.gettrace(), sys.getprofile())

print("== after many runs, code that has adapted")
for _ in range(200):
    conditions(1, 0), recursion(3)
run(conditions, 1, 0)
run(recursion, 1)
