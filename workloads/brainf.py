"""An interpreter for an eight-instruction language, plain and with folded instructions.

Kind: interpreter
Origin: U. Mueller's language (1993); interpreters of it are a usual benchmark of dynamic-language compilers (for instance in C. F. Bolz et al., Tracing the Meta-Level, ICOOOLPS 2009)
Stresses: a dispatch loop with a long if/elif chain, string and list indexing, a dict of jump targets, bytearray cells
Test size: 1
"""

import sys

FULL_SIZE = 200

# Sixty-five, the newline and a counter of letters; then each letter, each after a thrice nested loop that counts to 125.
ALPHABET = (
    "++++++++[>++++++++<-]>+"
    ">>++++++++++<++++++++++++++++++++++++++"
    "[<.+>  >>+++++[>+++++[>+++++<-]<-] >>[-]<<  <<-]>."
)


def print_program(text):
    """A program that prints `text`, one character at a time, by products and a remainder."""
    code = ""
    for letter in text:
        tens, ones = divmod(ord(letter), 10)
        code += "+" * tens + "[>++++++++++<-]>" + "+" * ones + ".[-]<"
    return code


HELLO = print_program("Hello, World!\n")


def match_brackets(code):
    targets, stack = {}, []
    for i, c in enumerate(code):
        if c == "[":
            stack.append(i)
        elif c == "]":
            j = stack.pop()
            targets[i], targets[j] = j, i
    return targets


def run(code):
    targets = match_brackets(code)
    cells = [0] * 300
    at = pointer = steps = 0
    output = []
    while at < len(code):
        c = code[at]
        if c == ">":
            pointer += 1
        elif c == "<":
            pointer -= 1
        elif c == "+":
            cells[pointer] = (cells[pointer] + 1) & 255
        elif c == "-":
            cells[pointer] = (cells[pointer] - 1) & 255
        elif c == "[":
            if not cells[pointer]:
                at = targets[at]
        elif c == "]":
            if cells[pointer]:
                at = targets[at]
        elif c == ".":
            output.append(chr(cells[pointer]))
        at += 1
        steps += 1
    return "".join(output), steps


MOVE, ADD, CLEAR, OPEN, CLOSE, PRINT = range(6)


def fold(code):
    """Runs of moves and additions become one instruction; so does the idiom for clearing a cell."""
    program, stack = [], []
    i = 0
    while i < len(code):
        c = code[i]
        if code[i:i + 3] == "[-]":
            program.append([CLEAR, 0])
            i += 3
            continue
        if c in "<>+-":
            kind = MOVE if c in "<>" else ADD
            amount = 1 if c in ">+" else -1
            if program and program[-1][0] == kind:
                program[-1][1] += amount
            else:
                program.append([kind, amount])
        elif c == "[":
            stack.append(len(program))
            program.append([OPEN, None])
        elif c == "]":
            start = stack.pop()
            program[start][1] = len(program)
            program.append([CLOSE, start])
        elif c == ".":
            program.append([PRINT, 0])
        i += 1
    return [tuple(pair) for pair in program]


def run_folded(program):
    cells = bytearray(300)
    at = pointer = steps = 0
    size = len(program)
    output = ""
    while at < size:
        operation, value = program[at]
        if operation == ADD:
            cells[pointer] = (cells[pointer] + value) % 256
        elif operation == MOVE:
            pointer += value
        elif operation == CLOSE:
            if cells[pointer] != 0:
                at = value
        elif operation == OPEN:
            if cells[pointer] == 0:
                at = value
        elif operation == CLEAR:
            cells[pointer] = 0
        else:
            output += chr(cells[pointer])
        at += 1
        steps += 1
    return output, steps


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    total = 0
    for _ in range(rounds * 4):
        text, steps = run(HELLO)
        total += steps
    print(text, end="")
    program = fold(HELLO)
    for _ in range(rounds * 12):
        text, steps = run_folded(program)
        total += steps
    print(text, end="")
    folded = fold(ALPHABET)
    for _ in range(rounds):
        plain, steps = run(ALPHABET)
        again, fewer = run_folded(folded)
        total += steps + fewer
    print(plain, end="")
    print("agree:", plain == again, "folded:", len(ALPHABET), "to", len(folded))
    print("steps:", total)


if __name__ == "__main__":
    main()
