"""Frame objects, f_locals, tracebacks made and changed by hand."""
def f():
    x = 1
    import sys
    fr = sys._getframe()
    p = fr.f_locals
    p["x"] = 5; p["new"] = 7
    print(x, sorted(p), p["new"], len(p), "x" in p, p.get("zz", 3), list(p.items())[:1])
    try: p["nope"]
    except KeyError as e: print(e)
    try: del p["x"]
    except (TypeError, ValueError) as e: print(e)
    return fr
fr = f()
print(fr.f_locals["x"], fr.f_lineno, fr.f_code.co_name, fr.f_back.f_code.co_name, fr.f_globals is globals(), type(fr.f_locals).__name__)
fr.clear(); print(dict(fr.f_locals))
def g():
    try: yield 1
    finally: pass
gg = g(); next(gg); print(gg.gi_frame.f_lineno, gg.gi_frame.f_back)
try: gg.gi_frame.clear()
except RuntimeError as e: print(e)
import sys
try: sys._getframe().clear()
except RuntimeError as e: print(e)
try: sys._getframe(99)
except ValueError as e: print(e)
class C:
    print(sorted(locals()), sorted(sys._getframe().f_locals))
    z = [sorted(locals()) for q in [1]]
print(C.z, [sorted(sys._getframe().f_locals)[-1] for q in [1]] and 1)
def h(a, *b, c=1, **d):
    e = lambda: a
    return locals()
print({k: v for k, v in h(1, 2, c=3, x=4).items() if k != "e"}, vars() is globals())
try:
    try: 1/0
    except ZeroDivisionError as e: raise
except ZeroDivisionError as e:
    tb = e.__traceback__; n = 0
    while tb: n += 1; print(tb.tb_lasti >= 0, tb.tb_lineno); tb = tb.tb_next
    tb = e.__traceback__
    try: tb.tb_next = tb
    except ValueError as x: print(x)
    try: tb.tb_next = 3
    except TypeError as x: print(x)
    TB = type(tb)
    t2 = TB(None, tb.tb_frame, 4, 77); print(t2.tb_lineno, t2.tb_lasti, t2.tb_next, dir(t2))
    print(e.with_traceback(None) is e, e.__traceback__)
    try: e.__traceback__ = 3
    except TypeError as x: print(x)
