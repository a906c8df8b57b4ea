"""OSError picks a subclass by errno."""
# harness: --allow-read
for errno in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 3):
    print(errno, type(OSError(errno, "message")).__name__, end="; ")
print()
print(OSError(2, "m", "name"), OSError(2, "m", "a", None, "b"), repr(FileNotFoundError(2, "m", "n")))
try:
    open("does/not/exist.txt")
except FileNotFoundError as error:
    print(error, error.errno, error.filename, error.strerror)
try:
    open(".")
except OSError as error:
    print(type(error).__name__, error)
