"""A class body is code: loops, conditions, locals, del and conditional methods."""
class C:
    total = 0
    for i in range(5):
        total += i
    if total > 5:
        def big(self):
            return "big"
    else:
        def small(self):
            return "small"
    del i
    print("in the body", sorted(n for n in locals() if not n.startswith("__")), __qualname__, __module__)
    try:
        print(missing)
    except NameError as error:
        print(error)

    class Nested:
        value = 1
        print(__qualname__)

    def method(self):
        class Local:
            pass
        return Local.__qualname__

    value = Nested.value + 1


print(C.total, C().big(), hasattr(C, "i"), C.value, C().method(), C.Nested.__qualname__)
print(C.__firstlineno__, C.__static_attributes__)
