"""Edit distances and common subsequences by dynamic programming.

Kind: dynamic programming
Origin: V. Levenshtein (1966); R. Wagner and M. Fischer, The String-to-String Correction Problem (JACM 21(1), 1974); T. Smith and M. Waterman (1981)
Stresses: nested loops over strings, list of small integers, min of three by comparisons, two-dimensional tables
Test size: 38
"""

import sys

FULL_SIZE = 900


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            best = previous[j - 1] + (x != y)
            if previous[j] + 1 < best:
                best = previous[j] + 1
            if current[j - 1] + 1 < best:
                best = current[j - 1] + 1
            current.append(best)
        previous = current
    return previous[-1]


def common_subsequence(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + 1
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j])
    i, j = len(a), len(b)
    letters = []
    while i and j:
        if a[i - 1] == b[j - 1]:
            letters.append(a[i - 1])
            i -= 1
            j -= 1
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return "".join(reversed(letters))


def local_alignment(a, b, match=2, mismatch=-1, gap=-1):
    best = 0
    previous = [0] * (len(b) + 1)
    for x in a:
        current = [0]
        for j, y in enumerate(b):
            score = previous[j] + (match if x == y else mismatch)
            score = max(score, previous[j + 1] + gap, current[j] + gap, 0)
            current.append(score)
            if score > best:
                best = score
        previous = current
    return best


def sequence(length, seed):
    out = []
    for _ in range(length):
        seed = (seed * 3877 + 29573) % 139968
        out.append("ACGT"[seed * 4 // 139968])
    return "".join(out)


WORDS = ["kitten", "sitting", "saturday", "sunday", "rosettacode", "raisethysword", "", "interpreter"]


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    for a, b in zip(WORDS[::2], WORDS[1::2]):
        print(f"{a!r} {b!r} {distance(a, b)} {common_subsequence(a, b)!r}")
    a = sequence(size, 42)
    b = sequence(size + size // 3, 7)
    print("distance:", distance(a, b), distance(b, a[::-1]))
    common = common_subsequence(a, b)
    print("common:", len(common), common[:20])
    print("local:", local_alignment(a, b), local_alignment(a, a[::-1]))


if __name__ == "__main__":
    main()
