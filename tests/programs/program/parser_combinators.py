"""A small program: parsers built from closures."""
class Fail(Exception):
    pass


def char(predicate, name):
    def parse(s, i):
        if i < len(s) and predicate(s[i]):
            return s[i], i + 1
        raise Fail(f"expected {name} at {i}")
    return parse


def seq(*parsers):
    def parse(s, i):
        out = []
        for p in parsers:
            value, i = p(s, i)
            out.append(value)
        return out, i
    return parse


def alt(*parsers):
    def parse(s, i):
        errors = []
        for p in parsers:
            try:
                return p(s, i)
            except Fail as error:
                errors.append(str(error))
        raise Fail(" or ".join(dict.fromkeys(errors)))
    return parse


def many(p, at_least=0):
    def parse(s, i):
        out = []
        while True:
            try:
                value, i = p(s, i)
            except Fail:
                if len(out) < at_least:
                    raise
                return out, i
            out.append(value)
    return parse


def apply(p, f):
    def parse(s, i):
        value, i = p(s, i)
        return f(value), i
    return parse


def lazy(f):
    return lambda s, i: f()(s, i)


def token(c):
    return apply(seq(many(char(str.isspace, "space")), char(lambda x: x == c, repr(c))), lambda v: v[1])


number = apply(seq(many(char(str.isspace, "space")), many(char(str.isdigit, "digit"), 1)), lambda v: int("".join(v[1])))
atom = alt(number, apply(seq(token("("), lazy(lambda: expr), token(")")), lambda v: v[1]))


def left(p, ops):
    def fold(v):
        result = v[0]
        for op, x in v[1]:
            result = ops[op](result, x)
        return result
    return apply(seq(p, many(seq(alt(*map(token, ops)), p))), fold)


term = left(atom, {"*": lambda a, b: a * b, "/": lambda a, b: a // b})
expr = left(term, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})
for text in ("1 + 2 * 3", "(1+2)*3", "2 * (3 + 4) - 5 / 2", "10 - 3 - 2", "((7))", "1 +", "(1", "x"):
    try:
        value, end = expr(text, 0)
        print(text, "=", value, "" if end == len(text) else f"rest {text[end:]!r}")
    except Fail as error:
        print(text, "!", error)
