"""Right side first, then targets from left to right."""
def log(name, value):
    print(name, end=" ")
    return value


class Box:
    def __setattr__(self, name, value):
        print(f"set {name}={value}", end=" ")


class Items:
    def __setitem__(self, key, value):
        print(f"[{key}]={value}", end=" ")

    def __getitem__(self, key):
        print(f"get {key}", end=" ")
        return 1


log("a", Box()).x, log("b", Items())[log("i", 0)] = log("rhs", (1, 2))
print()
log("first", Items())[log("k", 1)] = log("second", Items())[2] = log("value", 7)
print()
log("c", Items())[log("j", 3)] += log("r", 5)
print()
print({log("k1", 1): log("v1", 2), log("k2", 3): log("v2", 4)})
print([log("x", 1), log("y", 2)], log("f", max)(log("p", 1), log("q", 2)))
print(log("l", 1) + log("m", 2) * log("n", 3), log("t", 1) if log("cond", True) else log("e", 2))
print(log("s", "abc")[log("lo", 0):log("hi", 2):log("st", 1)])
