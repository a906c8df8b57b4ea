# A memoryview forbids its bytearray to change length while it is there.
ba = bytearray(b"0123456789")
def total(n):
    s = 0
    for i in range(n):
        s += sum(memoryview(ba)[2:4])
        ba.append(i % 256)
        del ba[:1]
    return s
print(total(50), len(ba))
v = memoryview(ba)
def grow(): ba.append(1)
for i in range(20):
    try:
        grow(); print("grew")
    except BufferError as e:
        print(e)
v.release()
grow()
print(len(ba))
w = memoryview(ba)[1:]
x = w[2:]
try: ba.clear()
except BufferError as e: print(e)
w.release()
try: ba.clear()
except BufferError as e: print(e)
x.release()
ba.clear()
print(ba)
print("é€a".encode("cp1252"), b"\x80\xe9".decode("cp1252"))
for f in (lambda: b"\x81".decode("cp1252"), lambda: "日".encode("cp1252")):
    try: print(f())
    except UnicodeError as e: print(type(e).__name__, e)
