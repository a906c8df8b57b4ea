"""sys.stderr replaced, then a hook of the program's own that fails."""
import sys
class W:
    def __init__(self): self.b = []
    def write(self, s): self.b.append(s)
    def flush(self): pass
old = sys.stderr
sys.stderr = w = W()
try: 1/0
except Exception: sys.excepthook(*sys.exc_info())
sys.stderr = old
print("".join(w.b).count("\n"), "".join(w.b).split("\n")[-2])
def hook(t, v, tb): print("hook", t, v, tb.tb_lineno); raise ValueError("in hook")
sys.excepthook = hook
raise KeyError("k")
