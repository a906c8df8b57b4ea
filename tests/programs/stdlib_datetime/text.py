"""ISO text in both directions, repr, ctime and formats."""

from datetime import UTC, date, datetime, time, timedelta, timezone

ZONES = [None, UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(seconds=-12345, microseconds=7), "odd %Y"), timezone.min]
TIMES = [(0, 0), (1, 2), (1, 2, 3), (23, 59, 59, 999999), (4, 5, 6, 7000)]
for tz in ZONES:
    for t in TIMES:
        d, x = datetime(99, 12, 3, *t, tzinfo=tz, fold=1), time(*t, tzinfo=tz)
        print(d, x, repr(d), repr(x), d.ctime(), d.tzname(), d.utcoffset(), d.dst())
        for spec in "auto", "hours", "minutes", "seconds", "milliseconds", "microseconds":
            print(d.isoformat("\u20ac", spec), x.isoformat(spec), time.fromisoformat(x.isoformat(spec)), datetime.fromisoformat(d.isoformat("x", spec)))
        print(d.strftime("%z|%:z|%Z|%f|%%z|%Y %j %U %W %G-%V-%u %w %y %C"), x.strftime("%z %:z %Z %f %Y"), f"{d:%H:%M}", f"{x}", format(d, ""))

for args in [(1,), ("aa",), ("",), ("T", "x"), ("T", 1), ("T", "auto\0"), ("T", "auto", 1)]:
    try:
        print(datetime(1, 1, 1).isoformat(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(ascii(datetime(1, 1, 1).isoformat("\ud800")))

TEXTS = """
2020-01-02 20200102 2020-W01 2020W01 2020-W01-4 2020W014 2020-W53-7 2021-W53-1 2020-1-2 2020-01-32 2020-13-01 2020-001 0000-01-01 20-01-02
2020-0102 202001-02 2020-01-02T 2020-01-02T03 2020-01-02T0304 2020-01-02T03:04 2020-01-02T030405 2020-01-02T03:04:05 2020-01-02T03:04:05.6
2020-01-02T03:04:05,678 2020-01-02T03:04:05.6789012345 2020-01-02T03:04:05Z 2020-01-02T03:04:05+01 2020-01-02T03:04:05-0130
2020-01-02T03:04:05.123+01:02:03.456 2020-01-02T03:04:05+24:00 2020-01-02T03:04:05+00:00:00.5 2020-01-02T03:04:05z 2020-01-02T03:04:05Zx
2020-01-02T24:00 2020-01-02T03:60 2020-01-02T3:04 2020-01-02T03:0405 2020-01-02T03.5 2020W01T03 2020W01403 2020-W01-403 2020-W01-03:04
20200102T030405 20200102030405 2020010203 T03:04 03:04 0304 03 T 0304Z 03:04+05 12:34:56:78 123456.7 12345678 1234567 2020-01-02x03
\u0662\u0660\u0662\u0660-01-02 2020-01-02\u20ac03:04 2020-01-02\U0001f60003:04 2020-01-02\ud80003:04 2020-\ud8001-02T03:04 2020-W01\u00e903
"""
for text in [*TEXTS.split(), "", "2020-01-02 03:04", "03:04\0", "2020-01-02T03:04\0", "2020-01-02\u00e903:04:05+01:00"]:
    for cls in date, time, datetime:
        try:
            print(cls.__name__, ascii(text), cls.fromisoformat(text))
        except ValueError as e:
            print(cls.__name__, ascii(text), "-", ascii(str(e)))
for cls in date, time, datetime:
    try:
        cls.fromisoformat(b"2020")
    except TypeError as e:
        print(e)

# What C's formats can do.
d = datetime(2024, 3, 5, 14, 7, 9, 45)
for directive in "aAbBcCdDeFgGhHIjklmMnprRtTuUVwWxXyYzZ%":
    for flags in "", "-", "_", "0", "^", "#", "6", "-6", "_6", "06", "^12":
        print(directive, flags, ascii(d.strftime(f"<%{flags}{directive}>")))
for text in ["%", "%5", "%E", "%Ey%Od%Ec%Oz", "%Q %5Q", "\u20ac%Y\u20ac", "%%%%", "", "%:", "%::z", "%-", "plain", "%f%f"]:
    print(ascii(text), ascii(d.strftime(text)), ascii(d.date().strftime(text)), ascii(d.time().strftime(text)))
for args in [(), (1,), ("%Y", 1)]:
    for f in d.strftime, d.time().strftime, d.__format__:
        try:
            print(f(*args))
        except TypeError as e:
            print(e)
print(date(5, 1, 1).strftime("%Y %F %G %C %y %D"), d.strftime(format="%d"))

for text, form in [("2024-03-05 14:07", "%Y-%m-%d %H:%M"), ("5 Mar 24 +0130", "%d %b %y %z"), ("14.000045", "%H.%f"), ("x", "%Y"), ("2024", "%q"),
                   ("UTC", "%Z"), ("2024 10 1", "%G %V %u")]:
    try:
        print(repr(datetime.strptime(text, form)))
    except ValueError as e:
        print(e)
for args in [("a",), (1, "b"), ("a", 1)]:
    try:
        datetime.strptime(*args)
    except TypeError as e:
        print(e)
