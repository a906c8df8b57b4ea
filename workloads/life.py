"""Conway's game of life, as a set of living cells and as a grid of rows.

Kind: simulation
Origin: J. H. Conway's game (M. Gardner, Scientific American, October 1970); the Gosper gun (W. Gosper, 1970)
Stresses: dict counting with tuple keys, nested list indexing, modulo arithmetic, methods and comprehension
Test size: 2
"""

import sys

FULL_SIZE = 900

GUN = [
    "........................#...........",
    "......................#.#...........",
    "............##......##............##",
    "...........#...#....##............##",
    "##........#.....#...##..............",
    "##........#...#.##....#.#...........",
    "..........#.....#.......#...........",
    "...........#...#....................",
    "............##......................",
]


class SparseLife:
    def __init__(self, cells):
        self.cells = set(cells)

    def step(self):
        counts = {}
        for x, y in self.cells:
            for nx in (x - 1, x, x + 1):
                for ny in (y - 1, y, y + 1):
                    if nx != x or ny != y:
                        counts[nx, ny] = counts.get((nx, ny), 0) + 1
        alive = self.cells
        self.cells = {cell for cell, count in counts.items() if count == 3 or count == 2 and cell in alive}

    def __len__(self):
        return len(self.cells)


class DenseLife:
    """A torus."""

    def __init__(self, width, height, cells):
        self.width = width
        self.height = height
        self.rows = [[0] * width for _ in range(height)]
        for x, y in cells:
            self.rows[y % height][x % width] = 1

    def neighbours(self, x, y):
        left, right = x - 1, (x + 1) % self.width
        above, here, below = self.rows[y - 1], self.rows[y], self.rows[(y + 1) % self.height]
        return (above[left] + above[x] + above[right] + here[left] + here[right]
                + below[left] + below[x] + below[right])

    def step(self):
        following = []
        for y in range(self.height):
            row = []
            for x in range(self.width):
                count = self.neighbours(x, y)
                row.append(1 if count == 3 or (count == 2 and self.rows[y][x]) else 0)
            following.append(row)
        self.rows = following

    def __len__(self):
        return sum(sum(row) for row in self.rows)


def parse(lines):
    return [(x, y) for y, line in enumerate(lines) for x, c in enumerate(line) if c == "#"]


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    sparse = SparseLife(parse(GUN))
    history = 0
    for _ in range(steps * 2):
        sparse.step()
        history = (history * 31 + len(sparse)) % 1_000_003
    print("sparse:", len(sparse), "history:", history)
    left, top = min(x for x, _ in sparse.cells), min(y for _, y in sparse.cells)
    print("corner:", left, top)
    dense = DenseLife(48, 20, parse(GUN))
    for _ in range(steps):
        dense.step()
    print("dense:", len(dense))
    for row in dense.rows[::4]:
        print("".join(".#"[cell] for cell in row))


if __name__ == "__main__":
    main()
