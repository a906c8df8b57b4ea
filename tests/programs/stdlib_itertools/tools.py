"""itertools."""
from itertools import accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile, filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest
print(list(islice(count(5, 2), 3)), list(islice(cycle("ab"), 5)), list(repeat(1, 2)), list(chain("a", [1])), list(chain.from_iterable(["ab", "c"])), list(accumulate([1, 2, 3])), list(accumulate([1, 2], initial=10)))
print(list(product("ab", repeat=2)), list(permutations("abc", 2)), list(combinations("abc", 2)), list(combinations_with_replacement("ab", 2)), list(compress("abc", [1, 0, 1])))
print(list(dropwhile(lambda x: x < 2, [1, 2, 1])), list(takewhile(lambda x: x < 2, [1, 2, 1])), list(filterfalse(None, [0, 1])), [(k, list(v)) for k, v in groupby("aab")], list(pairwise("abc")), list(starmap(pow, [(2, 3)])), [list(t) for t in tee("ab")], list(zip_longest("ab", "c", fillvalue="-")), list(batched("abcde", 2)))
