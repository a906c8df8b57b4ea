"""What no workload does and the specialiser must see as CPython's does: functions that were changed, classes whose instances keep their
attributes in other ways, native methods that are told their class, native attributes that are words of the object."""
import zlib
from array import array
from time import gmtime


def f(a, b=1):
    return a


def g(a):
    return a


def renamed(a):
    return a


def keyword(a):
    return a


made = type(g)(g.__code__, globals())
f.__defaults__ = (3,)
g.__code__ = (lambda x: x).__code__
renamed.__name__ = renamed.__qualname__ = renamed.__doc__ = "other"
renamed.__annotations__ = {}
keyword.__kwdefaults__ = None


def call_changed(n):
    for _ in range(n):
        f(1)
        g(1)
        made(1)
        renamed(1)
        keyword(1)


class Plain:
    @property
    def p(self):
        return 1

    def __getitem__(self, key):
        return key

    def method(self):
        return 1


class Changed(Plain):
    @property
    def p(self):
        return 1

    def __getitem__(self, key):
        return key


class Every:
    def __getattribute__(self, name):
        return 1


class EveryChanged:
    def __getattribute__(self, name):
        return 1


Changed.p.fget.__defaults__ = ()
Changed.__getitem__.__defaults__ = ()
EveryChanged.__getattribute__.__kwdefaults__ = {}


def get(plain, changed, every, every_changed, n):
    for _ in range(n):
        plain.p, changed.p
        plain[1], changed[1]
        every.zz, every_changed.zz


def read_dict(x):
    return x.tag


def read_list(x):
    return x.tag


def read_float(x):
    return x.tag


def read_int(x):
    return x.tag


def read_bytes(x):
    return x.tag


def read_tuple(x):
    return x.tag


def read_error(x):
    return x.tag


def read_assigned(x):
    return x.tag


def read_many(x):
    return x.tag


def call_dict(x):
    return x.method()


def call_int(x):
    return x.method()


def call_tuple(x):
    return x.method()


def call_bytes(x):
    return x.method()


def call_error(x):
    return x.method()


def store_list(x):
    x.tag = 2


def store_int(x):
    x.tag = 2


def subclass(base):
    return type("Sub", (base,), {"method": lambda self: 1, "shared": 5})


def tagged(base, *args):
    x = subclass(base)(*args)
    x.tag = 1
    return x


def with_subclasses(n):
    readers = [
        (read_dict, tagged(dict)), (read_list, tagged(list)), (read_float, tagged(float)), (read_int, tagged(int)),
        (read_bytes, tagged(bytes)), (read_tuple, tagged(tuple)), (read_error, tagged(ValueError)),
    ]
    callers = [(call_dict, dict), (call_int, int), (call_tuple, tuple), (call_bytes, bytes), (call_error, ValueError)]
    calls = [(caller, subclass(base)()) for caller, base in callers]
    assigned = tagged(list)
    assigned.__dict__ = {"tag": 1}
    many = tagged(list)
    for i in range(40):
        setattr(many, f"name{i}", i)
    stores = [(store_list, tagged(list)), (store_int, tagged(int))]
    for reader, x in [*readers, *calls, (read_assigned, assigned), (read_many, many), *stores]:
        for _ in range(n):
            reader(x)


def use_natives(n):
    moment = gmtime(0)
    numbers = array("i", [1])
    compressor, decompressor = zlib.compressobj(), zlib.decompressobj()
    for _ in range(n):
        moment.tm_year
        numbers.append(1)
        numbers.extend(numbers[:1])
        compressor.copy()
        compressor.compress(b"a")
        decompressor.copy()
        decompressor.unconsumed_tail
        decompressor.eof
        f.__globals__
        f.__module__
        f.__doc__
        f.__name__
        len.__module__
        len.__name__


call_changed(100)
get(Plain(), Changed(), Every(), EveryChanged(), 100)
with_subclasses(100)
use_natives(100)
