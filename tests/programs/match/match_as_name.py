# match, case and type as names.
for q in 'a': match = 6; match = 7
x = 5; match = 6; print(match)
x = 1; match(1, 2) if 0 else 3
x = 1; match: int = 5; print(match)
match = 3
match; case = 4
print(match, case)
_ = match, case
match (1):
    case 1: print('one'); match = 8
print(match); type = 5; print(type)
type X = int
class match: pass
match.x = 1
match[0] if 0 else 1
match -1
match * 3 if 0 else 1
