"""Deep nests of try and finally with every way out."""
def f(mode):
    log = []
    try:
        try:
            log.append("a")
            try:
                if mode == "return":
                    return log
                if mode == "raise":
                    raise ValueError("v")
                if mode == "nested":
                    raise KeyError("k")
                log.append("body")
            except KeyError:
                log.append("except")
                raise TypeError("from handler")
            else:
                log.append("else")
            finally:
                log.append("f1")
        finally:
            log.append("f2")
    except TypeError as error:
        log.append(str(error))
        log.append(repr(error.__context__))
    except ValueError:
        log.append("outer")
    finally:
        log.append("f3")
    return log


for mode in ("", "return", "raise", "nested"):
    print(mode, f(mode))


def loops():
    out = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            for j in range(2):
                try:
                    if j:
                        break
                finally:
                    out.append((i, j))
    else:
        out.append("else")
    return out


print(loops())


def override():
    for _ in range(2):
        try:
            return "first"
        finally:
            try:
                raise KeyError
            except KeyError:
                pass


print(override())


def generator():
    try:
        for i in range(3):
            try:
                yield i
            finally:
                yield f"inner {i}"
    finally:
        yield "outer"


print(list(generator()))
