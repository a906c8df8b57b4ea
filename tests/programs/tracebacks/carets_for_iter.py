"""The failing iteration in a for statement and in a comprehension."""
class Bad:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("no more")


def loop():
    for item in Bad():
        print(item)


def comprehension():
    return [item for item in Bad() if item]


try:
    loop()
finally:
    comprehension()
