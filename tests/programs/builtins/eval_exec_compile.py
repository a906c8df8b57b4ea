"""eval, exec, compile and their namespaces."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


x = 5
print(eval("x + 1"), eval("a * 2", {"a": 3}), eval("a + b", {"a": 1}, {"b": 2}), eval(" 1 + 1 "), eval("[i for i in range(3)]"), eval("lambda y: y + x")(1), eval(b"1 + 2"))
ns = {}
print(exec("a = 1\ndef f(): return a + 1\nb = f()", ns), ns["b"], sorted(k for k in ns if k != "__builtins__"))
code = compile("1 + 2", "<test>", "eval")
print(eval(code), code.co_filename, code.co_name, type(code).__name__)
exec(compile("print('exec mode')\nx = 6", "name", "exec"))
print(x)
exec(compile("print('single'); 7 * 6", "name", "single"))


def local():
    y = 1
    exec("y = 2; z = 3")
    return y, "z" in locals(), eval("y + 10")


print(local())
for f in (lambda: eval("1 +"), lambda: eval("x = 1"), lambda: eval("nope"), lambda: eval(""), lambda: eval("1", 5), lambda: exec("raise ValueError('v')"), lambda: compile("1", "f", "nope"), lambda: compile("a b", "f", "exec"), lambda: eval(5), lambda: exec("return 1"), lambda: exec("if 1:\npass"), lambda: eval("x", {"__builtins__": {}}), lambda: eval("len([])", {"__builtins__": {"len": lambda v: "mine"}}), lambda: eval("print", {"__builtins__": {}}), lambda: exec("x = (", {}), lambda: eval("1\0")):
    show(f)
