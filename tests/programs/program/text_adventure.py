"""A small program: a state machine driven by a script of commands."""
class Room:
    def __init__(self, name, **exits):
        self.name, self.exits, self.items = name, exits, set()


class Game:
    def __init__(self):
        self.rooms = {"hall": Room("hall", north="library", east="kitchen"), "library": Room("library", south="hall"), "kitchen": Room("kitchen", west="hall")}
        self.rooms["library"].items |= {"lamp", "book"}
        self.here, self.bag, self.turns = self.rooms["hall"], [], 0

    def do(self, line):
        self.turns += 1
        match line.lower().split():
            case ["go", direction] if direction in self.here.exits:
                self.here = self.rooms[self.here.exits[direction]]
                return f"You are in the {self.here.name}."
            case ["go", direction]:
                return f"No way {direction}."
            case ["take", *names] if names:
                taken = [n for n in names if n in self.here.items and not self.here.items.discard(n)]
                self.bag += taken
                return "Taken: " + (", ".join(taken) or "nothing")
            case ["look" | "l"]:
                return f"{self.here.name}: {sorted(self.here.items) or 'empty'}; exits {'/'.join(self.here.exits)}"
            case ["drop", name]:
                try:
                    self.bag.remove(name)
                except ValueError:
                    return f"No {name}."
                self.here.items.add(name)
                return f"Dropped {name}."
            case ["bag"]:
                return " ".join(f"{i}:{n}" for i, n in enumerate(self.bag, 1)) or "(none)"
            case []:
                self.turns -= 1
                return "?"
            case [verb, *_]:
                return f"I cannot {verb!r}."


game = Game()
for line in ["look", "go north", "LOOK", "take lamp sword book", "bag", "go up", "go south", "drop book", "drop book", "dance wildly", "", "go east", "l", "bag"]:
    print(f"> {line:<22}{game.do(line)}")
print(game.turns)
