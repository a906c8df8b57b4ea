# Calls with * and **: functions, methods, classes and natives, few arguments and many, and their errors.
class S(str): pass
class H(str):
    def __hash__(self): return 5
    def __eq__(self,o): return str.__eq__(self,o)
def f(*a,**k): return a,k
def g(a,b=2,*,c=3): return a,b,c
class C:
    def __init__(self,*a,**k): self.a=a; self.k=k
    def m(self,*a,**k): return self.a,a,k
    def __call__(self,x,**k): return x,k
    @classmethod
    def cm(cls,*a,**k): return cls.__name__,a,k
    @staticmethod
    def sm(*a,**k): return a,k
class D:
    def __init__(self,x,y=1): self.v=(x,y)
class E:
    def __init__(self): pass
class F:
    def __new__(cls,*a,**k):
        o=object.__new__(cls); o.n=(a,k); return o
    def __init__(self,*a,**k): self.i=(a,k)
class G:
    def __init__(self,*a): return 5
class Meta(type):
    def __call__(cls,*a,**k): return ('meta',cls.__name__,a,k)
class M(metaclass=Meta): pass
def t(fn):
    try: return fn()
    except Exception as e: return type(e).__name__,str(e)
d={'a':1,'b':2}
big=tuple(range(40)); bigd={'k%d'%i:i for i in range(40)}
for fn in [lambda:f(*(),**{}),lambda:f(*(1,2),**d),lambda:f(**{S('a'):1}),lambda:f(**{H('a'):1}),lambda:g(**{S('a'):1}),lambda:g(*(1,),**{'c':5}),
  lambda:g(**d),lambda:g(**{'a':1,'z':2}),lambda:g(*(1,2,3)),lambda:g(),lambda:f(*big,**bigd),lambda:g(1,**{'a':2}),lambda:f(**{1:2}),lambda:f(*5),lambda:f(**5),
  lambda:C(*(1,),**d).k,lambda:C(*big,**bigd).k,lambda:C(1).m(*(2,),**d),lambda:C(1)(*(2,),**d),lambda:C(1)(*(),**d),lambda:C.cm(*(1,),**d),lambda:C.sm(*(1,),**d),
  lambda:D(*(1,)).v,lambda:D(**{'x':1,'y':3}).v,lambda:D(**{'x':1,'q':3}),lambda:D(*(1,2,3)),lambda:E(*(1,)),lambda:E(**d),lambda:E(*()) and 1,
  lambda:(F(*(1,),**d).n,F(*(1,),**d).i),lambda:G(*(1,)),lambda:M(*(1,),**d),lambda:dict(*(),**d),lambda:dict(**bigd),lambda:print(*big,**{'sep':','}),lambda:max(*[3,1],**{'key':lambda x:-x}),
  lambda:int(*('11',),**{'base':2}),lambda:sorted(*([3,1,2],),**{'reverse':True}),lambda:f(**{'a':1},**{'a':2}),lambda:f(*iter([1,2]),*[3],**d,x=1),lambda:C(1).m(**{'self':1}),lambda:f(*[i for i in range(11)]),lambda:f(*range(12)),lambda:C(*range(11)).a,lambda:C(*range(12)).a,
  lambda:f(**{'a':1,**{'c':3}}), lambda:type('X',(),{})(*(),**{}).__class__.__name__, lambda:type('X',(),{})(*(1,)), lambda:Exception(*(1,2)).args, lambda: C(1).m(*big,**bigd),]:
    print(t(fn))
def deco(fn):
    def w(*a,**k): return fn(*a,**k)
    return w
@deco
def add(a,b=5): return a+b
print([add(1),add(1,2),add(1,b=3),add(a=1,b=4),add(b=1,a=9)])
class P:
    @deco
    def m(self,x,y=2): return self.z+x+y
    z=1
print(P().m(1),P().m(1,y=5),P().m(x=1))
def rec(n,*a,**k): return n if n<=0 else rec(n-1,*a,**k)
print(rec(300,1,2,x=3), t(lambda:rec(10**6,1,x=2))[0])
class K:
    def __init__(self,*a,**k): self.x=[a,k]
L=[K(*[str(i)]*5,**{'q%d'%i:[i]}) for i in range(3000)]
print(sum(int(x.x[0][0]) for x in L), L[77].x)
d={'a':1}
def mutate(**k): k['b']=2; return k
def both(*a,**k): return mutate(**k),k
print(mutate(**d),d,both(**d),d)
def swap(d):
    def f(**k): d['late']=1; return k
    return f(**d),d
print(swap({'x':0}))
