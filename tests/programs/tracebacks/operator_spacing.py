"""Carets when the operator is on another column than usual."""
a, b = 1, "x"
c = (a   +   b)  * 2
