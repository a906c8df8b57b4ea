"""sys.stdout.write and partial lines are flushed at exit, even after an exception."""
import sys
sys.stdout.write("no newline")
sys.stdout.write(" more\n")
print("partial", end="")
sys.stderr.write("to stderr\n")
raise RuntimeError("end")
