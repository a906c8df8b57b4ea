from ..sibling import tell
from . import other


def where():
    return __name__, tell(), other
