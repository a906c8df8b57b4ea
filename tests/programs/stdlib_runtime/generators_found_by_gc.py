# Generators that only a frame's operand refers to are found by the collector's functions.
import gc


def numbers(n):
    for i in range(n):
        yield i


found = []
for x in numbers(3):
    found += [o for o in gc.get_objects() if type(o).__name__ == "generator" and o.__name__ == "numbers"]
for _ in range(300):
    for y in numbers(2):
        pass
print(len(found), all(g.gi_frame is None for g in found), {g.__name__ for g in found})
print([next(g, "ended") for g in found])
