"""Source lines and carets of many kinds of expressions and statements, reported one after the other."""
import sys


def report(f):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())


def case_00():
    x = [1,2,3]; x[10]


def case_01():
    x = {}
    x["a"]["b"]


def case_02():
    def f():
        yield 1
        raise ValueError("gen")
    for i in f(): pass


def case_03():
    class A:
        def __getattr__(self, n): raise AttributeError(n)
    A().foo.bar


def case_04():
    (lambda x: x / 0)(3)


def case_05():
    [1/y for y in (1, 0)]


def case_06():
    x = 1
    x.foo = 3


def case_07():
    assert 1 == 2, "nope " * 2


def case_08():
    assert (1 ==
       2)


def case_09():
    with open_thing() as f: pass


def case_10():
    class C:
        x = 1 / 0


def case_11():
    def deco(f): raise TypeError("d")
    @deco
    def g(): pass


def case_12():
    a, b = 1


def case_13():
    a, b = 1, 2, 3


def case_14():
    a, *b, c = [1]


def case_15():
    for i in 5: pass


def case_16():
    f = print
    f(**3)


def case_17():
    f"{1/0}"


def case_18():
    f"{'a' + 1!r:>10}" + "x"


def case_19():
    x = "é" + 1


def case_20():
    x = "日本語" + 1 + "z"


def case_21():
    def f(x):
        return g(x)
    def g(x):
        return x.y
    f(1)


def case_22():
    try:
        raise ValueError(1)
    except ValueError as e:
        raise e


def case_23():
    try:
        raise ValueError(1)
    except ValueError as e:
        raise


def case_24():
    try:
        {}["a"]
    except KeyError:
        try:
            [][0]
        except IndexError as e:
            raise RuntimeError("x") from e


def case_25():
    raise ValueError


def case_26():
    raise ValueError("a\nb")


def case_27():
    raise KeyError("a\nb")


def case_28():
    class E(Exception):
        def __str__(self): raise ValueError
    raise E(1)


def case_29():
    class E(Exception):
        class F(Exception): pass
    raise E.F("q")


def case_30():
    class E(Exception): __module__ = "m.n"
    raise E("q")


def case_31():
    def f(n):
        if n == 0: raise ValueError("deep")
        f(n - 1)
    f(10)


def case_32():
    raise ExceptionGroup("a", [ValueError(1), TypeError("b\nc"), ExceptionGroup("n", [OSError(2, "x", "y")])])


def case_33():
    def f():
        try: 1/0
        except Exception as e: return e
    raise ExceptionGroup("a", [f(), f()]) from f()


def case_34():
    e = ValueError("a"); e.add_note("n1"); e.add_note("n2\nn3"); raise e


def case_35():
    class A:
        def __init__(self): self.foo = 1
        def m(self): return foo
    A().m()


def case_36():
    class A:
        def __init__(self): self.value = 1
    a = A()
    a.valeu


def case_37():
    pint("x")


def case_38():
    math.sqrt(2)


def case_39():
    x = (1 +
         2 +
         "a" +
         4)


def case_40():
    x = foo(
        1,
        2)


def case_41():
    x = [
      1,
      2
    ][
      5
    ]


def case_42():
    if 1:
        if 2:
            y = {"a": 1}["b"] + {"c": 2}["d"]


def case_43():
    a = 1; b = "x"; a <= b


def case_44():
    a = 1; b = "x"; a < b < 3


def case_45():
    not_callable = 3
    not_callable(1)(2)


def case_46():
    x = 3 if undefined else 4


def case_47():
    while undefined_thing: pass


def case_48():
    -"a"


def case_49():
    ~1.5


def case_50():
    x = 5
    x @ 3


def case_51():
    x = 5
    x **   "a"


def case_52():
    x = 5
    x //  (  0)


def case_53():
    (1) + (  "a"  )


def case_54():
    x = 1
    x += "a"


def case_55():
    x = [1]
    x["a"] += 1


def case_56():
    x = [1]
    x[0:"a"]


def case_57():
    raise SyntaxError("msg", ("f.py", 3, 2, "abcdef\n"))


def case_58():
    raise SyntaxError("msg", ("f.py", 3, 2, "  abcdef\n", 3, 5))


def case_59():
    raise SyntaxError("msg")


def case_60():
    raise OSError(2, "No such", "file", None, "file2")


def case_61():
    int("x")


def case_62():
    async def f(): await g()
    async def g(): raise ValueError("async")
    f().send(None)


def case_63():
    def gen():
        x = yield
        raise KeyError(x)
    g = gen(); next(g); g.send("v")


def case_64():
    def gen():
        try: yield
        except ValueError: raise TypeError("t")
    g = gen(); next(g); g.throw(ValueError("v"))


def case_65():
    def outer():
        def inner(): return undefined_free
        undefined_free = inner()
    outer()


def case_66():
    match 3:
        case int(a, b): pass


def case_67():
    class M(type):
        def __call__(cls): raise ValueError("meta")
    class A(metaclass=M): pass
    A()


def case_68():
    class P:
        @property
        def x(self): return self._y
    P().x


def case_69():
    sorted([1, "a"])


def case_70():
    sorted([1, 2], key=lambda v: v.q)


def case_71():
    max([])


def case_72():
    {}.pop("x")


def case_73():
    "abc".index("z")


def case_74():
    [].remove(3)


def case_75():
    x = {1: 2}
    for k in x: x[k + 10] = 3


def case_76():
    return_value = (lambda: (yield))()
    return_value.throw(ValueError)


def case_77():
    def f():
        try:
            return 1
        finally:
            1 / 0
    f()


def case_78():
    try:
        1/0
    except ZeroDivisionError as e:
        e.__cause__ = e
        raise


def case_79():
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
    except* ValueError:
        raise IndexError("new")
    except* TypeError:
        pass


def case_80():
    raise ExceptionGroup("many", [ValueError(i) for i in range(20)])


def case_81():
    e = ValueError(0)
    for i in range(13): e = ExceptionGroup(f"l{i}", [e])
    raise e


def case_82():
    def f(a, b=1, *, c): pass
    f(1, 2, 3)


def case_83():
    def f(a): pass
    f()


def case_84():
    def f(a): pass
    f(b=3)


def case_85():
    "%d" % "x"


def case_86():
    "{} {}".format(1)


def case_87():
    object.__new__(3)


def case_88():
    class A: __slots__ = ("x",)
    A().y = 3


def case_89():
    class A: pass
    A.foo


def case_90():
    type("X", (int, str), {})


def case_91():
    x = (yield_ := 3) + [
        1]


def case_92():
    some_function_name = None
    result = some_function_name(
        1,  # comment (
        2)["key"]


def case_93():
    d = {"k": [1, 2]}
    v = d["k"]  [ 7 ]  # comment


def case_94():
    raise ValueError(
        "a"
        "b"
    )


def case_95():
    def f():
        return (
            1 /
            0
        )
    f()


def case_96():
    x = lambda: (
        1 / 0
    )
    x()


def case_97():
    result = [
        z
        for z in [1, 2, 0]
        if 1 / z
    ]


def case_98():
    class W(UserWarning): pass
    raise W(1, 2)


def case_99():
    def f():
        raise NameError("custom", name="valeu")
    valeur = 3
    f()


def case_100():
    raise ImportError("cannot import", name="sys", name_from="exti")


def case_101():
    raise AttributeError("custom", name="appendd", obj=[])


def case_102():
    raise AttributeError("no hint", name="zzzzzz", obj=[])


def case_103():
    try:
        raise ValueError from None
    except ValueError as e:
        raise TypeError


def case_104():
    try:
        raise ValueError
    except ValueError as e:
        raise TypeError from None


def case_105():
    raise ValueError() from KeyError("k")


def case_106():
    raise 3


def case_107():
    raise ValueError from 3


def case_108():
    class BadRaise(Exception):
        def __new__(cls): return 3
    raise BadRaise


def case_109():
    try: 1/0
    except 3: pass


def case_110():
    try: raise ExceptionGroup("x", [ValueError()])
    except* ExceptionGroup: pass


def case_111():
    class N(Exception):
        __notes__ = "just a string"
    raise N("x")


def case_112():
    class N(Exception):
        __notes__ = ("t1", 2)
    raise N("x")


def case_113():
    class N(Exception):
        @property
        def __notes__(self): raise ValueError("no notes")
    raise N("x")


def case_114():
    class N(Exception):
        def __str__(self): return ""
    raise N("x")


def case_115():
    class N(Exception):
        def __str__(self): return 3
    raise N("x")


for name in sorted(n for n in globals() if n.startswith("case_")):
    print("==", name, file=sys.stderr)
    report(globals()[name])
