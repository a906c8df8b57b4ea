"""Re-raising keeps the original frames and adds lines."""
def fail():
    raise ValueError("original")


def again():
    try:
        fail()
    except ValueError:
        print("seen")
        raise


def saved():
    try:
        again()
    except ValueError as error:
        kept = error
    raise kept


saved()
