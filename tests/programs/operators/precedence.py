"""Precedence and associativity."""
print(2 ** 3 ** 2, -2 ** 2, (-2) ** 2, 2 ** -1, -3 // 2, -(3 // 2), 7 % -3, -7 % 3)
print(1 + 2 * 3, (1 + 2) * 3, 10 - 3 - 2, 100 / 10 / 2, 2 * 3 % 4, 1 << 2 + 1, 6 & 3 | 8 ^ 1, ~1 + 1)
print(not True == False, 1 | 2 == 2, 5 > 3 == True, 1 if True else 2 if False else 3, (lambda: 1 and None)())
print(3 - -3, 3 - - - 3, +-+5, not not 0, - - 2, ~~7, 2 ** ~1)
print("a" + "b" * 2, "%s" % 1 + "x", [1] + [2] * 2, "a" "b" "c" * 2)
print(1 < 2 and 3 < 2 or 4, 1 or 0 and 0, (lambda x: x or 5)(0), 5 if [] else 6)
print(7 // 2 * 2, 7 / 2 * 2, 2 * 7 // 2, -7 // 2, 7 // -2, 0 - 1 % 2)
print(8 >> 1 << 2, 1 ^ 3 & 2, (1 ^ 3) & 2, 5 & 6 == 4, (5 & 6) == 4)
