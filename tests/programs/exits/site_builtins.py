"""exit, quit and help, as site adds them."""
print(repr(exit), repr(quit), repr(help), repr(license), sep="\n")
for f, args in (exit, ()), (quit, (5,)), (exit, ("text",)):
    try:
        f(*args)
    except SystemExit as e:
        print(type(e).__name__, e.args, e.code)
print(exit.name, type(exit).__name__)
exit(3)
