"""struct_time, its hidden items, formats and conversions of local time."""
import time, os
print(len(time.tzname), type(time.timezone), time.daylight in (0, 1))
t=time.gmtime(0); print(t, t.tm_zone, t.tm_gmtoff)
print(time.struct_time((1,2,3,4,5,6,7,8,9)))
try: time.struct_time((1,))
except TypeError as e: print(e)
print(time.gmtime(0), time.gmtime(0).tm_zone)
print(time.strftime('%Y-%m-%d %H:%M:%S %Z %z', time.gmtime(86400*200)))
print(time.asctime(time.gmtime(0)), time.ctime(0) == time.asctime(time.localtime(0)))
print(time.mktime(time.localtime(1e9)))
print(time.strptime('2020-01-02','%Y-%m-%d'))
import datetime
print(datetime.datetime.fromtimestamp(0).astimezone().timestamp(), datetime.datetime.fromtimestamp(0, datetime.timezone.utc))
