"""round(), int(), floor, ceil, trunc."""
import math
for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 0.15, 0.25, 0.35, 1e16, 123456.789, -2.5):
    print(x, round(x), round(x, 1), round(x, 2), round(x, -1), round(x, 0), int(x), math.floor(x), math.ceil(x), math.trunc(x))
print(round(5e-324, 400), round(1.5, 300), round(1.5, -400), round(1e300, -299), round(2.5, None), type(round(2.5, 0)).__name__, type(round(2.5)).__name__)
print(round(1e22, 2), round(0.1 + 0.2, 15), round(True), round(-0.4), round(-0.4, 0), round(99.995, 2), round(1.45, 1), round(8.345, 2))
try:
    round(1.7e308, -308)
    print(round(1.7e308, -308))
except OverflowError as error:
    print(error)
