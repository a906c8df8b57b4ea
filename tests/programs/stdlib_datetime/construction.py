"""Making dates, times and durations, and what is refused."""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo


def show(make, *args, **kwargs):
    try:
        print(repr(make(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


print(MINYEAR, MAXYEAR, UTC, UTC is timezone.utc)
for cls in date, datetime, time, timedelta:
    print(cls, cls.min, cls.max, cls.resolution)
print(timezone.min, timezone.max, repr(timezone.utc))

for args in [(), (1,), (2024, 2, 29), (2023, 2, 29), (0, 1, 1), (10000, 1, 1), (1, 13, 1), (1, 1, 0), ("1", 2, 3), (1.0, 2, 3), (2**40, 1, 1),
             (2**80, 1, 1), (-2**40, 1, 1), (True, True, True), (1, 2, 3, 4)]:
    show(date, *args)
    show(datetime, *args)
show(date, day=3, month=2, year=1)
show(date, 1, 2, 3, year=1)
show(date, 1, 2, month=3)
show(datetime, 1, 2, 3, foo=1)
for args in [(24,), (1, 60), (1, 2, 60), (1, 2, 3, 1000000), (1, 2, 3, 4, 5), (1, 2, 3, 4, None, 1), (-1,), (23, 59, 59, 999999, UTC)]:
    show(time, *args)
    show(datetime, 2000, 1, 1, *args)
for fold in 0, 1, 2, True, "x":
    show(time, fold=fold)
    show(datetime, 1, 1, 1, fold=fold)
show(datetime, 1, 1, 1, tzinfo=1)

for args, kwargs in [((), {}), ((1,), {}), ((1, 2, 3, 4, 5, 6, 7), {}), ((1, 2, 3, 4, 5, 6, 7, 8), {}), ((), {"weeks": 1.5}), ((0.5,), {}),
                     ((), {"microseconds": 0.5}), ((), {"microseconds": 1.5}), ((), {"milliseconds": 0.0005}), ((), {"seconds": -1}),
                     ((), {"days": 1e10}), ((), {"days": 2**31 - 1}), ((), {"days": 2**31}), ((), {"days": 2**70}), ((), {"hours": 2**63}),
                     ((), {"microseconds": 2**63, "days": -106751991}), ((float("nan"),), {}), ((float("inf"),), {}), (("1",), {}), ((None,), {}),
                     ((), {"foo": 1}), ((1,), {"days": 1}), ((True,), {}), ((), {"days": -999999999, "microseconds": -1}),
                     ((), {"days": 999999999, "hours": 24})]:
    show(timedelta, *args, **kwargs)

for args in [(), (1,), (timedelta(0),), (timedelta(0), "x"), (timedelta(0), 1), (timedelta(hours=24),), (timedelta(hours=-24),),
             (timedelta(hours=-24, microseconds=1),), (timedelta(hours=1), "A", "B"), (timedelta(seconds=1, microseconds=5),)]:
    show(timezone, *args)
show(timezone, name="N", offset=timedelta(minutes=90))
print(timezone(timedelta(0)) is timezone.utc, timezone(timedelta(0), "UTC") is timezone.utc)

for n in [1, 719163, 3652059, 3652060, 0, -1, 2**31, 2**64, "1", 1.0]:
    show(date.fromordinal, n)
for args in [(2020, 53, 7), (2021, 53, 1), (2021, 0, 1), (2021, 1, 0), (2021, 1, 8), (0, 1, 1), (9999, 52, 6), (2**40, 1, 1), (1, 2), ("a", 1, 1)]:
    show(date.fromisocalendar, *args)
for args in [(date(1, 2, 3), time(4, 5, tzinfo=UTC, fold=1)), (datetime(1, 2, 3, 4), time(5)), (date(1, 2, 3), time(4), UTC), (1, 2),
             (date(1, 2, 3), 4), (date(1, 2, 3),), (date(1, 2, 3), time(4), 5)]:
    show(datetime.combine, *args)

d = datetime(2024, 2, 29, 1, 2, 3, 4, UTC, fold=1)
for changes in [{}, {"year": 2023}, {"day": 1, "hour": 23}, {"tzinfo": None}, {"fold": 0, "microsecond": 0}, {"foo": 1}, {"month": 1.0},
                {"year": 2**31}, {"tzinfo": 1}]:
    show(d.replace, **changes)
    show(d.__replace__, **changes)
show(d.replace, 1, 2, 3, 4, 5, 6, 7, None, 1)
show(d.replace, 1, year=1)
show(d.date().replace, 2023, 1)
show(d.timetz().replace, 5, fold=0)
print(d.date(), d.time(), d.timetz(), d.tzinfo, d.fold, d.year, d.month, d.day, d.hour, d.minute, d.second, d.microsecond)
print(d.isocalendar(), tuple(d.isocalendar()), d.isocalendar().week, d.weekday(), d.isoweekday(), d.toordinal(), d.timetuple(), d.utctimetuple())

for cls, name in [(date, "year"), (time, "hour"), (datetime, "fold"), (timedelta, "days")]:
    try:
        setattr(cls.min, name, 1)
    except AttributeError as e:
        print(e)
for base in timezone, type(d.isocalendar()):
    try:
        type("X", (base,), {})
    except TypeError as e:
        print(e)
print(tzinfo(1, 2).__class__, type(timedelta.days), type(date.year))
