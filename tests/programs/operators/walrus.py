"""Assignment expressions."""
if (n := 10) > 5:
    print(n)
print((a := 1) + (b := a + 1), a, b)
while (n := n - 3) > 0:
    print(n, end=" ")
print()
print([m for w in ["a", "bbb"] if (m := len(w)) > 1], m)
f = lambda: (x := 5) + x
print(f(), "x" in globals())
print((c := (1, 2)), c, f"{(d := 3)}", d, {(k := "key"): (v := 1)}, k, v)


def g(value=(z := 4)):
    if (y := value) and (w := y * 2):
        return y, w
    return None


print(g(), z, g(0))
print([y := 1, y ** 2, y + 1])
print(any((hit := i) == 3 for i in range(5)), hit)


class C:
    attr = (inner := 7) + 1


print(C.inner, C.attr)
lst = [1, 2, 3]
lst[(i := 1)] = (j := 9)
print(lst, i, j)
