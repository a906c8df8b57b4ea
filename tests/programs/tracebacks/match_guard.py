"""An error in a guard and in a class pattern."""
def f(x):
    match x:
        case [a, b] if a / b > 1:
            return a
        case _:
            return None


f([1, 0])
