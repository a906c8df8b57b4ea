"""Odd programs that the grammar allows."""
x = 1 if 1 else 2
print(x, [*()], (*(),), {**{}}, 1 .real, 1..real, [x for x in ()])
print(1 if(1)else(0),(1)or(2),[(1)for _ in"ab"],"a"if"b"else"c",not(1),x in[x]and"y")
if x: y = 1; z = 2
while x: x -= 1; print("loop"); continue
else: print("else")
class A: pass; b = 1
def f(): return 1; return 2
print(f(), A.b, y, z)
print((lambda: (yield))() is not None, (((((5))))), [[[[]]]], -+-1, not not not 1)
a = b = c, = [7]
print(a, b, c)
(d) = 1
[e] = [2]
(g), [h, (i)] = 3, [4, 5]
print(d, e, g, h, i)
for(j)in(1,2):print(j,end=" ")
print()
for k in*[1],2:print(k,end=" ")
print()
@(lambda f: f)
def decorated(): pass
try: 1/0
except: print("bare")
finally: pass
with(open)if 0 else type("M",(),{"__enter__":lambda s:s,"__exit__":lambda s,*a:None})()as m:print("with")
assert(1)
del(d),[e]
print(__name__, ..., Ellipsis)
print("a""b"'c'"""d""", "%s"%"x", "a".join("bc")[0]*2, (1,)[0], {1:2}[1], [1,2][True])
def print_(*, a=1, **b): return a, b
print(print_(**{"a": 2, "z z": 3}))
None; 5; "string statement"; [1]; f
if 1:
        print("deep indent")
        if 2:
         print("one space")
type = 5; match = 6; case = 7; _ = 8
print(type, match, case, _); del type
print(f"{x!r:}", 1_000, 0_0, 1e1_0, 0b1_0, .1_0)
if (n := 1) and \
   n: print("continued")
π = 3; ªº = 4; ﬁ = 5
print(π, ªº, fi)
