print("package init")
name = "pkg"
from . import sibling
from .sibling import tell
