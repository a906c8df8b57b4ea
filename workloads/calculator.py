"""A calculator: tokeniser, precedence-climbing parser, tree evaluator and a small stack machine compiled from the tree.

Kind: string parsing
Origin: precedence climbing (M. Richards, BCPL, 1979; T. Norvell's description, 1999); the tree of classes is the Interpreter pattern (Gamma et al., 1994)
Stresses: generators as tokenisers, class hierarchies with polymorphic methods, dicts of lambdas, match statements, tuples as instructions
Test size: 14
"""

import sys

FULL_SIZE = 5_500

BINDING = {"||": 1, "&&": 2, "<": 3, "==": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, "^": 7}
RIGHT = {"^"}

OPERATE = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b if b else 0,
    "%": lambda a, b: a % b if b else 0,
    "^": lambda a, b: pow(a, b % 5, 1_000_003),
    "<": lambda a, b: int(a < b),
    "==": lambda a, b: int(a == b),
}


def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c == " ":
            i += 1
        elif c.isdigit():
            number = 0
            while i < len(text) and text[i].isdigit():
                number = number * 10 + ord(text[i]) - 48
                i += 1
            yield "number", number
        elif c.isalpha():
            start = i
            while i < len(text) and text[i].isalnum():
                i += 1
            yield "name", text[start:i]
        elif text[i:i + 2] in ("==", "&&", "||"):
            yield "operator", text[i:i + 2]
            i += 2
        elif c in "+-*/%^<()?:":
            yield "operator", c
            i += 1
        else:
            raise SyntaxError(f"bad character {c!r} at {i}")
    yield "end", None


class Number:
    def __init__(self, value):
        self.value = value

    def evaluate(self, names):
        return self.value

    def compile(self, code):
        code.append(("push", self.value))


class Name:
    def __init__(self, name):
        self.name = name

    def evaluate(self, names):
        return names[self.name]

    def compile(self, code):
        code.append(("load", self.name))


class Negate:
    def __init__(self, operand):
        self.operand = operand

    def evaluate(self, names):
        return -self.operand.evaluate(names)

    def compile(self, code):
        self.operand.compile(code)
        code.append(("negate", None))


class Binary:
    def __init__(self, operator, left, right):
        self.operator = operator
        self.left = left
        self.right = right
        self.function = OPERATE[operator]

    def evaluate(self, names):
        return self.function(self.left.evaluate(names), self.right.evaluate(names))

    def compile(self, code):
        self.left.compile(code)
        self.right.compile(code)
        code.append(("binary", self.operator))


class Logical:
    def __init__(self, operator, left, right):
        self.stops_on = operator == "||"
        self.left = left
        self.right = right

    def evaluate(self, names):
        left = self.left.evaluate(names)
        if bool(left) == self.stops_on:
            return left
        return self.right.evaluate(names)

    def compile(self, code):
        self.left.compile(code)
        at = len(code)
        code.append(None)
        self.right.compile(code)
        code[at] = ("or" if self.stops_on else "and", len(code))


class Conditional:
    def __init__(self, test, yes, no):
        self.test, self.yes, self.no = test, yes, no

    def evaluate(self, names):
        return (self.yes if self.test.evaluate(names) else self.no).evaluate(names)

    def compile(self, code):
        self.test.compile(code)
        test_at = len(code)
        code.append(None)
        self.yes.compile(code)
        jump_at = len(code)
        code.append(None)
        code[test_at] = ("unless", len(code))
        self.no.compile(code)
        code[jump_at] = ("jump", len(code))


class Parser:
    def __init__(self, text):
        self.source = tokens(text)
        self.kind, self.value = next(self.source)

    def advance(self):
        value = self.value
        self.kind, self.value = next(self.source)
        return value

    def expect(self, value):
        if self.value != value:
            raise SyntaxError(f"expected {value!r}, found {self.value!r}")
        self.advance()

    def parse(self):
        tree = self.expression(0)
        if self.kind != "end":
            raise SyntaxError(f"unexpected {self.value!r}")
        return tree

    def expression(self, minimum):
        left = self.atom()
        while self.kind == "operator" and (power := BINDING.get(self.value, -1)) >= minimum:
            operator = self.advance()
            right = self.expression(power if operator in RIGHT else power + 1)
            if operator in ("&&", "||"):
                left = Logical(operator, left, right)
            else:
                left = Binary(operator, left, right)
        if minimum == 0 and self.value == "?":
            self.advance()
            yes = self.expression(0)
            self.expect(":")
            left = Conditional(left, yes, self.expression(0))
        return left

    def atom(self):
        if self.kind == "number":
            return Number(self.advance())
        if self.kind == "name":
            return Name(self.advance())
        if self.value == "-":
            self.advance()
            return Negate(self.expression(6))
        if self.value == "(":
            self.advance()
            inner = self.expression(0)
            self.expect(")")
            return inner
        raise SyntaxError(f"unexpected {self.value!r}")


def execute(code, names):
    stack = []
    at = 0
    while at < len(code):
        match code[at]:
            case ("push", value):
                stack.append(value)
            case ("load", name):
                stack.append(names[name])
            case ("binary", operator):
                right = stack.pop()
                stack.append(OPERATE[operator](stack.pop(), right))
            case ("negate", _):
                stack.append(-stack.pop())
            case ("unless", target):
                if not stack.pop():
                    at = target
                    continue
            case ("jump", target):
                at = target
                continue
            case ("and", target):
                if not stack[-1]:
                    at = target
                    continue
                stack.pop()
            case ("or", target):
                if stack[-1]:
                    at = target
                    continue
                stack.pop()
        at += 1
    return stack.pop()


EXPRESSIONS = [
    "1 + 2 * 3 - x / (y - 3)",
    "x < y ? x * x - -y : (y + 1) * 17 % 5",
    "2 ^ 3 ^ 2 + (x && y || 12) - 1000",
    "((((x + 1) * 2 + y) * 3 + x) % 1009) ^ 2 == 4",
    "x % 3 == 0 && y % 5 < 3 || 7 * (x - y) * (x + y)",
    "x - y - 1 - 2 - 3 < 0 ? (y < 10 ? 1 : 2) : 3 + x",
]
BROKEN = ["1 +", "(1", "1 $ 2", "1 2", ") 1"]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    checksum = instructions = 0
    for i in range(rounds):
        names = {"x": i % 101, "y": i * 7 % 89}
        for text in EXPRESSIONS:
            tree = Parser(text).parse()
            by_tree = tree.evaluate(names)
            code = []
            tree.compile(code)
            instructions += len(code)
            if execute(code, names) != by_tree:
                raise AssertionError(text)
            checksum = (checksum * 17 + by_tree) % 1_000_003
    print("checksum:", checksum, "instructions:", instructions)
    for text in BROKEN:
        try:
            Parser(text).parse()
        except SyntaxError as error:
            print(f"{text!r}: {error}")


if __name__ == "__main__":
    main()
