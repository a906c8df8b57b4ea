"""Exceptions of modules that CPython has in C: their texts and classes."""
import datetime, decimal, pickle, sys
from decimal import *
from datetime import *
def t(f,*a,**k):
    try: print('=>',repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
D=Decimal
t(lambda: D('1')+1.5); t(lambda: D(1)/D(0)); t(lambda: D(0)/D(0)); t(lambda: D(1)//D(0)); t(lambda: D(1)%0); t(D,'abc'); t(D,[]); t(D,None); t(D,(1,2)); t(D,1.1); t(D,'1_000.5'); t(lambda: D('1e999999')*D('1e999999')); t(lambda: D(-1).sqrt()); t(lambda: D(0).ln()); t(lambda: D('inf')-D('inf')); t(lambda: D('nan')<1); t(lambda: D('nan')==1); t(lambda: D(1).quantize(D('1e-50'))); t(int,D('nan')); t(int,D('inf')); t(float,D('snan')); t(hash,D('snan')); t(lambda: D(1)<'a'); t(lambda: D(2)**D('0.5')); t(lambda: D(-8)**D('0.5')); t(format,D('3.14159'),'.2f'); t(format,D('3.14159'),'zz'); t(lambda: D('1.5')+None); t(divmod,D(7),D(2)); t(lambda: D(1)&1); t(lambda: D.x); t(lambda: D(1).x); t(lambda: setattr(D(1),'x',1)); t(round,D('2.5')); t(lambda: D(10)**400000000); t(D.from_float,'a'); t(lambda: max(D(1),2)); t(lambda: D('0.1')+D('0.2')); t(lambda: getcontext()); t(lambda: D('12').compare(D('5'))); t(lambda: D(5).normalize()); t(lambda: D('100').normalize()); t(lambda: str(D('1E+3'))); t(lambda: D('1E+3').to_eng_string()); t(lambda: D(3).as_integer_ratio()); t(lambda: D('NaN').as_integer_ratio()); t(lambda: D(7).remainder_near(4)); t(setcontext,5); t(lambda: Context(prec=0)); t(lambda: Context(rounding='x')); t(lambda: Context(prec='a'))
getcontext().prec=6; t(lambda: D(1)/3); getcontext().traps[Inexact]=True; t(lambda: D(1)/3)
t(date,2024,2,30); t(date,0,1,1); t(date,10000,1,1); t(date,2024,13,1); t(datetime,2024,1,1,25); t(datetime,2024,1,1,0,60); t(time,24); t(time,0,0,0,1000000); t(time,1,fold=3); t(date,'a',1,1); t(date,1); t(datetime,1,1); t(timedelta,days=10**9); t(lambda: timedelta(1)/0); t(lambda: timedelta(1)//timedelta(0)); t(lambda: timedelta(1)*'a'); t(lambda: date.max+timedelta(1)); t(lambda: date.min-timedelta(1)); t(lambda: datetime.max+timedelta(1)); t(lambda: date(1,1,1)+1); t(lambda: date(1,1,1)-'a'); t(lambda: date(1,1,1)<1); t(lambda: date(1,1,1)==1); t(lambda: datetime.now()-datetime.now(timezone.utc)); t(lambda: time(1)<time(1,tzinfo=timezone.utc)); t(timezone,5); t(timezone,timedelta(2)); t(timezone,timedelta(1),5); t(lambda: timezone(timedelta(hours=-5,minutes=-30))); t(str,timezone(timedelta(hours=5))); t(datetime.fromisoformat,'x'); t(date.fromisoformat,'2024-1-1'); t(datetime.fromisoformat,5); t(datetime.strptime,'a','%Y'); t(datetime.strptime,'2024x','%Y'); t(datetime.strptime,'1','%q'); t(date.fromordinal,0); t(datetime.fromtimestamp,1e20); t(date.fromisocalendar,2024,54,1); t(date.fromisocalendar,2024,1,8); t(lambda: date(2024,1,1).x); t(lambda: setattr(date(2024,1,1),'year',5)); t(lambda: date(2024,1,1).replace(month=13)); t(lambda: date(2024,1,1).isocalendar()); t(repr,datetime(2024,1,1,1,1,1,5,timezone.utc)); t(lambda: datetime(2024,1,1,tzinfo=5)); t(lambda: tzinfo().utcoffset(None)); t(lambda: timedelta(1)<1); t(lambda: timedelta(1)+1); t(abs,timedelta(-1)); t(str,timedelta(-1,5,7)); t(timedelta.total_seconds,timedelta(1,1,1)); t(divmod,timedelta(5),timedelta(2)); t(lambda: timedelta(hours=1).hours); t(lambda: datetime(2024,1,1).timetuple()); t(lambda: datetime.combine(date(1,1,1),5)); t(type,date.today()); t(lambda: date); t(lambda: datetime.__module__+date.__name__+date.__qualname__)
t(pickle.loads,b''); t(pickle.loads,b'\x80\x04N'); t(pickle.loads,'a'); t(lambda: pickle.loads(pickle.dumps([1,{'a':(2,)},{3}]))); 
try: pickle.dumps(lambda: 1)
except Exception as e: print(type(e).__module__, type(e).__name__)
try: pickle.dumps(sys)
except Exception as e: print(type(e).__name__, e)
t(pickle.dumps,1,99); print(pickle.dumps({'a':1}), pickle.dumps((1,2.5,'x',None,True),0), pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
class A:
    def __init__(s): s.x=1
    def __getstate__(s): return {'x':5}
    def __setstate__(s,st): s.x=st['x']+1
print(pickle.loads(pickle.dumps(A())).x)
class R:
    def __reduce__(s): return (list,('ab',))
print(pickle.loads(pickle.dumps(R())))
class B:
    def __reduce__(s): return 5

import copy; t(copy.copy,B()); print(pickle.loads(pickle.dumps(ValueError('a',1))).args, pickle.loads(pickle.dumps(date(2024,1,1))), pickle.loads(pickle.dumps(D('1.5'))))
