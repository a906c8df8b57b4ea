"""Graphs as dicts of dicts: Dijkstra with a hand-written heap, breadth-first search, components, and an LRU cache.

Kind: dicts
Origin: E. W. Dijkstra, A note on two problems in connexion with graphs (1959); union-find after R. Tarjan (1975); LRU replacement (L. Belady, 1966)
Stresses: nested dict look-ups, tuple keys, tuple comparison, lists as heaps and queues, linked nodes, deletion from dicts
Test size: 8
"""

import sys

FULL_SIZE = 160


def grid(side):
    """A weighted grid; the weights come from a fixed formula."""
    edges = {}
    for x in range(side):
        for y in range(side):
            here = edges[x, y] = {}
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                if 0 <= x + dx < side and 0 <= y + dy < side:
                    here[x + dx, y + dy] = 1 + (x * 7 + y * 13 + dx * 3 + dy * 5) % 9
    return edges


def push(heap, item):
    heap.append(item)
    i = len(heap) - 1
    while i and heap[(i - 1) >> 1] > item:
        heap[i] = heap[(i - 1) >> 1]
        i = (i - 1) >> 1
    heap[i] = item


def pop(heap):
    last = heap.pop()
    if not heap:
        return last
    top = heap[0]
    size = len(heap)
    i = 0
    while (child := 2 * i + 1) < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if last <= heap[child]:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = last
    return top


def dijkstra(edges, start):
    distance = {start: 0}
    came_from = {}
    done = set()
    heap = [(0, start)]
    while heap:
        here_distance, here = pop(heap)
        if here in done:
            continue
        done.add(here)
        for there, weight in edges[here].items():
            candidate = here_distance + weight
            if there not in distance or candidate < distance[there]:
                distance[there] = candidate
                came_from[there] = here
                push(heap, (candidate, there))
    return distance, came_from


def path_length(came_from, goal):
    steps = 0
    while goal in came_from:
        goal = came_from[goal]
        steps += 1
    return steps


def breadth_first(edges, start):
    depth = {start: 0}
    frontier = [start]
    while frontier:
        following = []
        for here in frontier:
            for there in edges[here]:
                if there not in depth:
                    depth[there] = depth[here] + 1
                    following.append(there)
        frontier = following
    return max(depth.values())


def components(edges, keep):
    parent = {node: node for node in edges}

    def find(node):
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for here, neighbours in edges.items():
        for there, weight in neighbours.items():
            if weight <= keep:
                a, b = find(here), find(there)
                if a != b:
                    parent[a] = b
    return len({find(node) for node in edges})


class Entry:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self.after = self


class LRUCache:
    """A dict of entries threaded on a circular doubly linked list."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = {}
        self.root = Entry(None, None)
        self.hits = self.misses = 0

    def _unlink(self, entry):
        entry.before.after = entry.after
        entry.after.before = entry.before

    def _to_front(self, entry):
        root = self.root
        entry.before, entry.after = root, root.after
        root.after.before = entry
        root.after = entry

    def get(self, key, compute):
        entry = self.entries.get(key)
        if entry is not None:
            self.hits += 1
            self._unlink(entry)
            self._to_front(entry)
            return entry.value
        self.misses += 1
        if len(self.entries) >= self.capacity:
            oldest = self.root.before
            self._unlink(oldest)
            del self.entries[oldest.key]
        entry = self.entries[key] = Entry(key, compute(key))
        self._to_front(entry)
        return entry.value


def main():
    side = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    edges = grid(side)
    corner = (side - 1, side - 1)
    total = 0
    for start in ((0, 0), (side // 2, 0), corner):
        distance, came_from = dijkstra(edges, start)
        total += sum(distance.values())
        print("from", start, "to corner:", distance[corner], "steps:", path_length(came_from, corner))
    print("sum of distances:", total)
    print("eccentricity:", breadth_first(edges, (side // 3, side // 4)))
    print("components:", [components(edges, keep) for keep in (1, 3, 5)])
    cache = LRUCache(side * 3)
    state, total = 1, 0
    for _ in range(side * side * 20):
        state = state * 69069 + 1 & 0xFFFFFFFF
        key = (state >> 16) % (side * 2 if state >> 28 < 12 else side * 12)
        total += cache.get(key, lambda k: k * k % 97)
    print("cache:", cache.hits, cache.misses, total)


if __name__ == "__main__":
    main()
