"""Failing targets: subscript stores, attribute stores, unpacking."""
def store(x):
    x[0] = 1


def attribute(x):
    x.name = 1


def unpack(x):
    a, b = x


def delete(x):
    del x["k"]


def augmented(x):
    x["k"] += 1


for function, value in [(store, ()), (attribute, 5), (unpack, [1]), (delete, {}), (augmented, {})]:
    try:
        function(value)
    except Exception as error:
        last = error
        print(type(error).__name__, error)
store((1,))
