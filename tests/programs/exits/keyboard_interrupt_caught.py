"""KeyboardInterrupt is not an Exception."""
try:
    try:
        raise KeyboardInterrupt("k")
    except Exception:
        print("never")
except KeyboardInterrupt as error:
    print(repr(error))
