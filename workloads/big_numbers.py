"""Number theory on integers of 100 to 400 bits: factorials, Miller-Rabin, RSA with hand-written powers, continued fractions.

Kind: big integers
Origin: R. Rivest, A. Shamir and L. Adleman (CACM 21(2), 1978); M. Rabin, Probabilistic algorithm for testing primality (1980); Lucas-Lehmer test (D. H. Lehmer, 1930)
Stresses: big-integer arithmetic of moderate size in Python loops, shifts and masks, negative floor division, int to str
Test size: 4
"""

import sys

FULL_SIZE = 300


def power(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def extended_gcd(a, b):
    x0, x1, y0, y1 = 1, 0, 0, 1
    while b:
        q, r = divmod(a, b)
        a, b = b, r
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return a, x0, y0


def probably_prime(n, bases=(2, 3, 5, 7, 11)):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23):
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    for base in bases:
        x = power(base, d, n)
        if x == 1 or x == n - 1:
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def next_prime(n):
    n |= 1
    while not probably_prime(n):
        n += 2
    return n


def lucas_lehmer(p):
    mersenne = (1 << p) - 1
    s = 4
    for _ in range(p - 2):
        s = s * s - 2
        while s >> p:
            s = (s & mersenne) + (s >> p)
        if s == mersenne:
            s = 0
    return s == 0


def factorial_modulo(n, modulus):
    result = 1
    for k in range(2, n + 1):
        result = result * k % modulus
    return result


def integer_root(n):
    if n == 0:
        return 0
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) >> 1
        if y >= x:
            return x
        x = y


def convergents(n, count):
    """Numerators and denominators of the continued fraction of the square root of n."""
    root = integer_root(n)
    m, d, a = 0, 1, root
    h0, h1, k0, k1 = 1, a, 0, 1
    for _ in range(count):
        m = d * a - m
        d = (n - m * m) // d
        a = (root + m) // d
        h0, h1 = h1, a * h1 + h0
        k0, k1 = k1, a * k1 + k0
    return h1, k1


def rsa_round(seed):
    p = next_prime((seed * 0x9E3779B97F4A7C15) % (1 << 80) | 1 << 79)
    q = next_prime((seed * 0xC2B2AE3D27D4EB4F) % (1 << 84) | 1 << 83)
    n, phi, e = p * q, (p - 1) * (q - 1), 65537
    g, d, _ = extended_gcd(e, phi)
    if g != 1:
        return 0
    message = (seed ** 9) % n
    cipher = power(message, e, n)
    if power(cipher, d % phi, n) != message:
        raise AssertionError("decryption")
    return cipher


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    checksum = 0
    for i in range(1, rounds + 1):
        checksum = (checksum * 31 + rsa_round(i + 1)) % (1 << 89) - (1 << 80)
    print("rsa checksum:", checksum)
    print("mersenne:", [p for p in range(3, 30 + rounds * 4, 2) if lucas_lehmer(p)])
    modulus = (1 << 127) - 1
    print("factorial:", factorial_modulo(2000 * rounds, modulus))
    h, k = convergents(61, rounds * 6)
    print("convergent digits:", len(str(h)), h % 10 ** 12, (h * h - 61 * k * k))
    print("floor:", -(10 ** 30 + rounds) // 7 ** 11, -(10 ** 30) % 7 ** 11, ~(1 << 70) >> 3)


if __name__ == "__main__":
    main()
