"""Sets of integers, tuples and frozensets: reachability, subset construction, set algebra, graph colouring.

Kind: sets
Origin: the subset construction of M. Rabin and D. Scott (1959); greedy colouring after D. Welsh and M. Powell (1967)
Stresses: membership, add and discard in loops, set comprehensions and operators, frozensets as dict keys
Test size: 16
"""

import sys

FULL_SIZE = 3_000


def subset_construction(transitions, start, accept):
    """Turns a nondeterministic automaton into a deterministic one."""
    first = frozenset([start])
    numbers = {first: 0}
    todo = [first]
    arrows = 0
    accepting = 0
    while todo:
        states = todo.pop()
        if accept in states:
            accepting += 1
        for symbol in "ab":
            following = frozenset(t for s in states for t in transitions.get((s, symbol), ()))
            arrows += 1
            if following not in numbers:
                numbers[following] = len(numbers)
                todo.append(following)
    return len(numbers), arrows, accepting


def nth_from_end(n):
    """An automaton for words whose n-th letter from the end is an 'a'."""
    transitions = {(0, "a"): {0, 1}, (0, "b"): {0}}
    for i in range(1, n):
        transitions[i, "a"] = {i + 1}
        transitions[i, "b"] = {i + 1}
    return transitions


def reachable(start, limit):
    seen = {start}
    frontier = {start}
    steps = 0
    while frontier:
        following = set()
        for n in frontier:
            for m in (n * 2 % limit, (n + 7) % limit, n // 3):
                if m not in seen:
                    seen.add(m)
                    following.add(m)
        frontier = following
        steps += 1
    return len(seen), steps


def colour(size):
    neighbours = {n: set() for n in range(size)}
    for n in range(size):
        for m in (n * n + 1, n + 1, n * 3, n // 2):
            m %= size
            if m != n:
                neighbours[n].add(m)
                neighbours[m].add(n)
    colours = {}
    for n in sorted(neighbours, key=lambda n: (-len(neighbours[n]), n)):
        used = {colours[m] for m in neighbours[n] if m in colours}
        c = 0
        while c in used:
            c += 1
        colours[n] = c
    for n, others in neighbours.items():
        for m in others:
            if colours[n] == colours[m]:
                raise AssertionError((n, m))
    return max(colours.values()) + 1, sum(colours.values())


def algebra(rounds):
    evens = {n for n in range(0, 120, 2)}
    threes = {n for n in range(0, 120, 3)}
    total = 0
    for i in range(rounds):
        window = {(i + k * k) % 120 for k in range(12)}
        total += len(window & evens) - len(window & threes)
        total += len((window | {i % 120}) ^ threes) % 7
        if window <= evens or not window.isdisjoint({5, 50}):
            total += 1
        window.discard(i % 120)
        window -= evens
        for n in range(0, 120, 9):
            if n in window:
                total += n
    return total


def distinct_sums(count):
    """Pairs whose sum was not seen before."""
    seen = set()
    fresh = 0
    for a in range(count):
        for b in range(a, count, 5):
            key = (a + b, a * b % 100)
            if key not in seen:
                seen.add(key)
                fresh += 1
    return fresh


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    bits = 2
    while 1 << bits < size * 6:
        bits += 1
    print("automaton:", *subset_construction(nth_from_end(bits - 1), 0, bits - 1))
    print("reachable:", *reachable(1, size * 60))
    print("colours:", *colour(size * 12))
    print("algebra:", algebra(size * 40))
    print("sums:", distinct_sums(size))


if __name__ == "__main__":
    main()
