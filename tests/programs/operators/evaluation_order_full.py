"""Order of evaluation in every compound construct."""
def t(name, value=None):
    print(name, end=" ")
    return value


def line():
    print()


class O:
    def __getattr__(self, n):
        print(f".{n}", end=" ")
        return self

    def __getitem__(self, k):
        print(f"[{k}]", end=" ")
        return self

    def __call__(self, *a, **k):
        print("()", end=" ")
        return self

    def __setitem__(self, k, v):
        print(f"[{k}]=", end=" ")

    def __add__(self, o):
        print("+", end=" ")
        return self

    def __iadd__(self, o):
        print("+=", end=" ")
        return self

    def __lt__(self, o):
        print("<", end=" ")
        return True


o = O()
t("a", o)[t("i", 1)](t("x"), k=t("y")).attr + t("b", o); line()
t("a", o)[t("i", 1)] = t("v"); line()
t("a", o)[t("i", 1)] += t("v"); line()
t("a", o) < t("b", o) < t("c", o); line()
[t(1), t(2), *t(3, [4])], {t("k"): t("v"), **t("d", {})}, (t(5),), {t(6)}; line()
t("f", o)(t(1), *t(2, []), t(3), k=t(4), **t(5, {})); line()
x = t("yes") if t("cond", 0) else t("no"); line()
t("a", 1) and t("b", 0) and t("c"); line()
t("a", 0) or t("b", 1) or t("c"); line()
[t("e") for _ in t("iter", [1, 2]) if t("if", True)]; line()
{t("k"): t("v") for _ in t("iter", [1])}; line()
a = b = t("rhs", 5); line()
(t("l", o)[0], t("m", o)[1]) = t("r", (1, 2)); line()
lambda p=t("default"): t("never"); line()
def g(p=t("d1"), *, q=t("d2")) -> t("ann"): pass
line()
class C(t("base", object), metaclass=t("meta", type)): y = t("body")
line()
for z in t("it", [1]): t("loop")
line()
with t("m", type("M", (), {"__enter__": lambda s: t("enter"), "__exit__": lambda s, *a: t("exit")})()) as w: t("in")
line()
assert t("test", True), t("never")
f"{t('f1')} {t('f2'):{t('spec', '')}}"; line()
t("s", "abc")[t("lo", 0):t("hi", 2):t("st", 1)]; line()
del t("d", {1: 2})[t("key", 1)]; line()
print(t("p1"), t("p2"), sep=t("sep", ","), end=t("end", "\n"))
