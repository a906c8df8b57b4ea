"""Recursion that succeeds: depth 900, nested data structures, memoised functions."""
def total(items):
    if not items:
        return 0
    first, *rest = items
    return (total(first) if isinstance(first, list) else first) + total(rest)


print(total([1, [2, [3, 4], 5], [[6]]]))


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


print(count(900))


def flatten(x):
    return [z for y in x for z in (flatten(y) if isinstance(y, (list, tuple)) else [y])]


print(flatten([1, (2, [3, (4,)]), []]))


def power_set(s):
    if not s:
        return [[]]
    rest = power_set(s[1:])
    return rest + [[s[0], *r] for r in rest]


print(power_set([1, 2, 3]))
memo = {}


def f(n):
    if n not in memo:
        memo[n] = n if n < 2 else f(n - 1) + f(n - 2)
    return memo[n]


print(f(300))


def permute(s):
    return [s] if len(s) < 2 else [c + p for i, c in enumerate(s) for p in permute(s[:i] + s[i + 1:])]


print(permute("abc"), (lambda g: g(g, 5))(lambda g, n: 1 if n == 0 else n * g(g, n - 1)))
