"""Files, directories and paths with os, pathlib, shutil, glob and tempfile."""
# harness: --allow-read --allow-write
import glob
import io
import os
import pathlib
import shutil
import stat
import tempfile

root = tempfile.mkdtemp()
path = os.path.join(root, "a.txt")
with open(path, "w", encoding="utf-8") as f:
    print(f.write("h\u00e9llo\nworld\n"), f.mode, f.encoding, f.closed)
print(f.closed, os.path.getsize(path), os.path.isfile(path), os.path.isdir(root), os.path.exists(path + "x"))
with open(path, encoding="utf-8") as f:
    print(repr(f.readline()), f.tell(), repr(f.read(3)), f.tell())
    f.seek(3)
    print(repr(f.read()))
    f.seek(0)
    print([line for line in f])
with open(path, "rb") as f:
    print(f.read(2), f.readline(), f.peek(1)[:1], f.readlines())
with open(path, "r+b") as f:
    f.seek(2)
    f.write(b"ZZ")
    f.seek(0)
    print(f.read(), f.tell(), f.truncate(4), f.seek(0, 2))
with open(path, "ab") as f:
    f.write(b"+end")
    print(f.tell())
print(open(path, "rb").read())
for mode in ("x", "rw", "", "rbt", "zz", "r++"):
    try:
        open(path, mode)
    except (ValueError, FileExistsError) as error:
        print(type(error).__name__, str(error).replace(root, "ROOT"))
for call in (
    lambda: open(path, "rb", encoding="utf-8"), lambda: open(path, buffering=0), lambda: open(path, newline="x"),
    lambda: open(path, "r").write("x"), lambda: open(path, "wb").read(), lambda: open(3.5), lambda: open(root),
    lambda: open(os.path.join(root, "none")), lambda: os.listdir(path), lambda: os.rmdir(root), lambda: os.mkdir(root),
    lambda: os.stat(pathlib.Path(root) / "none"), lambda: os.rename(path + "1", path + "2"), lambda: open("a\0b"),
    lambda: os.close(999), lambda: open(999),
):
    try:
        call()
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, str(error).replace(root, "ROOT"))

p = pathlib.Path(root)
(p / "sub" / "deep").mkdir(parents=True)
(p / "sub" / "b.bin").write_bytes(bytes(range(10)))
(p / "sub" / "deep" / "c.txt").write_text("text", encoding="utf-8")
print(sorted(x.relative_to(p).as_posix() for x in p.rglob("*")))
print(sorted(os.path.basename(x) for x in glob.glob(os.path.join(root, "**", "*.txt"), recursive=True)))
print([(len(dirs), sorted(files)) for _, dirs, files in sorted(os.walk(root))])
with os.scandir(p / "sub") as entries:
    print(sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink(), e.stat().st_size if e.is_file() else None) for e in entries))
os.symlink("a.txt", p / "link")
print(os.readlink(p / "link"), (p / "link").is_symlink(), stat.filemode(os.lstat(p / "link").st_mode))
os.chmod(path, 0o640)
print(oct(os.stat(path).st_mode & 0o777), stat.S_ISREG(os.stat(path).st_mode))
os.utime(path, ns=(1_000_000_005, 2_000_000_007))
s = os.stat(path)
print(s.st_atime, s.st_mtime_ns, len(s), s[6] == s.st_size, s.st_mtime)
shutil.copy(path, p / "copy.txt")
shutil.copytree(p / "sub", p / "sub2")
os.replace(p / "copy.txt", p / "moved.txt")
shutil.move(p / "moved.txt", p / "sub2")
print(sorted(os.listdir(p / "sub2")), sorted(os.listdir(root)))
os.remove(p / "link")
with tempfile.NamedTemporaryFile("w+", dir=root) as t:
    t.write("abc")
    t.seek(0)
    print(t.read(), os.path.exists(t.name))
print(os.path.exists(t.name))
with tempfile.TemporaryDirectory(dir=root) as d:
    print(os.path.isdir(d))
print(os.path.isdir(d))
r, w = os.pipe()
os.write(w, b"through")
os.close(w)
print(os.read(r, 100), os.read(r, 100))
os.close(r)
fd = os.open(p / "low", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
print(os.write(fd, b"0123456789"), os.lseek(fd, 3, 0), os.read(fd, 4), os.fstat(fd).st_size)
with os.fdopen(fd, "r+b") as f:
    f.seek(-2, 2)
    print(f.read(), type(f).__name__)
shutil.rmtree(root)
print(os.path.exists(root))
print(os.path.normpath("/a/./b//../c"), os.path.splitext("x.tar.gz"), os.path.join("a", "/b", "c"), os.path.relpath("/a/b", "/a/c"))
print(os.fspath(pathlib.PurePosixPath("a/b")), os.path.split("/a/b/"), os.path.commonpath(["/a/b/c", "/a/b/d"]))
print(os.strerror(2), os.sep, os.linesep == "\n", os.name, isinstance(os.getpid(), int), len(os.urandom(8)))


class Raw(io.RawIOBase):
    def __init__(self, data):
        self.data = data
        self.written = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, room):
        n = min(len(room), len(self.data), 3)
        room[:n] = self.data[:n]
        self.data = self.data[n:]
        return n

    def write(self, data):
        self.written.append(bytes(data))
        return len(data)


print(io.BufferedReader(Raw(b"one\ntwo\nthree")).readlines(), Raw(b"abcdef").read(), Raw(b"abcdef").read(2))
raw = Raw(b"")
writer = io.BufferedWriter(raw, 4)
print(writer.write(b"ab"), writer.write(b"cd"), writer.write(b"e"), raw.written, writer.flush(), raw.written)
text = io.TextIOWrapper(io.BytesIO("\u00e9\r\nb\rc\n".encode("utf-16")), encoding="utf-16")
print(text.readlines(), text.newlines)
out = io.BytesIO()
text = io.TextIOWrapper(out, encoding="latin-1", errors="replace", newline="\r\n", write_through=True)
text.write("a\u20ac\n")
print(out.getvalue(), text, text.detach() is out)
print(io.StringIO("a\r\nb\rc\nd", newline=None).readlines(), io.StringIO("a\r\nb\rc", newline="").readlines())
print(isinstance(out, io.BufferedIOBase), isinstance(io.StringIO(), io.TextIOBase), issubclass(io.FileIO, io.RawIOBase))
