"""add_note and with_traceback."""
e = ValueError("v")
e.add_note("first")
e.add_note("second")
print(e.__notes__, e)
try:
    e.add_note(5)
except TypeError as error:
    print(error)
print(hasattr(ValueError(), "__notes__"))
try:
    raise e
except ValueError as error:
    print(error.__traceback__.tb_lineno, error.__traceback__.tb_next)
    print(error.__traceback__.tb_frame.f_code.co_name)
    print(error.with_traceback(None) is error, error.__traceback__)
try:
    e.__traceback__ = 5
except TypeError as error:
    print(error)
