"""typing, enum, functools, re and weakref together."""

import enum, functools, re, weakref, collections
from typing import *
T=TypeVar('T'); S=TypeVar('S', bound=int, covariant=True); P=ParamSpec('P'); Ts=TypeVarTuple('Ts')
print(T,S,P,Ts, T.__bound__, S.__bound__, P.args, P.kwargs, T|int, Optional[T], Callable[P,T][[int],str])
class C(Generic[T]): pass
print(C[int], C[int].__args__, C.__parameters__, C.__orig_bases__)
class D[A, *B]: pass
print(D[int,str], D.__type_params__, D.__parameters__, D.__orig_bases__)
print(Union[int,None,str], List[T][int], Dict[str,T], Literal[1,'a'], Annotated[int,3])
print(get_type_hints(lambda: 0))
class Pr(Protocol):
    x: int
    def m(self)->int: ...
@runtime_checkable
class Q(Protocol):
    def m(self): ...
class I:
    def m(self): return 1
print(isinstance(I(),Q), issubclass(I,Q))
class NT(NamedTuple):
    a: int
    b: str='x'
print(NT(1), NT(1)._asdict(), NT.__annotations__)
class TD(TypedDict, total=False):
    a: int
print(TD(a=1), TD.__optional_keys__, TD.__required_keys__)
class Color(enum.Enum):
    RED=1; GREEN=enum.auto()
    @property
    def pretty(self): return self.name.title()
print(Color.RED, repr(Color.GREEN), Color(1), Color['RED'].pretty, list(Color), Color.RED in Color)
class F(enum.Flag):
    A=1; B=2; C=4
print(F.A|F.B, repr(F.A|F.C), F(7), ~F.A, [x for x in F.A|F.B])
class I2(enum.IntEnum):
    X=5
print(I2.X+1, I2.X, f'{I2.X}')
print(re.findall(r'(\w+)=(\d+)', 'a=1, bb=22'), re.sub(r'\d', lambda m: str(int(m[0])+1), 'a1b2'))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80), fib.cache_info())
@functools.singledispatch
def g(x): return 'obj'
@g.register
def _(x:int): return 'int'
print(g(1), g('a'))
d=weakref.WeakValueDictionary(); o=I(); d['a']=o; print(list(d), len(d))
w=weakref.WeakSet([o]); print(len(w), o in w)
k=weakref.WeakKeyDictionary(); k[o]=1; print(list(k.values()))
print(overload.__name__, cast(int,'x'), TYPE_CHECKING, Self, Never, NewType('U',int)(3))
def ff(x: 'int', y: Optional['C']=None) -> List[int]: ...
print(get_type_hints(ff))
type Al[X] = list[X]
print(Al, Al[int], Al.__value__, Al.__type_params__)
