"""A syntax error in a string given to exec."""
def run(source):
    exec(source)


run("x = 1\ny = (2,\nz = 3\n")
