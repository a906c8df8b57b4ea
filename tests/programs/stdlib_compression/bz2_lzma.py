# bz2 and lzma: one-shot, incremental, files in memory, damaged data. bz2's bytes are exact.
import bz2
import io
import lzma

TEXT = b"".join(b"line %d of some text that repeats\n" % (i % 37) for i in range(3000))
for level in range(1, 10):
    c = bz2.compress(TEXT, level)
    print(level, len(c), c[:4], bz2.decompress(c) == TEXT)
print(bz2.compress(b""), bz2.compress(b"hello"), bz2.decompress(bz2.compress(b"a") + bz2.compress(b"b")))
c = bz2.BZ2Compressor()
out = c.compress(TEXT[:1000]) + c.compress(TEXT[1000:]) + c.flush()
print(out == bz2.compress(TEXT))
d = bz2.BZ2Decompressor()
got = b""
for i in range(0, len(out), 97):
    got += d.decompress(out[i:i + 97])
print(got == TEXT, d.eof, d.needs_input, d.unused_data)
d = bz2.BZ2Decompressor()
a = d.decompress(out + b"tail", 100)
print(len(a), d.eof, d.needs_input, d.unused_data)
while not d.eof:
    a += d.decompress(b"", 50000)
print(a == TEXT, d.unused_data)


def show(f):
    try:
        print("fine", f())
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)


show(lambda: d.decompress(b"x"))
show(lambda: c.compress(b"x"))
show(c.flush)
show(lambda: bz2.decompress(b"not compressed"))
show(lambda: bz2.decompress(out[:-5]))
show(lambda: bz2.BZ2Compressor(10))
show(lambda: bz2.BZ2Compressor("1"))
show(lambda: bz2.decompress(out[:40] + b"\0\0\0" + out[43:]))
f = io.BytesIO()
with bz2.open(f, "wt", encoding="utf-8") as w:
    print(w.write("zwei\nzeilen\n"))
f.seek(0)
with bz2.open(f, "rt", encoding="utf-8") as r:
    print(r.readlines())
with bz2.BZ2File(io.BytesIO(out)) as r:
    print(r.readline(), r.tell(), r.seek(-5, 2), r.read(), r.readable(), r.writable(), r.seekable())

print("== lzma")
for options in ({}, {"preset": 0}, {"preset": 9 | lzma.PRESET_EXTREME}, {"format": lzma.FORMAT_ALONE}, {"check": lzma.CHECK_SHA256},
                {"check": lzma.CHECK_NONE}, {"check": lzma.CHECK_CRC32},
                {"filters": [{"id": lzma.FILTER_DELTA, "dist": 5}, {"id": lzma.FILTER_LZMA2, "preset": 7}]}):
    c = lzma.compress(TEXT, **options)
    print(options, len(c) < 2000, c[:6] if "format" not in options else c[:1], lzma.decompress(c) == TEXT)
RAW = [{"id": lzma.FILTER_LZMA2, "preset": 3, "dict_size": 1 << 16}]
c = lzma.compress(TEXT, lzma.FORMAT_RAW, filters=RAW)
print(lzma.decompress(c, lzma.FORMAT_RAW, filters=RAW) == TEXT)
xz = lzma.compress(TEXT)
d = lzma.LZMADecompressor()
print(d.check, d.eof, d.needs_input)
a = d.decompress(xz + b"tail", 10)
print(a, d.check == lzma.CHECK_CRC64, d.eof)
a += d.decompress(b"")
print(a == TEXT, d.eof, d.unused_data, d.needs_input)
show(lambda: d.decompress(b""))
d = lzma.LZMADecompressor()
got = b"".join(d.decompress(xz[i:i + 50]) for i in range(0, len(xz), 50))
print(got == TEXT, d.eof)
print(lzma.decompress(xz + xz) == TEXT * 2)
# made by liblzma: "hello, lzma\n" as .xz and as .lzma
MADE = bytes.fromhex("fd377a585a000004e6d6b4460200210116000000742fe5a301000b68656c6c6f2c206c7a6d610a00775818fca4f3315b0001240ca618d8d81fb6f37d010000000004595a")
show(lambda: lzma.decompress(MADE))
show(lambda: lzma.decompress(b"not compressed at all"))
show(lambda: lzma.decompress(xz[:-3]))
show(lambda: lzma.decompress(xz[:60] + b"\xff\xff\xff" + xz[63:]))
show(lambda: lzma.compress(b"", preset=77))
show(lambda: lzma.LZMACompressor(9))
show(lambda: lzma.LZMACompressor(lzma.FORMAT_RAW))
show(lambda: lzma.LZMACompressor(preset=1, filters=RAW))
show(lambda: lzma.LZMACompressor(lzma.FORMAT_ALONE, lzma.CHECK_CRC32))
show(lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, filters=RAW))
show(lambda: lzma.LZMACompressor(filters=[{"x": 1}]))
show(lambda: lzma.LZMACompressor(filters=[3]))
print(lzma.is_check_supported(lzma.CHECK_CRC64), lzma.is_check_supported(15), lzma.FILTER_LZMA1, lzma.LZMAError.__mro__)
f = io.BytesIO()
with lzma.open(f, "wt", encoding="utf-8") as w:
    w.write("drei\nzeilen\nhier\n")
f.seek(0)
with lzma.open(f, "rt", encoding="utf-8") as r:
    print(r.readlines())
with lzma.LZMAFile(io.BytesIO(xz)) as r:
    print(r.readline(), r.tell(), r.seek(10), r.read(5), r.peek(1)[:1])
