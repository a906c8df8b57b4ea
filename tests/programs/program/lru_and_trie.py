"""A small program: an LRU cache over a dict, and a trie with prefix search."""
class LRU:
    def __init__(self, size):
        self.size, self.data = size, {}

    def __getitem__(self, key):
        value = self.data.pop(key)
        self.data[key] = value
        return value

    def __setitem__(self, key, value):
        self.data.pop(key, None)
        self.data[key] = value
        while len(self.data) > self.size:
            del self.data[next(iter(self.data))]

    def __contains__(self, key):
        return key in self.data


class Trie:
    def __init__(self):
        self.children, self.end = {}, False

    def add(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end = True
        return self

    def __contains__(self, word):
        node = self.find(word)
        return node is not None and node.end

    def find(self, prefix):
        node = self
        for c in prefix:
            if (node := node.children.get(c)) is None:
                return None
        return node

    def words(self, prefix=""):
        if self.end:
            yield prefix
        for c, child in sorted(self.children.items()):
            yield from child.words(prefix + c)

    def complete(self, prefix):
        node = self.find(prefix)
        return list(node.words(prefix)) if node else []

    def __len__(self):
        return self.end + sum(map(len, self.children.values()))


cache = LRU(3)
for k in "abcad":
    if k in cache:
        cache[k]
    else:
        cache[k] = k.upper()
print(cache.data, "b" in cache, "a" in cache)
try:
    cache["zz"]
except KeyError as error:
    print("KeyError", error)
t = Trie()
for w in "car card care cat dog do done".split():
    t.add(w)
print(t.complete("car"), t.complete("do"), t.complete("x"), len(t), "card" in t, "ca" in t, list(t.words())[:3])
