"""Digests at block boundaries, parameters of BLAKE2, and errors."""

import _blake2
import _md5
import _sha1
import _sha2
import _sha3
import hashlib


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__module__ + '.' + type(e).__name__ + ': ' + str(e)


for mod, names in ((_md5, ['md5']), (_sha1, ['sha1']), (_sha2, ['sha224', 'sha256', 'sha384', 'sha512']), (_sha3, ['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512']), (_blake2, ['blake2b', 'blake2s'])):
    for n in names:
        f = getattr(mod, n); h = f()
        print(n, h.name, h.digest_size, h.block_size, h.hexdigest())
        for k in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 200, 1000):
            d = bytes(i * 7 % 256 for i in range(k)); h = f(d); g = f(d[:k//2]); c = g.copy(); g.update(d[k//2:])
            print(k, h.hexdigest(), g.digest() == h.digest(), c.hexdigest() == f(d[:k//2]).hexdigest())
        print(t(f, 'x'), t(f, 5), t(h.update, 'x'), t(h.update, None), t(f, b'x', usedforsecurity=False).hexdigest())
for n in ('shake_128', 'shake_256'):
    h = getattr(_sha3, n)(b'abc'); print(n, h.digest_size, h.block_size, h.hexdigest(10), h.digest(0), len(h.digest(400)), t(h.digest, -1), t(h.digest), t(h.hexdigest, 'x'))
for kw in [dict(digest_size=20), dict(key=b'secret'), dict(salt=b'salt'), dict(person=b'me'), dict(fanout=2, depth=2, leaf_size=4096, node_offset=1, node_depth=1, inner_size=32, last_node=True), dict(digest_size=0), dict(digest_size=65), dict(key=b'x' * 65), dict(salt=b'x' * 17), dict(person=b'x' * 17), dict(fanout=256), dict(depth=0), dict(leaf_size=2**32), dict(node_offset=2**64), dict(node_depth=256), dict(inner_size=65), dict(fanout=-1), dict(foo=1)]:
    for f in (_blake2.blake2b, _blake2.blake2s):
        r = t(f, b'data', **kw); print(f.__name__, kw, r.hexdigest() if hasattr(r, 'hexdigest') else r)
print([(k, getattr(_blake2, k)) for k in dir(_blake2) if k[0] == 'B'])
print(hashlib.md5(b'a').hexdigest(), hashlib.new('sha256', b'a').hexdigest(), sorted(hashlib.algorithms_guaranteed))
