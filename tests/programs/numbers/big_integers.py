"""Integers beyond the machine's word: every operation on every mix of signs and lengths, checked by identities and shown by hashes."""


class Numbers:
    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 16

    def number(self, bits):
        kind = self.word() % 5
        if kind == 0:
            n = (1 << bits) - 1
        elif kind == 1:
            n = 1 << bits
        elif kind == 2:
            n = (1 << bits) - (1 << (bits // 2))
        else:
            n = 0
            while n.bit_length() < bits:
                n = n << 48 | self.word()
            n >>= n.bit_length() - bits
        return -n if self.word() % 2 else n


SIZES = [0, 1, 5, 30, 60, 61, 62, 63, 64, 65, 100, 127, 128, 129, 190, 256, 400, 640, 1000, 2600, 5000]


def fold(digest, *values):
    for v in values:
        digest = (digest * 1000003 + hash(v)) % (2**61 - 1)
    return digest


def two_operands(numbers):
    digest = 0
    for x in SIZES:
        for y in SIZES:
            a, b = numbers.number(x), numbers.number(y)
            total, difference, product = a + b, a - b, a * b
            assert total - b == a and difference + b == a
            assert (a < b) == (difference < 0) and (a == b) == (difference == 0)
            assert (a <= b) == (difference <= 0)
            assert product == b * a and abs(product) == abs(a) * abs(b)
            digest = fold(digest, total, difference, product)
            assert a & b == ~(~a | ~b) and a ^ b == (a | b) - (a & b)
            digest = fold(digest, a & b, a | b, a ^ b)
            if b:
                q, r = divmod(a, b)
                assert q == a // b and r == a % b and q * b + r == a
                assert 0 <= r < b if b > 0 else b < r <= 0
                assert divmod(product, b) == (a, 0)
                q, r = divmod(product + b // 2, b)
                assert q * b + r == product + b // 2
                digest = fold(digest, q, r)
                try:
                    digest = fold(digest, a / b)
                except OverflowError as e:
                    digest = fold(digest, len(str(e)))
            for n in (0, 1, 17, 62, 63, 64, 65, 200):
                assert a << n == a * 2**n and a >> n == a // 2**n
                digest = fold(digest, a << n, a >> n)
    return digest


def one_operand(numbers):
    digest = 0
    for bits in SIZES:
        for _ in range(6):
            a = numbers.number(bits)
            assert -a == 0 - a and ~a == -a - 1 and abs(a) == max(a, -a) and +a == a
            assert a * a == a**2 and a * a * a == a**3 and a**0 == 1
            text = str(a)
            assert int(text) == a and int(hex(a), 16) == a and int(bin(a), 0) == a
            assert a.bit_length() == len(bin(abs(a))) - 2 or a == 0
            assert a.bit_count() == bin(a).count("1")
            n = (a.bit_length() + 8) // 8
            assert int.from_bytes(a.to_bytes(n, "big", signed=True), "big", signed=True) == a
            digest = fold(digest, len(text), a, -a, ~a, a**5, bool(a), a.bit_count())
            try:
                digest = fold(digest, float(a), int(float(a)))
            except OverflowError as e:
                digest = fold(digest, len(str(e)))
            assert (a == float(0)) == (not a)
    return digest


class Tagged(int):
    def __new__(cls, value, tag):
        self = super().__new__(cls, value)
        self.tag = tag
        return self


def subclasses(numbers):
    for bits in SIZES:
        n = numbers.number(bits)
        t = Tagged(n, bits)
        assert t == n and hash(t) == hash(n) and str(t) == str(n) and t.tag == bits
        assert type(t + 0) is int and t + 1 == n + 1 and -t == -n and t * t == n * n
        assert type(int(t)) is int and int(t) == n and t // 7 == n // 7 and (t > 0) == (n > 0)
        assert {t: 1}[n] == 1 and sorted([t, n - 1, n + 1])[1] is t
        assert t.bit_length() == n.bit_length() and isinstance(t, int) and bool(t) == bool(n)


def powers():
    for base in (-7, -2, -1, 0, 1, 2, 3, 10, 12, 2**61, -(2**64), 10**20, 3**50 * 2**7):
        for exponent in (0, 1, 2, 3, 7, 20, 33):
            product = 1
            for _ in range(exponent):
                product *= base
            assert base**exponent == product, (base, exponent)
    print(len(str(3**2000)), 2**5000 == 1 << 5000, (-3) ** 501 < 0, hash(7**3000))
    print(pow(3, 10**30, 10**20), pow(-3, 2**70 + 1, 2**64 + 13), pow(7, -1, 2**89 - 1))
    for base, exponent in ((0, 10**30), (1, 10**30), (-1, 10**30), (-1, 10**30 + 1)):
        print(base**exponent, end=" ")
    print()


def errors():
    big = 10**30
    for text in ("big // 0", "big % 0", "divmod(big, 0)", "big / 0", "big << -1", "big >> -1", "1 << -big", "1 >> -big",
                 "1 << big", "0 << big", "big >> big", "-big >> big", "float(big ** 20)", "pow(big, big, 0)", "big + ''", "big << 1.0"):
        try:
            print(text, "->", eval(text, {"big": big}))
        except Exception as e:
            print(text, "->", type(e).__name__, e)


def long_ones():
    a, b = 3**20000, 7**12000
    q, r = divmod(a * b + 12345, a)
    print(q == b, r, hash(a * b), hash(a * a), (a * b) // b == a, hash(a + b), hash(a - b), a > b, hash(a >> 12345))
    print(hash(a // 7**3000), hash(a % 7**3000), hash(-a // b), hash(-a % b), hash(-b // 10**40), hash(-b % 10**40))
    text = str(3**9000)
    print(len(text), text[:30], text[-30:], int(text) == 3**9000)
    for n in range(0, 4200, 97):
        assert str(10**n) == "1" + "0" * n and str(10**n - 1) == "9" * n + ("0" if n == 0 else "")


print(two_operands(Numbers(1)))
print(one_operand(Numbers(2)))
subclasses(Numbers(3))
powers()
errors()
long_ones()
