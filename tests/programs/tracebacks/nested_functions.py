"""Qualified names do not appear; only the function's name does."""
class Outer:
    class Inner:
        def method(self):
            def local():
                return (lambda: self.missing)()
            return local()


Outer.Inner().method()
