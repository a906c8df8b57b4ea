# marshal: round trips of every kind, code among them, and damaged data.
import io
import marshal
import math

VALUES = [None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, -2**40, 2**200, -3**90, 1.5, -0.0, float("inf"), 1 + 2j, "", "abc",
          "é∑", "\U0001f600", "\ud800", b"", b"\x00\xff", (), (1,), tuple(range(300)), [], [1, [2, [3]]], {}, {"a": 1, 2: [3]}, set(), {1, 2, 3},
          frozenset("ab"), ["same"] * 3, "x" * 300, "é" * 300]
for v in VALUES:
    for version in (0, 1, 2, 3, 4):
        back = marshal.loads(marshal.dumps(v, version))
        if not (back == v and type(back) is type(v)):
            print("differs", version, repr(v)[:50], repr(back)[:50])
print(math.isnan(marshal.loads(marshal.dumps(float("nan")))), marshal.version)
for v in [None, True, [], [None, ...], {}, b"".join([b"a", b"b"])[:0] or None, set(), [[], {}]]:
    print(v, marshal.dumps(v))
for v in (5, 2**31, -2**40, 1.5, "é", b"ab", (1, 2), "abc"):
    print(v, marshal.dumps(v, 2))
print(marshal.dumps(1.25, 1), marshal.dumps("abc", 0))
shared = ["x"]
back = marshal.loads(marshal.dumps([shared, shared]))
print(back, back[0] is back[1])
loop = []
loop.append(loop)
back = marshal.loads(marshal.dumps(loop))
print(back[0] is back)
print(marshal.loads(bytearray(marshal.dumps([1]))), marshal.loads(memoryview(marshal.dumps("m"))), marshal.loads(marshal.dumps(memoryview(b"mv"))))


def function(a, b=2, *args, key=None):
    inner = lambda x: x + a
    return inner(b), key, {1, 2} & {2}, "text"


code = marshal.loads(marshal.dumps(function.__code__))
print(code == function.__code__, code.co_name, code.co_varnames)
print(type(function)(code, globals(), "again", (5,))(1, key="k"))
space = {}
exec(marshal.loads(marshal.dumps(compile("y = [i * 2 for i in range(3)]\nclass C: z = 1", "<s>", "exec"))), space)
print(space["y"], space["C"].z)


def show(f, *args, **kw):
    try:
        print("fine", f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)


show(marshal.dumps, object)
show(marshal.dumps, [1, {2: object()}])
show(marshal.loads, b"")
show(marshal.loads, b"?")
show(marshal.loads, b"i\x01")
show(marshal.loads, b"[\x02\x00\x00\x00N")
show(marshal.loads, b"r\x05\x00\x00\x00")
show(marshal.loads, b"0")
show(marshal.loads, "text")
show(marshal.loads, b"[\xff\xff\xff\xff")
show(marshal.dumps, function.__code__, allow_code=False)
show(marshal.loads, marshal.dumps(function.__code__), allow_code=False)
show(marshal.dumps)
class L(list): pass
show(marshal.dumps, L())
f = io.BytesIO()
for v in (1, "two", [3.0]):
    marshal.dump(v, f)
f.seek(0)
print(marshal.load(f), marshal.load(f), marshal.load(f))
show(marshal.load, f)
deep = []
for _ in range(100):
    deep = [deep]
print(marshal.loads(marshal.dumps(deep)) == deep)
