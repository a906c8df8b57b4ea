"""Codes are taken modulo 256; True is 1."""
import sys
try:
    sys.exit(True)
except SystemExit as error:
    print(repr(error.code), error.args)
sys.exit(257 + 41)
