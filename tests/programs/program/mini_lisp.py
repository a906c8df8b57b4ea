"""A small program: a Lisp reader and evaluator with closures and tail loops."""
import sys


class Symbol(str):
    def __repr__(self):
        return str(self)


class LispError(Exception):
    pass


def read(text):
    tokens = text.replace("(", " ( ").replace(")", " ) ").split()

    def parse(i):
        token = tokens[i]
        if token == "(":
            items = []
            i += 1
            while True:
                if i >= len(tokens):
                    raise LispError("unexpected end")
                if tokens[i] == ")":
                    return items, i + 1
                item, i = parse(i)
                items.append(item)
        if token == ")":
            raise LispError("unexpected )")
        try:
            return int(token), i + 1
        except ValueError:
            return Symbol(token), i + 1

    result, end = parse(0)
    if end != len(tokens):
        raise LispError(f"left over: {tokens[end]}")
    return result


class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values, strict=True))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.outer
        raise LispError(f"unbound {name}")


def evaluate(x, env):
    while True:
        match x:
            case Symbol():
                return env.find(x)[x]
            case int():
                return x
            case [Symbol("quote"), value]:
                return value
            case [Symbol("if"), test, yes, no]:
                x = yes if evaluate(test, env) else no
            case [Symbol("define"), Symbol() as name, value]:
                env[name] = evaluate(value, env)
                return name
            case [Symbol("lambda"), params, body]:
                return lambda *args, params=params, body=body, env=env: evaluate(body, Env(params, args, env))
            case [Symbol("begin"), *rest, last]:
                for item in rest:
                    evaluate(item, env)
                x = last
            case [function, *args]:
                f = evaluate(function, env)
                if not callable(f):
                    raise LispError(f"not a function: {f!r}")
                return f(*[evaluate(a, env) for a in args])
            case _:
                raise LispError(f"cannot evaluate {x!r}")


top = Env()
top.update({"+": lambda *a: sum(a), "-": lambda a, b=None: -a if b is None else a - b, "*": lambda a, b: a * b, "<": lambda a, b: a < b, "=": lambda a, b: a == b,
            "car": lambda l: l[0], "cdr": lambda l: l[1:], "cons": lambda a, l: [a, *l], "list": lambda *a: [*a], "null?": lambda l: l == []})
for line in ["(+ 1 2 3)", "(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))", "(fact 20)", "(define map (lambda (f l) (if (null? l) (quote ()) (cons (f (car l)) (map f (cdr l))))))",
             "(map (lambda (x) (* x x)) (list 1 2 3))", "(define make (lambda (n) (lambda (m) (+ n m))))", "((make 3) 4)", "(begin (define y 5) (+ y 1))", "(quote (a (b 1)))", "(undefined 1)", "(1 2)", "(+ 1", ")", "(if 1)", "((lambda (a b) a) 1)", "1 2"]:
    try:
        print(line, "=>", evaluate(read(line), top))
    except (LispError, TypeError, ValueError) as error:
        print(line, "!!", type(error).__name__, str(error).replace("zip() ", ""))
