"""match, case, type and _ as ordinary names."""
match = [1, 2]
case = {"a": 1}
type_ = type
match[0] = 5
print(match, case["a"], match [1], match
      )
def type(x): return f"type({x})"
print(type(1), type (2))
match (3)if False else None
def match(x): return x * 2
print(match(3), match (4), match(-1), match((5)))
match -1:
    case -1:
        print("matched minus one")
match [1]:
    case [case]:
        print(case)
match {"k": 1}:
    case {"k": match}:
        print(match)
class match: case = 1
print(match.case)
_ = 5
match 3:
    case _:
        print(_)
type X = int
print(X)
type = 5
type += 1
print(type)
match = lambda: 7
print(match())
match, case = 1, 2
print(match, case, [match for match in range(2)], f"{match=}")
