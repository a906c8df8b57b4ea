"""Bare raise re-raises what is being handled."""
import sys


def log(text):
    print(text, repr(sys.exception()), sys.exc_info()[0])


log("start")
try:
    try:
        raise ValueError("one")
    except ValueError:
        log("handler")
        try:
            raise KeyError("two")
        except KeyError:
            log("inner")
        log("after inner")
        raise
except ValueError as error:
    print("again", error, error.__context__)
log("end")


def helper():
    raise


try:
    try:
        raise IndexError("from caller")
    except IndexError:
        helper()
except IndexError as error:
    print("helper", error)


def generator():
    try:
        yield 1
    except ValueError:
        log("in generator")
        yield 2
    log("generator end")


g = generator()
next(g)
try:
    raise KeyError("outside")
except KeyError:
    print(g.throw(ValueError("thrown")))
    log("outside")
list(g)
