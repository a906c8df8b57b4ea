"""Word statistics of generated text: counts, bigrams, an index, anagram classes and a Markov chain.

Kind: dicts
Origin: the word-frequency task of J. Bentley's Programming Pearls column (CACM 29(6), 1986, with D. Knuth and M. D. McIlroy); k-nucleotide of the Computer Language Benchmarks Game
Stresses: dict look-up, insertion and update with string and tuple keys, setdefault and get, iteration over items, deletion
Test size: 1300
"""

import sys

FULL_SIZE = 220_000

SYLLABLES = ["ba", "ko", "ri", "ta", "mu", "ne", "lo", "shi", "ga", "we", "po", "du"]


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % limit


def make_words(count, random):
    words = []
    for _ in range(count):
        length = 1 + random.below(3)
        word = ""
        for _ in range(length):
            # The smaller of two draws makes some syllables common.
            word += SYLLABLES[min(random.below(12), random.below(12))]
        words.append(word)
    return words


def count_words(words):
    counts = {}
    for word in words:
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return counts


def count_pairs(words):
    pairs = {}
    previous = None
    for word in words:
        if previous is not None:
            key = (previous, word)
            pairs[key] = pairs.get(key, 0) + 1
        previous = word
    return pairs


def index_positions(words):
    index = {}
    for position, word in enumerate(words):
        index.setdefault(word[0], {}).setdefault(word, []).append(position)
    return index


def letter_classes(counts):
    classes = {}
    for word in counts:
        letters = {}
        for letter in word:
            letters[letter] = letters.get(letter, 0) + 1
        key = "".join(f"{letter}{letters[letter]}" for letter in sorted(letters))
        classes.setdefault(key, []).append(word)
    return classes


def babble(pairs, start, length, random):
    following = {}
    for (first, second), count in pairs.items():
        following.setdefault(first, []).append((second, count))
    word = start
    checksum = 0
    for _ in range(length):
        choices = following.get(word)
        if choices is None:
            word = start
            continue
        target = random.below(sum(count for _, count in choices))
        for second, count in choices:
            target -= count
            if target < 0:
                word = second
                break
        checksum = (checksum * 31 + len(word)) % 999_983
    return word, checksum


def prune(counts, limit):
    rare = [word for word, count in counts.items() if count < limit]
    for word in rare:
        del counts[word]
    return len(rare)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    random = Random(42)
    words = make_words(size, random)
    counts = count_words(words)
    pairs = count_pairs(words)
    index = index_positions(words)
    classes = letter_classes(counts)
    print("words:", len(words), "distinct:", len(counts), "pairs:", len(pairs))
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6]
    for word, count in top:
        print(f"{word:>10} {count}")
    longest = max(classes.values(), key=lambda group: (len(group), group))
    print("classes:", len(classes), "largest:", *sorted(longest)[:4])
    for letter in sorted(index):
        positions = index[letter]
        print(letter, len(positions), sum(len(p) for p in positions.values()), end="; ")
    print()
    print("babble:", *babble(pairs, top[0][0], max(10, size // 40), random))
    print("pruned:", prune(counts, 3), "left:", len(counts))


if __name__ == "__main__":
    main()
