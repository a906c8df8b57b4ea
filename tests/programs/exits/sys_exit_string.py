"""sys.exit with a message: status 1, message on stderr."""
import sys
print("out")
sys.exit("a message for stderr")
