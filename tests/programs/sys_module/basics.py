"""What sys offers to simple programs."""
import sys
print(sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 8), sys.byteorder, sys.maxsize, sys.maxunicode, sys.argv[0].endswith("basics.py"), len(sys.argv))
print(sys.implementation.cache_tag is not None, sys.hexversion >> 16 == 0x030D, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit)
print(type(sys.modules).__name__, "sys" in sys.modules, "builtins" in sys.modules, sys.modules["__main__"].__name__, sys.intern("abc") == "abc", sys.getdefaultencoding(), sys.flags.optimize)
print(sys.getrecursionlimit(), sys.exc_info(), sys.stdout.encoding, sys.stdin.read(), sys.getsizeof([]) > 0, sys.getrefcount([]) > 0 or True, callable(sys.exit), sys.hash_info.modulus, sys.hash_info.inf)
print(sys.path[0].endswith("sys_module"), sys.float_repr_style, sys.thread_info.name, sys.is_finalizing(), sys.get_int_max_str_digits())
try:
    sys.intern(5)
except TypeError as error:
    print(error)
