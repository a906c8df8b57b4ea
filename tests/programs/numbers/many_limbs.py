# Integers of one to forty limbs, with runs of equal bits: every operator against identities that Python states, and a checksum of the results.
import math
import operator

state = 0x9E3779B97F4A7C15


def word():
    global state
    state ^= state << 13 & (1 << 64) - 1
    state ^= state >> 7
    state ^= state << 17 & (1 << 64) - 1
    return state


def number(limbs):
    n = 0
    for _ in range(limbs):
        kind = word() % 5
        limb = 0 if kind == 0 else (1 << 64) - 1 if kind == 1 else 1 << word() % 64 if kind == 2 else word()
        n = n << 64 | limb
    n += word() % 3 - 1
    return -n if word() % 3 == 0 else n


checksum = 0


def note(n):
    global checksum
    checksum = (checksum * 1000003 ^ hash(n)) % (1 << 61)


def check(what, holds, *operands):
    if not holds:
        print("wrong:", what, *map(hex, operands))


lengths = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 12, 20, 41]
for x in lengths:
    for y in lengths:
        a, b = number(x), number(y)
        note(a + b), note(a - b), note(a * b), note(a & b), note(a | b), note(a ^ b), note(~a), note(-b)
        check("sum", a + b - b == a, a, b)
        check("bits", (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b), a, b)
        check("and not", a & ~a == 0 and a | ~a == -1 and ~~a == a, a)
        check("order", (a < b) == (a - b < 0) and (a == b) == (not a - b) and (a >= b) != (a < b), a, b)
        if b:
            q, r = divmod(a, b)
            note(q), note(r)
            check("division", q * b + r == a and abs(r) < abs(b) and (r == 0 or (r < 0) == (b < 0)), a, b)
            check("parts", a // b == q and a % b == r, a, b)
            product = a * b
            check("exact", product // b == a and product % b == 0 and (product + b - (b > 0) + (b < 0)) // b == a, a, b)
            check("gcd", a % math.gcd(a, b) == b % math.gcd(a, b) == 0, a, b)
            note(math.gcd(a, b))
            try:
                note(a / b)
            except OverflowError as e:
                note(str(e).__len__())
        for n in (0, 1, 63, 64, 65, 127, 128, 200):
            check("shift", a << n == a * 2**n and a >> n == a // 2**n, a)
        check("square", (a + b) * (a + b) == a * a + 2 * a * b + b * b, a, b)
        check("text", int(str(a)) == a and int(hex(a), 16) == a and int(oct(a), 0) == a and int(f"{a:b}", 2) == a, a)
        for base in (3, 7, 36):
            digits, rest = "", abs(a)
            while rest:
                rest, digit = divmod(rest, base)
                digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
            check("base", int(digits or "0", base) == abs(a), a)
        size = a.bit_length() // 8 + 1
        for order in "big", "little":
            raw = a.to_bytes(size, order, signed=True)
            check("bytes", int.from_bytes(raw, order, signed=True) == a, a)
            check("longer", int.from_bytes(a.to_bytes(size + 9, order, signed=True), order, signed=True) == a, a)
        try:
            a.to_bytes(size - 1, "big", signed=True)
            check("no room", a == -1 or a == 0 or a == -(1 << 8 * (size - 1) - 1), a)
        except OverflowError:
            pass
        root = math.isqrt(abs(a))
        check("root", root * root <= abs(a) < (root + 1) * (root + 1), a)
        exponent = abs(b) >> 64 * max(y - 2, 0)
        modulus = number(3) or 5
        power = pow(a, exponent, modulus)
        note(power)
        check("power", power == pow(a, exponent // 2, modulus) ** 2 * (a if exponent % 2 else 1) % modulus, a, exponent, modulus)
        if math.gcd(a, modulus) == 1 and abs(modulus) > 1:
            check("inverse", pow(a, -1, modulus) * a % modulus == 1 % modulus, a, modulus)
        note(float(a) if abs(a) < 1 << 1000 else 0)
        note(a.bit_count())
print("checksum", checksum)

for n in (0, 1, 2, 20, 21, 25, 64, 170, 599, 600, 601, 1200):
    check("factorial", math.factorial(n) == math.prod(range(1, n + 1)), n)
print(math.factorial(30), math.perm(70, 30), math.comb(200, 100), math.comb(67, 33), math.perm(5, 6), math.comb(5, 0))

big = 1 << 70
print(big % (big << 9) is big, +big is big, abs(big) is big, (-big) % (3 * big), -big // (3 * big))
print(list(range(big, big + 3)), list(range(big, big - 5, -2)), len(range(big, big + 10**6)))
print("%d %x %X %o %+d|%30d|%-30d|%030d" % (big, big, -big, big, big, big, -big, big))
print(f"{big:,} {big:_x} {big:#b} {-big:40} {big:e} {big:^+40,}")
for call, *operands in [
    (operator.floordiv, big, 0), (operator.mod, big, 0), (divmod, big, 0), (operator.truediv, big, 0), (operator.lshift, big, -1),
    (operator.rshift, big, -big), (operator.lshift, 1, big), (pow, big, -1, 0), (pow, 6, -1, big), (math.isqrt, -big),
    (math.factorial, -1), (math.factorial, big), (int.to_bytes, big, 8), (int.to_bytes, -big, 20), (int.to_bytes, big, -1), (float, 10**400),
]:
    try:
        print(call(*operands))
    except (ArithmeticError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
