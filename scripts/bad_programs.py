"""Texts that are no Python: run each with CPython 3.13 and record what it prints.

    python3.13 scripts/bad_programs.py OUT.json         # remake vm-core/tests/front/errors.json
    python3.13 scripts/bad_programs.py OUT.json FRONT   # also compare with the built example `front`
"""

import json
import os
import subprocess
import sys
import tempfile

PROGRAMS = r"""
x = (1,
---
x = [1, 2
y = 3
---
foo(a, b
bar()
---
x = )
---
x = (1]
---
x = (1,
  2]
---
x = {1: 2
---
'abc
---
x = "abc
y = 1
---
x = 'abc\'
---
'''abc
def
---
f'abc
---
f'''abc
{x}
---
if x
    pass
---
if x:
pass
---
  x = 1
---
x = 1
  y = 2
---
if x:
    y
  z
---
if x:
	y
        z
---
def f()
    pass
---
def f():
x
---
def f(:
    pass
---
class A
    pass
---
class A:
x
---
for x in y
    pass
---
for x in y:
pass
---
for x y:
    pass
---
while x
    pass
---
while x:
pass
---
with x as y
    pass
---
with x:
pass
---
try
    pass
---
try:
    pass
x
---
try:
pass
---
try:
    pass
except
    pass
---
try:
    pass
except A, B:
    pass
---
try:
    pass
except A:
x
---
try:
    pass
except* :
    pass
---
try:
    pass
except A:
    pass
except* B:
    pass
---
try:
    pass
finally:
x
---
if x:
    pass
elif y
    pass
---
if x:
    pass
else
    pass
---
if x:
    pass
else:
pass
---
1 = x
---
f() = 1
---
None = 1
---
a + b = c
---
(a, 1) = c
---
[a, f()] = c
---
x if y else z = 1
---
"a" = 1
---
f"a" = 1
---
lambda: 1 = 2
---
a < b = 1
---
... = 1
---
(yield) = 1
---
x = yield = 1
---
f() += 1
---
(a, b) += 1
---
a and b += 1
---
(a, b): int = 1
---
[a]: int
---
f(): int
---
a, b: int
---
del f()
---
del 1
---
del (a, 1)
---
del *a
---
for 1 in x: pass
---
for f() in x: pass
---
[x for 1 in y]
---
[x for x y]
---
with a as 1: pass
---
with a as f(): pass
---
if x = 1:
    pass
---
if x.y = 1:
    pass
---
while x = 3: pass
---
print x
---
print "hello"
---
exec "x"
---
print(a b)
---
x = [1 2]
---
x = {1: 2 3: 4}
---
f(a b)
---
x = (a b)
---
a b
---
x y z
---
f(a=1, b)
---
f(**a, b)
---
f(**a, *b)
---
f(x for x in y, 1)
---
f(1, x for x in y)
---
f(a=)
---
f(1=2)
---
f(None=1)
---
f(a.b=1)
---
f(a=1 for a in b)
---
f(True=1)
---
f(**a=1)
---
f(*a=1)
---
class A(x for x in y): pass
---
def f(a=1, b): pass
---
def f(*): pass
---
def f(*, **k): pass
---
def f(**k, a): pass
---
def f(**k=1): pass
---
def f(*a=1): pass
---
def f(*a, *b): pass
---
def f(/): pass
---
def f(/, a): pass
---
def f(a, /, b, /): pass
---
def f(*a, /): pass
---
def f((a, b)): pass
---
def f(a=): pass
---
def f(a, a b): pass
---
lambda a=1, b: 0
---
lambda *: 0
---
lambda (a, b): 0
---
def f:
    pass
---
def (): pass
---
class 1: pass
---
import
---
import a.
---
import a from b
---
from a import
---
from a import b,
---
from a import (b, c
---
from . import *, a
---
from import a
---
x = 08
---
x = 0777
---
x = 0b12
---
x = 0o8
---
x = 0xg
---
x = 1_
---
x = 1__0
---
x = 1abc
---
x = 1.5abc
---
x = 1e+
---
x = 1jx
---
x = $
---
x = a ? b
---
x = a!
---
x = “a”
---
x = a​b
---
x = 5 €
---
x = \ y
---
x = 1 \
---
x = a ++ 
---
x = a + 
---
x = * a
---
*a
x = *
---
x = (*a)
---
x = (**a)
---
[*a for a in b]
---
[a, b for a in c]
---
{a, b for a in c}
---
{**a for a in b}
---
{a: *b}
---
{a: }
---
{a: 1, b}
---
{a: 1, b: }
---
{1, 2: 3}
---
{1: 2, **a, b}
---
x = 1 if 2
---
x = 1 if 2 else
---
x = not
---
x = a not b
---
x = a + not b
---
x = - not b
---
x = a is is b
---
x := 1
---
(x.y := 1)
---
(a[0] := 1)
---
(1 := 2)
---
f"{}"
---
f"{ }"
---
f"{=}"
---
f"{!r}"
---
f"{:x}"
---
f"{a!}"
---
f"{a!x}"
---
f"{a! r}"
---
f"{a b}"
---
f"{a"
---
f"{a:"
---
f"{a:{b}"
---
f"}"
---
f"{a}}"
---
f"{a)}"
---
f"{(a}"
---
f"{lambda x: 1}"
---
f"{a $ b}"
---
f"{a +}"
---
f"{*}"
---
f"{'a}"
---
f"{a:{b:{c:{d}}}}"
---
"\x1"
---
"\u12"
---
"\N{foo bar baz}"
---
"\N"
---
b"\x1"
---
b"é"
---
b"a" "b"
---
f"a" b"b"
---
"abc" "\U12345678"
---
match x
    case 1: pass
---
match x:
case 1: pass
---
match x:
    case 1
        pass
---
match x:
    case 1:
    pass
---
match x:
    case a as _: pass
---
match x:
    case a as b.c: pass
---
match x:
    case A(b=1, 2): pass
---
match x:
    case 1 + 1: pass
---
match x:
    case 1j + 1j: pass
---
match x:
    case {**a, 1: 2}: pass
---
type X = 
---
type X[] = int
---
type X[*T: int] = int
---
def f[](): pass
---
class A[**P: (int, str)]: pass
---
async x
---
await = 1
---
async def f()
    pass
---
return = 1
---
global x y
---
global
---
nonlocal x,
---
assert
---
raise x from
---
pass x
---
break 1
---
x = 1; ; y = 2
---
else: pass
---
elif x: pass
---
except: pass
---
finally: pass
---
@
def f(): pass
---
@a
x = 1
---
x = lambda
---
x = lambda x
---
a[
---
a[]
---
a[1:2:3:4]
---
a.1
---
a.
---
a..b
---
.a
---
a => b
---
a <> b
---
a === b
---
if True:
    if True:
        x = (1 +
    y = 2
---
def f():
    return (1, 2
x = 3
---
x = {
  'a': 1
  'b': 2
}
---
foo(1, 2, 3
def g():
    pass
---
class C:
    def f(self):
        x = [1, 2, 3
    def g(self):
        pass
---
x = 1 +
y = 2
---
for i in range(10) print(i)
---
if x == 1 and
    y: pass
---
while True print(1)
---
x = "a" + 'b
---
x = 'it's'
---
def f(x, y, x z): pass
---
import a as b.c
---
import a as 1
---
from a import b as c.d
---
raise
x = = 1
---
def f(a, *, b, *c): pass
---
with (a as b, c as d) pass
---
with (a as b
    pass
---
x = [i for i in range(3) if]
---
x = [for i in y]
---
x = (i for i in)
---
try:
    x
else:
    y
---
yield x = 1
---
f(a for a in b, c for c in d)
---
print(1
print(2)
---
x = {'a' 1}
---
x = {'a': 1, 'b' 2}
---
if (a == 1
    and b == 2:
    pass
---
x = é $
---
é = 1
é é
---
x = "é" "ü" y z
---
foo(é, b c)
""".strip("\n").split("\n---\n")


def main():
    out = sys.argv[1]
    front = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    environment = dict(os.environ, PYTHON_COLORS="0", PYTHONUTF8="1")
    good, goldens = 0, []
    with tempfile.TemporaryDirectory() as directory:
        for number, program in enumerate(PROGRAMS):
            source = program + "\n"
            with open(os.path.join(directory, "bad.py"), "w", encoding="utf-8", newline="") as file:
                file.write(source)
            run = subprocess.run(
                [sys.executable, "-W", "ignore", "bad.py"], cwd=directory, env=environment, capture_output=True, text=True
            )
            stderr = run.stderr.replace(directory + os.sep, "")
            goldens.append({"source": source, "stderr": stderr})
            if front:
                ours = subprocess.run([front, "errors", "bad.py"], cwd=directory, capture_output=True, text=True)
                if ours.stderr == stderr:
                    good += 1
                else:
                    print(f"--- {number}: {source!r}\n{stderr}--- ours\n{ours.stderr}")
    with open(out, "w", encoding="utf-8") as file:
        json.dump(goldens, file, indent=1, ensure_ascii=False)
        file.write("\n")
    if front:
        print(f"{good} of {len(PROGRAMS)} identical")


if __name__ == "__main__":
    main()
