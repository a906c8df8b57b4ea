"""Strings built piece by piece: a pretty-printer, run-length coding, Caesar cipher, roman numerals, a text table.

Kind: strings
Origin: the string tests of pybench (M.-A. Lemburg, 1997-2006) and common exercises, as one program
Stresses: concatenation in a loop, indexing and slicing of strings, ord and chr, f-strings with format specifications, %-formatting, str methods
Test size: 27
"""

import sys

FULL_SIZE = 9_500

ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
         (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def roman(n):
    text = ""
    for value, numeral in ROMAN:
        while n >= value:
            text += numeral
            n -= value
    return text


def from_roman(text):
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = previous = 0
    for letter in reversed(text):
        value = values[letter]
        total += -value if value < previous else value
        previous = max(previous, value)
    return total


def run_length(text):
    pieces = []
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        pieces.append(f"{j - i}{text[i]}")
        i = j
    return "".join(pieces)


def caesar(text, shift):
    result = ""
    for letter in text:
        if "a" <= letter <= "z":
            result += chr((ord(letter) - 97 + shift) % 26 + 97)
        elif "A" <= letter <= "Z":
            result += chr((ord(letter) - 65 + shift) % 26 + 65)
        else:
            result += letter
    return result


def number_words(n):
    ones = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen").split()
    tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20:
        return ones[n]
    if n < 100:
        return tens[n // 10] + ("-" + ones[n % 10] if n % 10 else "")
    rest = n % 100
    return ones[n // 100] + " hundred" + (" and " + number_words(rest) if rest else "")


def wrap(words, width):
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    if line:
        lines.append(line)
    return lines


def digest(text, state=5381):
    for letter in text:
        state = (state * 33 ^ ord(letter)) & 0xFFFFFFFF
    return state


def table(rows):
    out = []
    for number, name, ratio in rows:
        out.append(f"|{number:>6d}|{name:<24.24}|{ratio:^10.3f}|{number:08b}|")
        out.append("|%-6x|%24s|%+10.2e|" % (number, name, ratio))
    return "\n".join(out)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    state = 5381
    text = ""
    for i in range(1, rounds + 1):
        n = i * 37 % 999 + 1
        numeral = roman(n)
        if from_roman(numeral) != n:
            raise AssertionError(numeral)
        words = number_words(n)
        text = caesar(words.capitalize() + ", " + words[::-1].title() + ".", i % 25)
        state = digest(text, state)
        state = digest(run_length(numeral * 2 + "aaa" * (i % 4)), state)
        lines = wrap((words + " " + text.lower()).split(), 24)
        state = digest(table([(i, line, i / (k + 1)) for k, line in enumerate(lines)]), state)
    print("last:", text)
    print("digest:", f"{state:#010x}")


if __name__ == "__main__":
    main()
