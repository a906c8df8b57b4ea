print("sibling", __name__, __package__)


def tell():
    return "told"
