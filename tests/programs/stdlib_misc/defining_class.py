"""What is wrong with the arguments of native methods that are told the class that defines them."""
import _queue
import _sha2
import array
import io
import re
import zlib


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


c = zlib.compressobj()
d = zlib.decompressobj()
t(lambda: c.compress())
t(lambda: c.compress(1,2))
t(lambda: c.compress(data=b''))
t(lambda: c.compress(b'', x=1))
t(lambda: c.copy(1))
t(lambda: c.copy(x=1))
t(lambda: c.flush(1,2))
t(lambda: c.flush(x=1))
t(lambda: d.flush(1,2))
t(lambda: d.copy(3))
t(lambda: c.__deepcopy__())
t(lambda: c.__copy__(2))
a = array.array('i',[1])
t(lambda: a.extend())
t(lambda: a.extend(x=1))
t(lambda: a.extend([1],2))
t(lambda: a.fromfile(1))
t(lambda: a.fromfile(1,2,3))
t(lambda: a.tofile())
t(lambda: a.__reduce_ex__())
t(lambda: a.tofile(x=1))
t(lambda: a.fromfile(x=1))
h = _sha2.sha256()
t(lambda: h.copy(1))
t(lambda: h.copy(a=1))
q = _queue.SimpleQueue()
t(lambda: q.get_nowait(1))
t(lambda: q.get(1,2,3))
t(lambda: q.get_nowait(x=1))
s = re.compile('a').scanner('aa')
t(lambda: s.match(1))
t(lambda: s.search(x=1))
b = io.BytesIO()
t(lambda: b.getbuffer(1))
t(lambda: io.TextIOBase().read(1,2))
t(lambda: io.TextIOBase().read(1))
t(lambda: io.BufferedIOBase().read(1,2))
t(lambda: io.BufferedIOBase().detach(1))
t(lambda: io.BufferedIOBase().write())
t(lambda: io.IOBase().truncate(1,2))
t(lambda: io.IOBase().seek(x=1))
t(lambda: io.BufferedIOBase().write(1,2,3))
t(lambda: io.TextIOBase().write(x=1))
t(lambda: io.IOBase().fileno(1))
t(lambda: io.BufferedReader(io.BytesIO()).truncate(1,2))
t(lambda: io.BufferedReader(io.BytesIO()).truncate(x=2))
