"""Pickles, copies, and what results belong to subclasses."""

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo


class Zone(tzinfo):
    def __init__(self, name="Z"):
        self.name = name

    def utcoffset(self, dt):
        return timedelta(hours=2)

    def dst(self, dt):
        return timedelta(0)

    def tzname(self, dt):
        return self.name


class WithArguments(Zone):
    def __getinitargs__(self):
        return (self.name,)


class Date(date):
    def __new__(cls, *args, **kwargs):
        print("Date", args, kwargs)
        return super().__new__(cls, *args, **kwargs)


class DateTime(datetime):
    def __new__(cls, *args, **kwargs):
        print("DateTime", args, kwargs)
        return super().__new__(cls, *args, **kwargs)


class Time(time):
    extra = 1

    def __new__(cls, *args, **kwargs):
        print("Time", args, kwargs)
        return super().__new__(cls, *args, **kwargs)


class Delta(timedelta):
    def __init__(self, *args, **kwargs):
        self.note = args


named = Zone("named")
VALUES = [date(2024, 2, 29), datetime(2024, 2, 29, 1, 2, 3, 4), datetime(2024, 12, 29, 1, tzinfo=UTC, fold=1), time(1, 2, 3, 4, fold=1),
          time(1, tzinfo=timezone(timedelta(hours=-3), "X")), timedelta(-1, 2, 3), UTC, timezone.min, datetime(1, 1, 1, tzinfo=named), named,
          WithArguments("w"), date.today().isocalendar().__class__(2020, 1, 2), Date(2020, 1, 2), DateTime(2020, 1, 2, fold=1), Time(3, fold=1), Delta(5)]
for v in VALUES:
    print(repr(v) if type(v) is not Zone and type(v) is not WithArguments and v is not VALUES[8] else type(v).__name__)
    print(v.__reduce_ex__(2)[1:2] if v is not VALUES[8] else v.__reduce__()[1][0])
    for protocol in range(6):
        again = pickle.loads(pickle.dumps(v, protocol))
        print(protocol, type(again).__name__, getattr(again, "fold", None), getattr(again, "__dict__", None) if not isinstance(v, datetime) else None, again == v)
    print(copy.copy(v) == v, type(copy.deepcopy(v)).__name__)

for make in [lambda: date(b"\x07\xe8\x02\x1d"), lambda: date("\x07\xe8\x02\x1d"), lambda: date(b"\x07\xe8\x0d\x1d"), lambda: date(b"123"),
             lambda: date("\x07\u1234\x02\x1d"), lambda: datetime(b"\x07\xe8\x82\x1d\1\2\3\0\0\4"), lambda: datetime("\x07\xe8\x02\x1d\1\2\3\0\0\4", UTC),
             lambda: datetime(b"\x07\xe8\x02\x1d\1\2\3\0\0\4", 1), lambda: datetime("\x07\xe8\x02\x1d\1\2\3\0\0\u1234"), lambda: time(b"\x81\2\3\0\0\4"),
             lambda: time("\1\2\3\0\0\4", UTC), lambda: time(b"\1\2\3\0\0\4", "x"), lambda: time(b"\x18\2\3\0\0\4"), lambda: time("\1\2\3\0\0\u1234")]:
    try:
        print(ascii(make()))
    except Exception as e:
        print(type(e).__name__, e)

d, dt, t, td = Date(2020, 1, 2), DateTime(2020, 1, 2, 3, 4, 5, 6, UTC), Time(3, 4), Delta(5)
for f in [lambda: d + timedelta(1), lambda: timedelta(1) + d, lambda: d - timedelta(1), lambda: d - date(2020, 1, 1), lambda: d.replace(day=5),
          lambda: dt + td, lambda: td + dt, lambda: dt - td, lambda: dt - dt, lambda: dt.replace(fold=1), lambda: dt.replace(day=7),
          lambda: dt.astimezone(timezone(timedelta(hours=1))), lambda: dt.date(), lambda: dt.time(), lambda: t.replace(hour=1), lambda: t.replace(fold=1),
          lambda: td + td, lambda: -td, lambda: td * 2, lambda: td / 2, lambda: abs(td), lambda: +td, lambda: Date.fromordinal(5),
          lambda: Date.fromisoformat("2020-01-02"), lambda: Date.fromisocalendar(2020, 1, 1), lambda: DateTime.fromordinal(5),
          lambda: DateTime.fromisoformat("2020-01-02T03:04:05Z"), lambda: Time.fromisoformat("03:04"), lambda: DateTime.combine(d, t),
          lambda: DateTime.fromtimestamp(0, UTC), lambda: DateTime.strptime("2020", "%Y"), lambda: DateTime.fromisocalendar(2020, 1, 1),
          lambda: Date.min, lambda: copy.replace(d, day=9), lambda: copy.replace(t, minute=9)]:
    r = f()
    print(type(r).__name__, r)
print(d == date(2020, 1, 2), hash(d) == hash(date(2020, 1, 2)), d < dt.date(), d == dt, repr(d), repr(dt), repr(t), repr(td), str(td), td.note)


class Shown(datetime):
    def isoformat(self, *args):
        return f"isoformat{args}"

    def strftime(self, format):
        return f"strftime({format})"

    def timetuple(self):
        return (2000, 1, 1, 0, 0, 0, 0, 1, 0)


s = Shown(2020, 1, 2)
print(str(s), f"{s}", f"{s:%Y}", datetime.strftime(s, "%Y %f"))


class Partial(date):
    def __str__(self):
        return "own"

    def __eq__(self, other):
        return True


print(f"{Partial(1, 2, 3)}", Partial(1, 2, 3) == 5, Partial.__hash__, date(1, 2, 3) == Partial(4, 5, 6))
