"""Data and non-data descriptors, and their precedence."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class NonData:
    def __get__(self, instance, owner=None):
        return f"non-data of {instance is not None} {owner.__name__}"


class Data(NonData):
    def __get__(self, instance, owner=None):
        return f"data of {instance is not None} {owner.__name__}"

    def __set__(self, instance, value):
        print("set", value)

    def __delete__(self, instance):
        print("delete")


class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__["setonly"] = value * 2


class C:
    nondata = NonData()
    data = Data()
    setonly = SetOnly()


c = C()
print(c.nondata, C.nondata, c.data, C.data)
c.__dict__["nondata"] = "own"
c.__dict__["data"] = "hidden"
print(c.nondata, c.data)
c.data = 5
del c.data
c.setonly = 4
print(c.setonly, type(C.setonly).__name__)
c.nondata = "replaced"
print(c.__dict__)
del c.nondata
print(c.nondata)
show(lambda: delattr(c, "setonly"))
C.data = "plain now"
print(C.data, c.data)
