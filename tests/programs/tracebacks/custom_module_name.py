"""__module__ and __qualname__ decide how the class is shown."""
class E(Exception):
    pass


E.__module__ = "some.where"
E.__qualname__ = "Deep.Name"
raise E("shown with its module")
