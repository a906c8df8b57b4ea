# The greatest common divisor of small and long integers; divisions of long integers by long ones.
import math

seed = 99


def rnd(bits):
    global seed
    n = 0
    while bits > 0:
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        word = seed >> 32
        # Runs of equal bits are where carries go wrong.
        if word % 8 == 0:
            word = 0
        elif word % 8 == 1:
            word = 0xffffffff
        n = n << 32 | word
        bits -= 32
    return n


print(math.gcd(), math.gcd(0), math.gcd(-6), math.gcd(12, 18), math.gcd(0, -5), math.gcd(-2**61, 2**61), math.gcd(2**63, 2**64, 6), math.gcd(True, 0))
for i in range(600):
    a, b, c = rnd(i), rnd(i * 2 // 3), rnd(i % 200)
    g = math.gcd(a * c, b * c)
    if a and b and c:
        assert a * c % g == 0 and b * c % g == 0 and g % c == 0
        x, y = a * c // g, b * c // g
        while y:
            x, y = y, x % y
        assert x == 1
        assert math.lcm(a, b) * math.gcd(a, b) == a * b
    print(g % 1000003, end=' ')
print()
a, b = 1, 1
for _ in range(3000):
    a, b = a + b, a
print(math.gcd(a, b), math.gcd(a * 12345, b * 12345), math.gcd(-a, a * b))
for n, d in ((70000, 34000), (70000, 69990), (34000, 33000), (66000, 32100)):
    x, y = rnd(n), rnd(d) | 1
    for p, q in ((x, y), (-x, y), (x, -y), (-x, -y)):
        assert p == p // q * q + p % q and 0 <= (p % q) * (1 if q > 0 else -1) < abs(q)
        print(p // q % 1000003, p % q % 1000003, end=' ')
print()
for value in ('a', 1.5, None):
    try:
        math.gcd(3, value)
    except TypeError as e:
        print(e)
