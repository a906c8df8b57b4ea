"""The Mersenne Twister gives exactly CPython's numbers."""
import random
r = random.Random(42)
print(r.random(), r.randint(1, 100), r.choice("abcdef"), r.sample(range(100), 4), r.uniform(1, 2), r.gauss(0, 1), r.getrandbits(70), r.randrange(0, 1000, 7), r.shuffle(l := list(range(8))), l, r.choices([1, 2, 3], [1, 1, 5], k=4), r.expovariate(1), r.triangular())
print(random.Random("text").random(), random.Random(2 ** 100).random(), random.Random(-5).random(), random.Random(1.5).random(), random.Random(b"bytes").random())
