# How modules show themselves, `from types import *`, and decompressors after their stream.
import types, sys, os, json, collections, importlib, encodings, io, zipfile
from types import *
print(CapsuleType, SimpleNamespace(a=1))
for m in (sys, json, collections, types):
    r = repr(m); print(r[:20], r.endswith(('>',)), 'from' in r, '(' in r)
import itertools, _thread, time
print(itertools, time, _thread, sys, __import__('builtins'))
import bz2, lzma
d = bz2.BZ2Decompressor(); print(d.decompress(bz2.compress(b'abc')))
try: d.decompress(b'')
except EOFError as e: print(e)
d = lzma.LZMADecompressor(); print(d.decompress(lzma.compress(b'abc')))
try: d.decompress(b'')
except EOFError as e: print(e)
import inspect
print(inspect.signature(bytes.zfill), inspect.signature(bytearray.zfill), inspect.signature(bytearray.append), bytes.__bytes__.__text_signature__)
import gc; print(gc.get_threshold())
