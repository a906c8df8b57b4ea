"""nonlocal through several levels."""
def a():
    x = "a"

    def b():
        def c():
            nonlocal x
            x += "c"

            def d():
                nonlocal x
                x += "d"
            d()
        c()
        return x

    result = b()
    return result, x


print(a())


def parameter(p):
    def change():
        nonlocal p
        p = p * 2
        return p
    return change(), p


print(parameter(4))


def shadow():
    x = 1

    class C:
        x = 2

        def method(self):
            return x

        y = [x for _ in range(2)]
    return C().method(), C.x, C.y


print(shadow())
