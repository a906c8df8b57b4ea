"""Semicolons, line joining, blank lines, comments, form feeds and tabs."""
a = 1; b = 2; c = 3;
print(a, b, c); print(
    a,  # comment inside

    b,
)
if a: pass
elif b: pass
else: pass
	
def f(x,
      y=2,   # trailing comma
      ):
    # comment first
    return (x
            + y)


print(f(1)); x = [1,
     2,
  3]
print(x)
def tabs():
	if True:
		return "tabs"
print(tabs())
class Empty: "doc"; x = 1
print(Empty.__doc__, Empty.x)
s = 'a' \
    'b'
print(s)
for i in range(2): print(i); print(i + 10)
lambda: (yield)
if True:

    # comment

    print("after blank lines")
# last line is a comment
print("end")
# no newline at the end of the file is fine too
