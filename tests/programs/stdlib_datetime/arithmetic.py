"""Sums, differences, products and quotients; comparisons and hashes."""

import operator
from datetime import UTC, date, datetime, time, timedelta, timezone

EAST, WEST = timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=8), "PST")
VALUES = [
    date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31), datetime(2024, 2, 29), datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999),
    datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 2, 29, 17, 30, tzinfo=EAST), datetime(2024, 2, 29, 4, 0, 0, 1, WEST),
    time(12), time(12, fold=1), time(12, tzinfo=UTC), time(17, 30, tzinfo=EAST), time(0, 0, 0, 1, WEST),
    timedelta(0), timedelta(1), timedelta(-1, 5, 7), timedelta.max, timedelta.min, timedelta(microseconds=3), timedelta(hours=1.5),
    0, 1, -3, 7, 2**70, 0.0, 0.5, -1.25, 1e300, 1e-300, True, None, UTC, EAST,
]
OPERATORS = [operator.add, operator.sub, operator.mul, operator.floordiv, operator.truediv, operator.mod, divmod,
             operator.eq, operator.lt, operator.ge]
TYPES = (date, time, timedelta, timezone)

for f in OPERATORS:
    for a in VALUES:
        for b in VALUES:
            if not (isinstance(a, TYPES) or isinstance(b, TYPES)):
                continue
            try:
                r = f(a, b)
            except TypeError as e:
                if "unsupported operand" in str(e) or "not supported between" in str(e):
                    continue
                r = f"TypeError: {e}"
            except Exception as e:
                r = f"{type(e).__name__}: {e}"
            if r is not False:
                print(f.__name__, a, b, r, sep=" | ")

for v in VALUES:
    if isinstance(v, timedelta):
        print(str(v), repr(v), bool(v), v.total_seconds(), v.days, v.seconds, v.microseconds)
        for f in operator.neg, operator.pos, abs:
            try:
                print(f.__name__, f(v))
            except OverflowError as e:
                print(f.__name__, e)
    if isinstance(v, TYPES):
        print(hash(v) == hash(v), hash(v) if isinstance(v, (timedelta, timezone)) or getattr(v, "tzinfo", None) else None)
print(len({datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 2, 29, 17, 30, tzinfo=EAST), datetime(2024, 2, 29, 12)}))
print(hash(time(12, fold=1)) == hash(time(12)), time(12, fold=1) == time(12))

# Numbers of classes with arithmetic of their own.
class Ratio(float):
    def as_integer_ratio(self):
        return self.answer


for answer in [(3, 2), (7, 0), 5, (1, 2, 3), (1.5, 2)]:
    r = Ratio(1)
    r.answer = answer
    for f in operator.mul, operator.truediv:
        try:
            print(f.__name__, answer, f(timedelta(seconds=1), r))
        except Exception as e:
            print(f.__name__, answer, type(e).__name__, e)


class Strange(int):
    def __mul__(self, other):
        return Product()

    __rmul__ = __mul__


class Product:
    def __radd__(self, other):
        return Sum()


class Sum(int):
    answer = None

    def __divmod__(self, other):
        return self.answer


for Sum.answer in [None, (), (1, 2, 3), (0, -1), (0, 10**9), ("a", 0), (0, 0)]:
    for make in [lambda: timedelta(microseconds=Strange(1)), lambda: timedelta(hours=Strange(1), days=1)]:
        try:
            print(Sum.answer, make())
        except Exception as e:
            print(Sum.answer, type(e).__name__, e)
