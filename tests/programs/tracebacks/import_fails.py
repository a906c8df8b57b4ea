"""An exception while importing."""
print("importing")
import _breaks
