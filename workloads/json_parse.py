"""A JSON reader and writer written by hand, run over documents it makes itself.

Kind: string parsing
Origin: the grammar of RFC 8259; the json benchmarks of pyperformance and of the Are We Fast Yet suite (S. Marr et al., DLS 2016)
Stresses: indexing of strings by character, method calls, dicts of functions, recursion, exceptions for errors, building of nested lists and dicts
Test size: 6
"""

import sys

FULL_SIZE = 2_400


class ParseError(ValueError):
    def __init__(self, message, position):
        super().__init__(f"{message} at {position}")
        self.position = position


class Parser:
    ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
    WORDS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}

    def __init__(self, text):
        self.text = text + "\0"
        self.position = 0

    def parse(self):
        value = self.value()
        self.skip_space()
        if self.text[self.position] != "\0":
            raise ParseError("extra data", self.position)
        return value

    def skip_space(self):
        text, position = self.text, self.position
        while text[position] in " \t\r\n":
            position += 1
        self.position = position
        return text[position]

    def value(self):
        first = self.skip_space()
        if first == "{":
            return self.object()
        if first == "[":
            return self.array()
        if first == '"':
            return self.string()
        if first == "-" or first.isdigit():
            return self.number()
        if first in self.WORDS:
            word, value = self.WORDS[first]
            if self.text.startswith(word, self.position):
                self.position += len(word)
                return value
        raise ParseError(f"unexpected {first!r}", self.position)

    def object(self):
        result = {}
        self.position += 1
        if self.skip_space() == "}":
            self.position += 1
            return result
        while True:
            if self.skip_space() != '"':
                raise ParseError("a key was expected", self.position)
            key = self.string()
            if self.skip_space() != ":":
                raise ParseError("a colon was expected", self.position)
            self.position += 1
            result[key] = self.value()
            after = self.skip_space()
            self.position += 1
            if after == "}":
                return result
            if after != ",":
                raise ParseError("a comma was expected", self.position - 1)

    def array(self):
        result = []
        self.position += 1
        if self.skip_space() == "]":
            self.position += 1
            return result
        while True:
            result.append(self.value())
            after = self.skip_space()
            self.position += 1
            if after == "]":
                return result
            if after != ",":
                raise ParseError("a comma was expected", self.position - 1)

    def string(self):
        self.position += 1
        text = self.text
        result = ""
        while True:
            letter = text[self.position]
            self.position += 1
            if letter == '"':
                return result
            if letter == "\0":
                raise ParseError("unfinished string", self.position)
            if letter == "\\":
                letter = text[self.position]
                self.position += 1
                if letter == "u":
                    letter = chr(int(text[self.position:self.position + 4], 16))
                    self.position += 4
                else:
                    letter = self.ESCAPES[letter]
            result += letter

    def number(self):
        text, start = self.text, self.position
        position = start
        is_float = False
        if text[position] == "-":
            position += 1
        while text[position] in "0123456789+-.eE":
            if text[position] in ".eE":
                is_float = True
            position += 1
        self.position = position
        piece = text[start:position]
        return float(piece) if is_float else int(piece)


def write_string(value):
    out = '"'
    for letter in value:
        if letter == '"' or letter == "\\":
            out += "\\" + letter
        elif letter < " " or letter > "~":
            out += "\\u%04x" % ord(letter)
        else:
            out += letter
    return out + '"'


def write(value, out):
    match value:
        case None:
            out.append("null")
        case True:
            out.append("true")
        case False:
            out.append("false")
        case int() | float():
            out.append(repr(value))
        case str():
            out.append(write_string(value))
        case list():
            out.append("[")
            for i, item in enumerate(value):
                if i:
                    out.append(", ")
                write(item, out)
            out.append("]")
        case dict():
            out.append("{")
            separator = ""
            for key, item in value.items():
                out.append(separator + write_string(key) + ": ")
                write(item, out)
                separator = ",\n"
            out.append("}")
        case _:
            raise TypeError(type(value).__name__)


def document(i):
    return {
        "id": i,
        "name": f"item \"{i}\"\t\u00e9\u20ac",
        "price": i * 1.25 - 3.5e-3,
        "tags": ["red", "green", "b\\lue"][: i % 4],
        "flags": {"new": i % 2 == 0, "old": i % 3 == 0, "none": None},
        "matrix": [[(i * r + c) % 10 - 5 for c in range(4)] for r in range(3)],
        "empty": [{}, [], ""],
    }


BROKEN = ['{"a" 1}', "[1, 2", "{1: 2}", "[tru]", '"abc', "[1] 2", "", "[1 2]"]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    characters = checksum = 0
    text = ""
    for i in range(rounds):
        data = [document(i + k) for k in range(6)]
        pieces = []
        write(data, pieces)
        text = "".join(pieces)
        characters += len(text)
        back = Parser(text).parse()
        if back != data:
            raise AssertionError("round trip")
        for item in back:
            checksum = (checksum * 31 + item["id"] + len(item["name"]) + sum(map(sum, item["matrix"]))) % 1_000_003
    print("characters:", characters, "checksum:", checksum)
    for broken in BROKEN:
        try:
            print(Parser(broken).parse())
        except ParseError as error:
            print(f"{broken!r}: {error}")
    print(text[:60])


if __name__ == "__main__":
    main()
