import _heapq as h, _bisect as b
def show(label, f):
    try: print(label, f())
    except Exception as e: print(label, type(e).__name__, e)
x = 12345
def rnd():
    global x
    x = (x * 1103515245 + 12345) & 0x7fffffff
    return x
data = [rnd() % 1000 for _ in range(300)]
q = []
for d in data: h.heappush(q, d)
print(q); out = [h.heappop(q) for _ in range(300)]; print(out == sorted(data))
q = data[:]; h.heapify(q); print(q[:50]); print(h.heapreplace(q, 5), h.heappushpop(q, -1), h.heappushpop(q, 2000), q[:10])
q = data[:]; h._heapify_max(q); print(q[:20], h._heappop_max(q), h._heapreplace_max(q, 3), q[:20])
q = [(d % 7, str(d), i) for i, d in enumerate(data)]; h.heapify(q); print([h.heappop(q) for _ in range(20)])
q = [d / 3 for d in data]; h.heapify(q); print([h.heappop(q) for _ in range(5)], q[:5]); q = [str(d) for d in data]; h.heapify(q); print(q[:9])
show('e', lambda: h.heappop([])); show('e', lambda: h.heappop(())); show('e', lambda: h.heappush(1, 2)); show('e', lambda: h.heappush([])); show('e', lambda: h.heapify(5)); show('e', lambda: h.heapreplace([], 1)); show('e', lambda: h.heapreplace((), 1)); show('e', lambda: h.heappushpop([], 5)); show('e', lambda: h.heapify([1, 'a'])); show('e', lambda: h.heappush([1], 'a')); show('e', lambda: h.heappop()); show('e', lambda: h._heappop_max([]))
class Evil:
    def __init__(self, l): self.l = l
    def __lt__(self, o): self.l.clear(); return True
l = []; l.extend(Evil(l) for _ in range(5)); show('evil', lambda: h.heapify(l)); l.extend(Evil(l) for _ in range(5)); show('evil', lambda: h.heappop(l)); l[:] = [Evil(l) for _ in range(5)]; show('evil', lambda: h.heappush(l, Evil(l)))
a = sorted(data)
for v in [-1, 0, 5, 500, 999, 1001, 250.5]: print(v, b.bisect_right(a, v), b.bisect_left(a, v), b.bisect_right(a, v), b.bisect_left(a, v, 10, 50), b.bisect_right(a, v, lo=3, hi=100), b.bisect_right(a, v, key=lambda t: t * 2), b.bisect_left(a, v, 0, None, key=lambda t: t))
for v in data[:20]: b.insort_right(a, v); b.insort_left(a, v); b.insort_right(a, v, key=None)
print(a == sorted(a), len(a))
class L(list):
    def insert(self, i, v): print('ins', i, v); super().insert(i, v)
l = L([1, 3]); b.insort_right(l, 2); print(l); s = ['a', 'bbb', 'ccccc']; b.insort_right(s, 'dd', key=len); print(s, b.bisect_right('abc', 'b'), b.bisect_right((1, 2, 3), 2), b.bisect_left(range(10), 5))
show('b', lambda: b.bisect_right([1], 2, -1)); show('b', lambda: b.bisect_right(5, 2)); show('b', lambda: b.bisect_right([1, 'a'], 2)); show('b', lambda: b.bisect_right([1])); show('b', lambda: b.bisect_right({1: 2}, 2)); show('b', lambda: b.bisect_right([1], 2, 0, 5)); show('b', lambda: b.bisect_right([1], 2, 0, 1, len)); show('b', lambda: b.bisect_right([1], 2, 'a')); show('b', lambda: b.insort_right((1,), 2)); show('b', lambda: b.bisect_right([1], 2, foo=1)); show('b', lambda: b.bisect_right({1, 2}, 2))
