"""print: sep, end, file, flush, and its errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


import sys
print()
print(1, "a", None, [1], sep="-", end="!\n")
print("a", "b", sep="")
print("a", "b", sep=None, end=None)
print(*[1, 2], sep=", ")
print("x", file=sys.stdout, flush=True)
print("", end="")
print("é😀", "a\0b".replace("\0", "?"))
print("multi\nline", "tab\t|")


class File:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)


f = File()
print(1, 2, file=f, sep="+")
print(f.parts)
show(print, 1, sep=5)
show(print, 1, end=5)
show(print, 1, file=5)
show(print, 1, foo=5)
show(print, 1, file=f, flush=True)
print(print("returns"), sys.stdout.write("written\n"))
sys.stdout = f
print("captured")
sys.stdout = sys.__stdout__
print(f.parts[-2:])
