from .. import sibling as up
other = up.tell()
