"""Frames and contexts of throw(), lines of frames after reraising, bases of generic classes, hooks."""
import sys
def f():
    try: 1/0
    except ZeroDivisionError as e: raise
try: f()
except Exception as e: print(e.__traceback__.tb_next.tb_frame.f_lineno, e.__traceback__.tb_next.tb_lineno)
def inner():
    try: yield 1
    except ValueError:
        fr=sys._getframe(); names=[]
        while fr: names.append(fr.f_code.co_name); fr=fr.f_back
        print(names); yield 2
def outer(): yield from inner()
g=outer(); next(g); g.throw(ValueError)
from contextlib import ExitStack, contextmanager
@contextmanager
def r(e):
    try: yield
    finally: raise e
def chain(e):
    out=[]
    while e is not None: out.append(e.args[0]); e=e.__context__
    return out
a,b,c,d=map(Exception,'abcd')
try:
    with ExitStack() as s:
        s.enter_context(r(d)); s.enter_context(r(c)); s.enter_context(r(b)); raise a
except Exception as e: print(chain(e))
print(float('inf') == pow(-0.0, float('-inf')), 0.0**float('-inf'))
from typing import Generic, TypeVar
T=TypeVar('T')
class B:
    def __new__(cls, *a): o=object.__new__(cls); o.b=1; return o
class A(Generic[T]): pass
class C(A[int], B): pass
print(C(1).b)
import platform; print(platform.python_implementation(), platform.python_version(), sys.implementation.name)
breakpointed=[]
sys.breakpointhook=lambda *a, **k: breakpointed.append((a,k))
breakpoint(1, x=2); print(breakpointed)
import gc; print(gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked('a'), gc.is_tracked({}))
