# Type parameters, aliases, generic classes.
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
type A = int
type B[T] = list[T]
type C[T: int, *Ts, **P] = dict[T, tuple[*Ts]]
type D[T = int, U: (int, str) = str] = T
print(A, A.__value__, A.__name__, A.__type_params__, A.__module__, B, B.__value__, B.__type_params__, B[int], B[int].__args__, B[int].__origin__, C.__type_params__, [type(p).__name__ for p in C.__type_params__])
T, U = D.__type_params__
print(T, T.__bound__, T.__constraints__, T.__default__, T.has_default(), U.__constraints__, U.__default__, T.__covariant__, T.__contravariant__, T.__infer_variance__)
type Lazy = undefined_thing
t(lambda: Lazy.__value__)
undefined_thing = 5
print(Lazy.__value__)
type Rec = list[Rec] | int
print(Rec.__value__)
def f[T](x: T) -> T: return x
print(f.__type_params__, f(3), f.__annotations__)
def g[T: int, *Ts, **P](a: T, *args: *Ts, **kw): return T, Ts, P
print(g(1), g.__type_params__, g.__annotations__)
class K[T, U: str]:
    x: T
    def m[V](self, v: V) -> T: return (T, V)
    y = T
print(K.__type_params__, K[int, str], K.__orig_bases__, K.__bases__, K.__mro__, K.__parameters__, K().m(1), K.y is K.__type_params__[0], K.m.__type_params__, K.__annotations__)
class Sub(K[int, str]): pass
print(Sub.__bases__, Sub.__orig_bases__, Sub.__mro__)
t(lambda: K[int]); t(lambda: K[int, str, 5]); t(lambda: A[int]); t(lambda: B[int, str]); t(lambda: isinstance(1, A)); t(lambda: A()); t(lambda: setattr(A, '__value__', 5)); t(lambda: A | int); t(lambda: int | A); t(lambda: list[T][int]); t(lambda: T | None); t(lambda: repr(list[T]))
class Bound[T: undefined_bound]: pass
t(lambda: Bound.__type_params__[0].__bound__)
class Def[T = undefined_default]: pass
t(lambda: Def.__type_params__[0].__default__)
for s in ['def f[T, T](): pass', 'class X[T=int, U]: pass', 'type X[T: (yield)] = int', 'type X = (yield)', 'type X = await y', 'type X[T := 5] = int', 'class X[T](x := 5): pass', 'def f[T](x: (y := 1)): pass', 'type int[T] = T; print(int)', 'type(X) = 5', 'type X[*Ts: int] = 5', 'type X[**P: int] = 5', 'def f[](): pass', 'type X[] = 5', 'def f[T=int](x: T): pass', 'def f[*Ts = *tuple[int]](): pass', 'def f[**P = [int]](): pass', 'def f[*T = 1, U](): pass', 'type X[T] = (lambda: (yield))', 'class A[T]: nonlocal T', 'def f[T](): nonlocal T', 'def f[T](): global T', 'class C[__T]: x = __T; print(x)', 'def f[T](T): pass', 'type X.y = 5', 'type = 5; print(type)', 'type \n X = 5']:
    try: exec(s, {})
    except BaseException as e: print(s, '|', type(e).__name__, e, getattr(e, 'lineno', ''), getattr(e, 'offset', ''))
    else: print(s, 'OK')
x: int = 5
y: undefined_ann2 if 0 else int
def h(a: 'fwd', b: int = 3, *c: str, d: float, **e: bytes) -> None: z: nope = 1
print(__annotations__, h.__annotations__)
print(int | str, int | None, (int | str).__args__, int | str == str | int, isinstance(1, int | str), hash(int | str) == hash(str | int), list[int] | None, type(int | str), int | 'a' if 0 else 0)
t(lambda: int | 5); t(lambda: isinstance(1, int | list[int])); t(lambda: isinstance(1, list[int])); t(lambda: issubclass(int, list[int])); t(lambda: (int | str)()); t(lambda: list[int]()); t(lambda: list[int, str]); t(lambda: dict[int]); t(lambda: tuple[()]); t(lambda: tuple[int, ...]); t(lambda: type[int]); t(lambda: list[int].append); t(lambda: list[int].__origin__); t(lambda: list[int].__parameters__); t(lambda: int[int]); t(lambda: list[int] == list[int]); t(lambda: {list[int]: 1}[list[int]]); t(lambda: [*list[int]]); t(lambda: list[list[T]][str]); t(lambda: dict[T, U][int, str]); t(lambda: dict[T, T][int]); t(lambda: list[T][int, str]); t(lambda: list[int][str])
