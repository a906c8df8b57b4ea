# What operators and builtin functions do with objects of any type, and how they word their errors.
class operator:
    def setitem(a,b,c): a[b]=c
    def delitem(a,b): del a[b]
    def getitem(a,b): return a[b]
    def ior(a,b):
        a|=b
        return a
    def length_hint(a,b): return None
class types:
    MappingProxyType=type(type.__dict__)
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r))
    except BaseException as e:
        print(type(e).__name__, e)

# protocol
class A:
    def __add__(s,o): return NotImplemented
    def __radd__(s,o): return "radd"
    def __lt__(s,o): return NotImplemented
class B(A):
    def __radd__(s,o): return "B.radd"
print(1+A(), A()+B()); show(lambda: A()+1); show(lambda: A()<A()); show(lambda: 1<"a"); show(lambda: [] <= ()); show(lambda: None>None); show(lambda: object()<1)
for op in ["+","-","*","/","//","%","**","@","<<",">>","&","|","^"]:
    show(lambda: eval(f"1 {op} 'a'")); show(lambda: eval(f"[] {op} 1")); show(lambda: eval(f"None {op} None")); show(lambda: eval(f"'a' {op} 1.5"))
    def g(op=op):
        ns={'x':None}; exec(f"x {op}= 1", ns)
    show(g)
show(divmod,1,'a'); show(pow,1,2,'a'); show(pow,'a',2); show(lambda: -"a"); show(lambda: +[]); show(lambda: ~1.5); show(abs,"a")
show(lambda: "a"*"b"); show(lambda: [1]*1.5); show(lambda: "ab"*-1); show(lambda: [1]*True); show(lambda: [1]*10**30); show(lambda: 2*[1]); show(lambda: print>>1)
show(len,5); show(len,None)
class L:
    def __init__(s,v): s.v=v
    def __len__(s): return s.v
show(len,L(3)); show(len,L(-1)); show(len,L("a")); show(len,L(True)); show(len,L(1<<70)); show(bool,L(0)); show(bool,L(5)); show(bool,L(-1))
class Bo:
    def __bool__(s): return 5
show(bool,Bo())
class I:
    def __init__(s,v): s.v=v
    def __index__(s): return s.v
show(lambda: [1,2,3][I(1)]); show(lambda: operator.getitem([1,2,3],I("a"))); show(lambda: [1][I(1<<70)]); show(lambda: operator.getitem([1],"a")); show(lambda: operator.getitem([1],1.0)); show(lambda: (1,)[1<<70]); show(lambda: "abc"[I(0)]); show(range,1.5); show(lambda: [1,2]*I(2))
show(lambda: operator.getitem(5,0)); show(lambda: operator.getitem(None,0)); show(lambda: int[0]); show(lambda: operator.setitem(5,0,1)); show(lambda: operator.delitem(5,0)); show(lambda: operator.setitem((1,),0,1)); show(lambda: operator.delitem("a",0)); show(lambda: list[int]); show(lambda: type[int]); show(lambda: object[1])
show(lambda: 1 in 5); show(lambda: 1 in None); show(lambda: "a" in "abc"); show(lambda: 1 in "abc"); show(iter,5); show(next,5); show(next,[]); show(lambda: [*5]); show(list,5)
class G:
    def __getitem__(s,i):
        if i>3: raise IndexError
        return i*i
print(list(G()), 4 in G(), 5 in G(), tuple(G()), max(G()))
class NI:
    __iter__=None
show(iter,NI()); show(lambda: 1 in NI())
class NC:
    __contains__=None
show(lambda: 1 in NC())
class BI:
    def __iter__(s): return 5
show(iter,BI()); show(list,BI())
class R:
    def __repr__(s): return 5
show(repr,R()); show(str,R()); show(ascii,R()); show(lambda: f"{R()}")
class St:
    def __str__(s): return 5
show(str,St())
class Fo:
    def __format__(s,spec): return 5
show(format,Fo()); show(format,Fo(),"x"); show(format,object(),"x"); show(format,5,"zz"); show(format,None); show(format,[],"")
print(ascii("é日🐍a\n"), ascii(["é"]))
class LH:
    def __init__(s,v): s.v=v
    def __iter__(s): return iter([1,2])
    def __length_hint__(s): 
        if isinstance(s.v,Exception): raise s.v
        return s.v
for v in [5,-1,"a",NotImplemented,TypeError("t"),ValueError("v")]:
    show(list,LH(v)); show(operator.length_hint,LH(v),3)
class C:
    def __eq__(s,o): return "eq"
    def __ne__(s,o): return []
print(C()==1, 1==C(), C()!=1, C() in [1], [C()]==[1])
print(1==1.0, 1<1.5, "a"<"b", (1,2)<(1,3), [1]==[1], None==None, 1=="1", 1!="1", object()==object())
class Sub(int):
    def __add__(s,o): return "Sub.add"
    def __radd__(s,o): return "Sub.radd"
    def __eq__(s,o): return "subeq"
    __hash__=int.__hash__
print(1+Sub(2), Sub(1)+1, 1==Sub(1), 1.0+Sub(2), hash(Sub(7)))
class P:
    def __pow__(s,e,m=None): return ("pow",e,m)
    def __rpow__(s,b,m=None): return ("rpow",b)
    def __ipow__(s,e): return "ipow"
def ip():
    p=P(); p**=2; return p
print(P()**2, 2**P(), pow(P(),2,3), ip())
show(lambda: 2**"a"); show(lambda: pow(2,3,5)); show(lambda: pow(2,-1,7)); show(lambda: pow(2,3,0))
deep=[]
for _ in range(100000): deep=[deep]
show(lambda: len(repr(deep)))
def cmp():
    a=[];b=[]
    for _ in range(100000): a=[a]; b=[b]
    return a==b
show(cmp)
