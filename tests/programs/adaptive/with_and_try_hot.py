"""with, try and finally in hot loops, with exceptions now and then."""
class M:
    entered = exited = 0

    def __enter__(self):
        M.entered += 1
        return self

    def __exit__(self, kind, error, tb):
        M.exited += 1
        return kind is KeyError


def work(i):
    with M():
        if i % 7 == 0:
            raise KeyError(i)
        if i % 11 == 0:
            raise ValueError(i)
        return i
    return -1


total = errors = 0
for i in range(1, 500):
    try:
        total += work(i)
    except ValueError:
        errors += 1
    finally:
        total += 1
print(total, errors, M.entered, M.exited)


def nested(n):
    out = []
    for i in range(n):
        try:
            try:
                if i % 3 == 0:
                    raise IndexError
                if i % 3 == 1:
                    continue
                out.append("ok")
            except IndexError:
                out.append("index")
            else:
                out.append("else")
            finally:
                out.append("f")
        finally:
            if i == n - 2:
                break
    return out


print(nested(8))
for _ in range(60):
    nested(8)
print(len(nested(100)))
