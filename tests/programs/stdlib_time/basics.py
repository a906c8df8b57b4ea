"""time: only what can be checked."""
import time
a = time.perf_counter()
b = time.perf_counter()
print(b >= a, type(a).__name__, type(time.time()).__name__, time.time() > 1.6e9, time.monotonic() >= 0, type(time.perf_counter_ns()).__name__, type(time.process_time()).__name__, time.time_ns() > 1.6e18)
start = time.perf_counter()
print(time.sleep(0.01), time.perf_counter() - start >= 0.01)
for bad in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.nope):
    try:
        bad()
    except (ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
