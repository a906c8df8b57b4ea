"""Suspension inside with and try blocks."""
class M:
    def __enter__(self):
        print("enter")

    def __exit__(self, kind, *_):
        print("exit", kind and kind.__name__)
        return kind is ValueError


def g():
    with M():
        yield 1
        yield 2
    yield 3


print(list(g()))
it = g()
next(it)
print(it.throw(ValueError))
it = g()
next(it)
it.close()


def nested():
    for i in range(2):
        try:
            try:
                yield i
            finally:
                yield f"finally {i}"
        except KeyError:
            yield "key"


print(list(nested()))
n = nested()
print(next(n), n.throw(KeyError), next(n), next(n), list(n))
