import _circular_a

seen = hasattr(_circular_a, "done")
try:
    from _circular_a import late
except ImportError as error:
    print(str(error).split(" (")[0], "(most" in str(error))
try:
    _circular_a.late
except AttributeError as error:
    print(str(error).split(" (")[0])
