"""A runtime error inside exec: no source line to show."""
def run(source):
    exec(compile(source, "<generated>", "exec"))


run("def f():\n    return 1 / 0\n\nf()\n")
