"""__class__ and super() inside closures."""
class A:
    def who(self):
        return "A"


class B(A):
    def who(self):
        def inner():
            return super(B, self).who()
        return inner() + __class__.__name__

    def direct(self):
        return [super(__class__, self).who() for _ in range(2)]

    @staticmethod
    def name():
        return __class__.__qualname__


print(B().who(), B().direct(), B.name())
print(B.who.__code__.co_freevars)
