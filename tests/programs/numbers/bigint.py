"""Arbitrary precision: arithmetic, bit operations, conversion, comparison with floats."""
a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, a * b, b // a, b % a, divmod(-b, a), divmod(b, -a), a ** 3, -a)
print(a & b, a | b, a ^ b, ~a, a << 13, a >> 13, -a >> 70, -a & b, -a | b, -a ^ -b)
print(a < b, a == a + 0, a > 1e29, a == float(a), float(a), a / b, hash(a), hash(-a), a.bit_length(), bool(a - a))
print(hex(a), oct(a), bin(a)[:40], f"{a:,}", f"{a:x}", f"{a:e}", str(a)[::-1], int(str(a)) == a, int(hex(a), 16) == a)
print(pow(a, b, 10 ** 9 + 7), pow(3, 200) % 1000, 2 ** 200, -(2 ** 100) // 3, -(2 ** 100) % 3, (10 ** 50 + 1) * (10 ** 50 - 1) == 10 ** 100 - 1)
f = 1
for i in range(1, 51):
    f *= i
print(f, f // (f // 7), sum(int(c) for c in str(f)))
print(int(1e30), int(-1e20), int(2.0 ** 70), 10 ** 22 == 1e22, 10 ** 23 == 1e23, 2 ** 53 + 1 == float(2 ** 53 + 1), 2 ** 53 + 1 > float(2 ** 53), round(1e22), round(2.5e20, -19))
import math
print(math.isqrt(10 ** 40 + 1), math.gcd(a, b), math.lcm(2 ** 40, 3 ** 20), math.factorial(25), math.comb(60, 30), math.perm(20, 10))
x, y = 10 ** 40, 0
while x:
    x, r = divmod(x, 7)
    y = y * 8 + r
print(y)
print((1 << 100) - 1 >> 36 == (1 << 64) - 1, (2 ** 64) * 0, 0 * a, a * -1 == -a, a // 1 == a, a % 1, (-a) // b, 5 // a, -5 // a, -5 % a, 5 % -a)
