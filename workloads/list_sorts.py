"""Sorting algorithms written by hand on lists of integers, floats, strings and tuples.

Kind: arrays
Origin: bubble sort and quicksort of the Stanford integer benchmarks (J. Hennessy and P. Nye, 1980s); quicksort after C. A. R. Hoare (1961), heapsort after J. W. J. Williams (1964), shellsort after D. L. Shell (1959)
Stresses: list subscripts and stores, swaps, comparisons of one type per call of the sort
Test size: 24
"""

import sys

FULL_SIZE = 2_100


def random_numbers(count, seed=74755):
    values = []
    for _ in range(count):
        seed = (seed * 1309 + 13849) & 65535
        values.append(seed)
    return values


def bubble(a):
    end = len(a) - 1
    while end > 0:
        last = 0
        for i in range(end):
            if a[i] > a[i + 1]:
                a[i], a[i + 1] = a[i + 1], a[i]
                last = i
        end = last


def insertion(a):
    for i in range(1, len(a)):
        item = a[i]
        j = i - 1
        while j >= 0 and a[j] > item:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = item


def quick(a, low=0, high=None):
    if high is None:
        high = len(a) - 1
    i, j = low, high
    pivot = a[(low + high) // 2]
    while i <= j:
        while a[i] < pivot:
            i += 1
        while pivot < a[j]:
            j -= 1
        if i <= j:
            a[i], a[j] = a[j], a[i]
            i += 1
            j -= 1
    if low < j:
        quick(a, low, j)
    if i < high:
        quick(a, i, high)


def heap(a):
    def sift(start, end):
        root = start
        while (child := 2 * root + 1) < end:
            if child + 1 < end and a[child] < a[child + 1]:
                child += 1
            if not a[root] < a[child]:
                return
            a[root], a[child] = a[child], a[root]
            root = child

    size = len(a)
    for start in range(size // 2 - 1, -1, -1):
        sift(start, size)
    for end in range(size - 1, 0, -1):
        a[0], a[end] = a[end], a[0]
        sift(0, end)


def shell(a):
    gap = len(a) // 2
    while gap:
        for i in range(gap, len(a)):
            item = a[i]
            j = i
            while j >= gap and a[j - gap] > item:
                a[j] = a[j - gap]
                j -= gap
            a[j] = item
        gap //= 2


def merge(a):
    if len(a) < 2:
        return
    middle = len(a) // 2
    left, right = a[:middle], a[middle:]
    merge(left)
    merge(right)
    i = j = 0
    for k in range(len(a)):
        if j == len(right) or (i < len(left) and left[i] <= right[j]):
            a[k] = left[i]
            i += 1
        else:
            a[k] = right[j]
            j += 1


def is_sorted(a):
    return all(a[i] <= a[i + 1] for i in range(len(a) - 1))


QUADRATIC = (bubble, insertion)
FAST = (quick, heap, shell, merge)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    numbers = random_numbers(size)
    for sort in QUADRATIC:
        a = numbers[:size]
        sort(a)
        print(f"{sort.__name__:10}", is_sorted(a), a[0], a[size // 2], a[-1])
    many = random_numbers(size * 4, seed=1234)
    kinds = {
        "int": many,
        "float": [n / 7 for n in many],
        "str": ["%05d" % n for n in many],
        "tuple": [(n % 16, n) for n in many],
    }
    for sort in FAST:
        for name, values in kinds.items():
            a = values[:]
            sort(a)
            print(f"{sort.__name__:10}", name, is_sorted(a), a[len(a) // 3])


if __name__ == "__main__":
    main()
