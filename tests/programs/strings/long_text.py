"""Indices, slices and searches in long texts whose characters take different numbers of bytes."""
state = 12345


def below(n):
    global state
    state = (state * 1103515245 + 12345) % (1 << 31)
    return (state >> 8) % n


ALPHABET = "abc \n\u00e9\u4e2d\U0001f600\ud800xyz"


class Text(str):
    pass


def built(parts, how):
    if how == "join":
        return "".join(parts)
    if how == "subclass":
        return Text("".join(parts))
    text = ""
    for part in parts:
        text += part
    # The newest text of a growing one, and an older one.
    if how == "prefix":
        longer = text + "tail"
        assert longer.endswith("tail") and longer[: len(text)] == text
    return text


def check(size, how):
    parts = [ALPHABET[below(len(ALPHABET))] for _ in range(size)]
    text = built(parts, how)
    assert len(text) == size and list(text) == parts
    for _ in range(80):
        i, j = below(size), below(size + 1)
        assert text[i] == parts[i] and text[i - size] == parts[i]
        low, high = min(i, j), max(i, j)
        assert list(text[low:high]) == parts[low:high]
        word = "".join(parts[low : low + 4])
        if word:
            assert text.find(word, low) == low == text.index(word, low)
            assert text.startswith(word, low)
            found = text.rfind(word)
            assert found >= low and parts[found : found + len(word)] == list(word)
            assert text.count(word, low) >= 1
    assert list(text[::-1]) == parts[::-1]
    assert list(text[5::7]) == parts[5::7]
    return sum(i * ord(c) for i, c in enumerate(text)) % 1000003


for how in "join", "subclass", "append", "prefix":
    print(how, [check(size, how) for size in (1, 60, 127, 255, 256, 257, 300, 1000, 4000)])

text = "\u00e9" * 200000
at = total = 0
while True:
    at = text.find("\u00e9\u00e9", at)
    if at < 0:
        break
    total += ord(text[at]) + len(text[at : at + 3]) + text.startswith("\u00e9", at)
    at += 7
print(total)
