"""SystemExit while another exception is handled: silent."""
import sys
try:
    1 / 0
except ZeroDivisionError:
    sys.exit(7)
