# Pickles of every protocol, byte for byte, and what comes back; hooks, memos, files, buffers out of band; bytes that are no pickle.
import pickle, io, sys, copyreg, collections, datetime, decimal, fractions, enum, functools, operator
class Pt:
    def __init__(s,x,y): s.x=x;s.y=y
    def __eq__(s,o): return s.__class__ is o.__class__ and s.__dict__==o.__dict__
class Sl:
    __slots__=('a','b')
    def __init__(s): s.a=1;s.b=[2]
class Ex(Exception):
    def __init__(s,a,b): super().__init__(a,b); s.z=3
class NA(int):
    def __new__(cls,v,*,k=0): o=int.__new__(cls,v); o.k=k; return o
    def __getnewargs_ex__(s): return (int(s),),{'k':s.k}
class MyL(list): pass
class MyD(dict): pass
class St:
    def __getstate__(s): return 'state'
    def __setstate__(s,x): s.got=x
class Rd:
    def __reduce__(s): return (list,((1,2),),None,iter([3,4]))
class RdD:
    def __reduce__(s): return (dict,(),None,None,iter([('a',1),('b',2)]))
class RdS:
    def __reduce__(s): return (MyL,(),{'q':1},None,None,setter)
def setter(o,st): o.st=st
class Glob:
    def __reduce__(s): return 'the_glob'
the_glob=Glob()
class Color(enum.Enum): R=1;G=2
class Out:
    class In:
        def m(s): pass
def func(): pass
nt=collections.namedtuple('nt','a b')
r=[]; r.append(r)
rd={}; rd['me']=rd
rt=([],); rt[0].append(rt)
objs=[None,True,False,0,1,-1,255,256,65535,65536,-65536,2**31-1,2**31,-2**31,-2**31-1,2**40,-2**40,2**61,2**62,-2**62,2**63,2**64,-2**64,2**100,-2**100,-128,-129,-32768,-32769,10**300,-10**300, 2**2040,1.5,-0.0,1e300,float('inf'),1e-300,'', 'abc','\u00e9','\u20ac'*10,'\U0001f600','\ud800x','a\\b\nc\r\x00\x1a','x'*255,'x'*256,'x'*70000,'\u20ac'*30000,b'',b'abc',b'\xff'*255,b'\xff'*256,b'z'*70000,bytearray(b''),bytearray(b'abc'),bytearray(b'y'*70000),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],[1,2],list(range(2500)),list(range(1000)),list(range(1001)),{}, {'a':1},{'a':1,'b':2},{i:i for i in range(1000)},{i:str(i) for i in range(2501)},set(),{1},set(range(1500)),frozenset(),frozenset([1,2]),Pt(1,2),[Pt(1,2),Pt(3,4)],Sl(),Ex(1,2),NA(5,k=6),MyL([1,2]),MyD(a=1),St(),Rd(),RdD(),RdS(),the_glob,Color.R,Out.In,func,len,int,type(None),type(...),type(NotImplemented),...,NotImplemented,nt(1,2),nt,complex(1,2),range(5),slice(1,2),datetime.date(2020,1,1),decimal.Decimal('1.5'),fractions.Fraction(1,3),collections.OrderedDict(a=1),collections.deque([1,2],5),collections.Counter('aab'),collections.defaultdict(list,{1:[2]}),r,rd,rt,functools.partial(int,base=2),operator.itemgetter(1),Pt(1,2).__eq__,[].append,ValueError('x'),KeyError,memoryview, Out.In().m if False else Out.In.m,['a','a',('a',)*3],{'k':['v']*3}, [1.5]*3, ('x'*10,)*5]
def norm(x):
    return repr(x) if not hasattr(x,'__dict__') else type(x).__name__+repr(sorted(map(str,vars(x).items()))) if not isinstance(x,type) else repr(x)
import hashlib
for i,o in enumerate(objs):
    for proto in range(6):
        try: p=pickle.dumps(o,proto)
        except Exception as e:
            print(i,proto,type(e).__name__,str(e)[:150].split(' at 0x')[0]); continue
        print(i,proto,len(p),hashlib.md5(p).hexdigest() if len(p)>60 else p)
        f=io.BytesIO(); pickle.dump(o,f,proto)
        if f.getvalue()!=p: print('dump differs',len(f.getvalue()),len(p))
        try:
            q=pickle.loads(p); f.seek(0); q2=pickle.load(f); 
            pp=pickle.dumps(q,proto)
            print(type(q), pp==p, f.read(), len(pp))
        except Exception as e: print('load',type(e),e)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__module__,type(e).__name__,str(e).split(' at 0x')[0])
t(lambda: pickle.dumps(lambda: 1))
def loc():
    class L: pass
    return L
t(lambda: pickle.dumps(loc())); t(lambda: pickle.dumps(loc()()))
t(lambda: pickle.dumps(1,6)); t(lambda: pickle.dumps(1,-1)); t(lambda: pickle.dumps(1,protocol='a')); t(lambda: pickle.dumps(sys)); t(lambda: pickle.dumps((i for i in [])))
t(lambda: pickle.dump(1,2)); t(lambda: pickle.load(2)); t(lambda:pickle.Pickler()); t(lambda: pickle.dumps(1,2,3))
for d in [b'',b'.',b'N',b'(',b'K',b'\x80\x09.',b'\x80\x04.',b'1.',b'0.',b'(0N.',b'a.',b'Na.',b'NNa.',b'(u.',b'N(Nu.',b'](N.',b'h\x05.',b'g5\n.',b'gx\n.',b'X\x05\x00\x00\x00ab.',b'I12\n.',b'I01\n.',b'I00\n.',b'I1x\n.',b'I010\n.',b'I0x1F\n.',b'I99999999999999999999\n.',b'L123L\n.',b'L5\n.',b'F1.5\n.',b'Fx\n.',b"S'abc'\n.",b'S"a\\x41"\n.',b"Sabc\n.",b'Vab\\u20ac\n.',b'U\x03abc.',b'T\x03\x00\x00\x00abc.',b'T\xff\xff\xff\xffabc.',b'U\x01\xff.',b'\x8b\xff\xff\xff\xff.',b'\x8a\x00.',b'\x8a\x01\xff.',b'\x8b\x02\x00\x00\x00\x00\x01.',b'cnope\nx\n.',b'cbuiltins\nint\n.',b'c__builtin__\nunicode\n.',b'cbuiltins\nlen\n(]tR.',b'cbuiltins\nlen\nNR.',b'(cbuiltins\nlist\no.',b'(ibuiltins\nlist\n.',b'(lp0\nI1\naI2\na.',b'(dp0\nI1\nI2\ns.',b'(NNNd.',b'\x82\x00.',b'\x82\x7f.',b'Pabc\n.',b'NQ.',b'\x97.',b'\x98.',b'\x95\xff\xff\xff\xff\xff\xff\xff\xff.',b'\x95\x05\x00\x00\x00\x00\x00\x00\x00N.',b'\xff.',b'\'.',b'~.',b'\x93.',b'NN\x93.',b'NN\x81.',b'cbuiltins\nint\nN\x81.',b'cbuiltins\nint\n)\x81.',b'N}b.',b'cbuiltins\nint\n)\x81Nb.',b'cbuiltins\nint\n)\x81Kb.',b'\x94.',b'q\x00.',b'Nq\xff.',b'2.',b'N2\x86.',b'\x8fN\x90.',b'\x8f(K\x01K\x02\x90.',b'(K\x01\x91.',b'}(K\x01u.',b'}K\x01K\x02s.',b'Np-1\n.',b'Np5\ng5\n\x86.',b'\x80\x05\x96\x03\x00\x00\x00\x00\x00\x00\x00abc.',b'\x8e\xff\xff\xff\xff\xff\xff\xff\xff.',b'\x8d\xff\xff\xff\xff\xff\xff\xff\xff.',b'B\x03\x00\x00\x00abc.',b']N.','abc',5,b'\x8c\x01\xff.',b'X\x03\x00\x00\x00\xed\xa0\x80.',b'\x85.',b'N(\x85.',b'K\x01K\x02(\x86.',b'(N(1.',b'\x80\x04\x8c\x02os\x8c\x08path.sep\x93.',b'\x80\x04N.']:
    print(d, end=' '); t(lambda: pickle.loads(d))
    if isinstance(d,bytes): t(lambda: pickle.load(io.BytesIO(d)))
t(lambda: pickle.loads(b"S'\\xe9'\n.",encoding='latin1')); t(lambda: pickle.loads(b"U\x01\xe9.",encoding='bytes')); t(lambda: pickle.loads(b"U\x01\xe9.",errors='replace')); t(lambda: pickle.loads(b"U\x01\xe9.",encoding=5))
class P(pickle.Pickler):
    def persistent_id(s,o): return ('pid',o.x) if isinstance(o,Pt) else None
    def reducer_override(s,o):
        if isinstance(o,Sl): return (int,('7',))
        return NotImplemented
class U(pickle.Unpickler):
    def persistent_load(s,p): return p
    def find_class(s,m,n): print('find',m,n); return super().find_class(m,n)
for proto in range(6):
    f=io.BytesIO(); p=P(f,proto); p.dump([Pt(1,2),Sl(),Out.In]); print(f.getvalue()); 
    f.seek(0); t(lambda: U(f).load()); f.seek(0); t(lambda: pickle.load(f))
f=io.BytesIO(); p=pickle.Pickler(f,2); x=[1]; p.dump(x); p.dump(x); p.clear_memo(); p.dump(x); print(f.getvalue(), p.bin, p.fast, sorted(p.memo.copy().values())); f.seek(0)
u=pickle.Unpickler(f); print(u.load(),u.load(),u.load(),u.memo.copy()); t(u.load)
p.dispatch_table=copyreg.dispatch_table.copy(); p.dispatch_table[Pt]=lambda o:(Pt,(9,9)); f.seek(0); f.truncate(); p.dump(Pt(1,2)); print(pickle.loads(f.getvalue()).x)
class Q(pickle.Pickler): dispatch_table={Pt: lambda o:(Pt,(8,8))}
f=io.BytesIO(); Q(f).dump(Pt(1,2)); print(pickle.loads(f.getvalue()).x)
f=io.BytesIO(); p=pickle.Pickler(f,4); p.fast=True; p.dump(['a','a',[1],{1:2}]); print(f.getvalue())
def deep(n):
    x=[]
    for _ in range(n): x=[x]
    return x
p=pickle.Pickler(io.BytesIO()); p.fast=1; t(lambda: p.dump(r)); 
class NI(pickle.Pickler):
    def __init__(s): pass
t(lambda: NI().dump(1))
class NU(pickle.Unpickler):
    def __init__(s): pass
t(lambda: NU().load())
try: pickle.dumps(deep(20000))
except RecursionError as e: print('rec',str(e)[:60])
copyreg.add_extension('__main__','Pt',5); print(pickle.dumps(Pt,2),pickle.loads(pickle.dumps(Pt,2))); copyreg.remove_extension('__main__','Pt',5)
pb=pickle.PickleBuffer(b'abc'); print(pickle.dumps(pb,5)); L=[]; d=pickle.dumps(pb,5,buffer_callback=L.append); print(d,L[0] is pb,pickle.loads(d,buffers=L)is pb, bytes(pb.raw())); t(lambda: pickle.dumps(pb,4)); t(lambda: pickle.loads(d)); t(lambda: pickle.loads(d,buffers=[])); t(lambda: pickle.dumps(1,4,buffer_callback=L.append)); ba=pickle.PickleBuffer(bytearray(b'xyz')); print(pickle.dumps(ba,5), memoryview(ba).readonly, bytes(ba)); ba.release(); t(lambda: ba.raw())
big=[b'q'*70000,'w'*70000,[str(i) for i in range(20000)]]
class W:
    def __init__(s): s.n=[]
    def write(s,b): s.n.append(len(b)); 
for proto in (2,4,5):
    w=W(); pickle.dump(big,w,proto); print(w.n)
print(pickle.PickleError.__mro__, pickle.PicklingError, pickle.UnpicklingError, pickle.Pickler, pickle.Unpickler, pickle.dumps, pickle.PickleBuffer.__name__)
class File:
    def __init__(s,b): s.b=io.BytesIO(b)
    def read(s,n): r=s.b.read(n); return r
    def readline(s): return s.b.readline()
    def peek(s,n): p=s.b.tell(); r=s.b.read(7); s.b.seek(p); return r
data=pickle.dumps(objs[50:60],4)+pickle.dumps({'a':[1,2]},0)+pickle.dumps('end',2)
fl=File(data); print(len(pickle.load(fl)),pickle.load(fl),pickle.load(fl),fl.b.read())
