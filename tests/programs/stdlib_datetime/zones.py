"""The tzinfo protocol, conversions between zones, timestamps, and a local zone that the program sets."""

import os
import time as _time
import warnings
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

HOUR = timedelta(hours=1)


class Eastern(tzinfo):
    """Standard time, and summer time from 2 o'clock on the second Sunday of March to the first one of November."""

    def summer(self, dt):
        begin, end = datetime(dt.year, 3, 8, 2), datetime(dt.year, 11, 1, 1)
        begin += timedelta(6 - begin.weekday())
        end += timedelta(6 - end.weekday())
        now = dt.replace(tzinfo=None, fold=0)
        if end <= now < end + HOUR:
            return not dt.fold
        return begin <= now < end

    def utcoffset(self, dt):
        return -5 * HOUR + self.dst(dt)

    def dst(self, dt):
        return HOUR if dt is not None and self.summer(dt) else timedelta(0)

    def tzname(self, dt):
        return "EDT" if self.dst(dt) else "EST"


class Answer(tzinfo):
    def __init__(self, offset, dst=None, name=None):
        self.offset, self.summer, self.name = offset, dst, name

    def utcoffset(self, dt):
        return self.offset

    def dst(self, dt):
        return self.summer

    def tzname(self, dt):
        return self.name


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


eastern = Eastern()
for h in range(0, 24 * 366, 1013):
    u = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(hours=h)
    e = u.astimezone(eastern)
    print(u, e, e.tzname(), e.dst(), e == u, hash(e) == hash(u), e.timestamp(), e - u, e.timetuple().tm_isdst)
for fold in 0, 1:
    e = datetime(2021, 11, 7, 1, 30, tzinfo=eastern, fold=fold)
    u = e.astimezone(UTC)
    print(e, u, e == u, e < u, e > u, e - u, hash(e) == hash(u), hash(e) == hash(e.replace(fold=0)))

for answer in [None, 1, "x", HOUR, 24 * HOUR, -24 * HOUR, timedelta(-1, 0, 1), timedelta(microseconds=1)]:
    tz = Answer(answer, answer, answer)
    d, t = datetime(2020, 1, 1, tzinfo=tz), time(1, tzinfo=tz)
    for f in [d.utcoffset, d.dst, d.tzname, t.utcoffset, t.dst, t.tzname, d.isoformat, t.isoformat, d.timetuple, d.utctimetuple, d.timestamp]:
        attempt(f)
    attempt(d.astimezone, UTC)
    attempt(d.strftime, "%z %Z")
    attempt(lambda: hash(t) == hash(t))
    attempt(lambda: d == datetime(2020, 1, 1, tzinfo=UTC))
    attempt(lambda: t < time(1, tzinfo=UTC))
for tz in [tzinfo(), Answer(None), Answer(HOUR), Answer(HOUR, HOUR), Answer(HOUR, timedelta(0)), UTC]:
    for d in [datetime(2020, 1, 1), datetime(2020, 1, 1, tzinfo=tz), 5]:
        attempt(tz.fromutc, d)
    for f in tz.utcoffset, tz.dst, tz.tzname:
        attempt(f, None)
        attempt(f, 1)
attempt(tzinfo.fromutc, UTC, datetime(2020, 1, 1, tzinfo=UTC))

for value in [0, 1.5, -1.5, 0.0000005, 0.0000015, 1e9, -62135596800, -62135596801, 253402300799.9, 253402300800, 1e15, 1e17, 1e20, 2**70,
              float("nan"), float("inf"), "1", None, True]:
    attempt(datetime.fromtimestamp, value, UTC)
    attempt(datetime.fromtimestamp, value, tz=timezone(HOUR))
attempt(datetime.fromtimestamp)
attempt(datetime.fromtimestamp, 0, 1)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(datetime.utcfromtimestamp(1.25), datetime.utcnow().tzinfo)
    print(*[(w.category.__name__, str(w.message)) for w in caught], sep="\n")
attempt(datetime.now, 1)
attempt(datetime.now, foo=1)
print(datetime.now(UTC).tzinfo, datetime.now().tzinfo, type(date.today()).__name__, type(datetime.today()).__name__)

for name in "EST5EDT,M3.2.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3", "XXX-5:30", "UTC0":
    os.environ["TZ"] = name
    _time.tzset()
    print(name, _time.tzname)
    for t in [0, 1e9, 1.6e9, 1617462000, 1617460200, 1636263000, 1636266600, -1e9, 4e9]:
        d = datetime.fromtimestamp(t)
        print(repr(d), d.timestamp(), repr(d.astimezone()), d.astimezone(UTC), date.fromtimestamp(t), d.replace(tzinfo=UTC).astimezone())
    for d in [datetime(2021, 3, 14, 2, 30), datetime(2021, 11, 7, 1, 30), datetime(2021, 10, 3, 2, 30), datetime(2021, 4, 4, 2, 30)]:
        for fold in 0, 1:
            e = d.replace(fold=fold)
            print(e, fold, e.timestamp(), e.astimezone())
    attempt(datetime.min.timestamp)
    attempt(datetime.max.astimezone, timezone(-HOUR))
