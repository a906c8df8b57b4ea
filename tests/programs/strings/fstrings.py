"""f-strings: expressions, conversions, specs, nesting, debugging."""
name, n, pi = "Bob", 42, 3.14159
width, precision = 10, 3
print(f"{name} {n:5d}|{pi:.2f}|{name!r:>8}|{name:*^9}|{n:#x}|{n!s:0>5}")
print(f"{pi:{width}.{precision}}|{pi:{width}.{precision}f}|{'x':{'*'}^{5}}|{n:{'>'}{6}}")
print(f"{{}} {{{n}}} {n}}}", f"{n=} {n = } {n=!r:>5} {pi=:.2f} {name=!s} {n+1=} {'a'=}", f"{ n }")
print(f"{'nested ' + f'{n + 1}'} {[x for x in range(3)]} {dict(a=1)['a']} {(lambda x: x * 2)(4)} {n if n > 5 else 0}")
print(f"{name.upper()!r} {name[0]} {'a' 'b'} {"same quotes"} {f"{f"{1}"}"} {n:>{len(name) * 2}}", f'{"\n"}' == "\n", f"{'\\'}")
print(f"""{
    n
    + 1  # a comment
}""", f"a{1}b" "plain {n}" f"{2}", rf"\d{n}\n", f"\x41{n}\N{BULLET}", F"{n}", fr"{n}\t")
print(f"{n:}", f"{n!a}", f"{1,}", f"{1, 2}", f"{*[1, 2],}", f"{n:d}{n:x}", f"{n!r}", f"{'é'!a}", f"{3.0}", f"{None}", f"{...}")
print(f"{(y := 5)} {y}", f"{n:=+6}", f"{ {'a': 1}['a'] }", f"{ {1, 2} == {2, 1} }", f"{n:{'0'}>5}", f"{'}':>3}", f"{"{"}")
print(f"{name:{'>' if n else '<'}{width}}", f"{n!r:^{width}}", f"{'%d' % n}", f"{'{}'.format(n)}", f"{1:02}{2:02}", f"{lambda_ if (lambda_ := 3) else 0}")


class C:
    def __format__(self, spec):
        return f"<{spec}>"


print(f"{C():abc {n} def}", f"{C()}", f"{C():%Y-%m}", f"{C()!r:.5}")
try:
    f"{n:q}"
except ValueError as error:
    print(error)
try:
    f"{undefined_name}"
except NameError as error:
    print(error)
