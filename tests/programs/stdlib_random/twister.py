"""Streams, states and errors of the generator."""

import _random


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__module__ + '.' + type(e).__name__ + ': ' + str(e)


for seed in [0, 1, -5, 2**32, 2**100 + 7, 'abc', b'xyz', 3.5, None and 0, (1, 2)]:
    if isinstance(seed, (str, bytes, type(None))): continue
    r = _random.Random(seed)
    print(seed, [r.random() for _ in range(3)], [r.getrandbits(k) for k in (0, 1, 5, 31, 32, 33, 64, 100, 521)])
r = _random.Random(42)
for _ in range(2000): r.random()
st = r.getstate(); print(len(st), st[:3], st[-1], hash(st) == hash(r.getstate())); a = [r.random() for _ in range(5)]; r.setstate(st); print(a == [r.random() for _ in range(5)])
for bad in [(), [1], (1,) * 624, (1,) * 624 + (625,), (1,) * 624 + (-1,), (-1,) * 625, ('x',) * 625, (2**64,) * 625]:
    print(t(r.setstate, bad))
print(t(r.getrandbits, -1), t(r.getrandbits, 'x'), t(r.getrandbits), t(_random.Random, 1, 2), t(_random.Random, x=2), t(r.seed, []))
class R2(_random.Random): pass
print(R2(5).random(), type(r))
