"""A small program: lazily evaluated pipelines as a class with method chaining."""
class Pipe:
    def __init__(self, source):
        self._source = source

    @classmethod
    def of(cls, *items):
        return cls(items)

    @classmethod
    def iterate(cls, f, seed):
        def generate():
            x = seed
            while True:
                yield x
                x = f(x)
        return cls(generate())

    def __iter__(self):
        return iter(self._source)

    def __getattr__(self, name):
        if name in ("sum", "max", "min", "sorted", "list", "any", "all"):
            return lambda *a, **k: getattr(__import__("builtins"), name)(self, *a, **k)
        raise AttributeError(f"{type(self).__name__} has no step {name!r}")

    def map(self, f):
        return Pipe(f(x) for x in self)

    def filter(self, f):
        return Pipe(x for x in self if f(x))

    def take(self, n):
        def generate():
            if n <= 0:
                return
            for i, x in enumerate(self, 1):
                yield x
                if i == n:
                    return
        return Pipe(generate())

    def take_while(self, f):
        def generate():
            for x in self:
                if not f(x):
                    return
                yield x
        return Pipe(generate())

    def window(self, n):
        def generate():
            buffer = ()
            for x in self:
                buffer = (*buffer, x)[-n:]
                if len(buffer) == n:
                    yield buffer
        return Pipe(generate())

    def fold(self, f, seed):
        for x in self:
            seed = f(seed, x)
        return seed

    def __or__(self, f):
        return f(self)


print(Pipe.iterate(lambda x: x * 2, 1).filter(lambda x: x % 3 == 1).take(5).list())
print(Pipe(range(10)).map(lambda x: x * x).take_while(lambda x: x < 50).sum(), Pipe.of(3, 1, 2).sorted(reverse=True), Pipe("abcd").window(2).map("".join).list())
print(Pipe.of(1, 2, 3).fold(lambda a, b: a * 10 + b, 0), Pipe(range(3)) | list, Pipe.iterate(lambda p: (p[1], p[0] + p[1]), (0, 1)).map(lambda p: p[0]).take(10).list(), Pipe.of().any(), Pipe([0]).take(0).list())
try:
    Pipe([]).nope
except AttributeError as error:
    print(error)
