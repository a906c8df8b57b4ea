"""Output order: stdout is complete although the program fails."""
import sys
print("line 1")
print("warning", file=sys.stderr)
print("line 2", end="")
raise LookupError("after partial output")
