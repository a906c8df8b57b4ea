"""A module that fails while being imported."""
import sys
for attempt in range(2):
    try:
        import _failing
    except ValueError as error:
        print(error, "_failing" in sys.modules, error.__traceback__.tb_next is not None)
try:
    import _bad_syntax
except SyntaxError as error:
    print(error.msg, error.lineno, error.filename.endswith("_bad_syntax.py"), error.text)
import _exits_never
print(_exits_never.name)
