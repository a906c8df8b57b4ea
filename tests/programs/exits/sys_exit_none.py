"""sys.exit() without an argument."""
import sys
print("before")
try:
    sys.exit()
finally:
    print("finally runs")
