"""Linked structures that refer back to themselves: rings, doubly linked lists, parent pointers, closures over themselves.

Kind: allocation and garbage
Origin: the gc_collect and gc_traversal benchmarks of pyperformance; the Josephus problem (1st century; D. Knuth, TAOCP 1)
Stresses: cyclic garbage that reference counting alone cannot free, attribute stores of object references, moderate live heap
Test size: 6
"""

import sys

FULL_SIZE = 2_800


class Link:
    def __init__(self, value):
        self.value = value
        self.next = self
        self.back = self

    def insert_after(self, value):
        link = Link(value)
        link.next, link.back = self.next, self
        self.next.back = link
        self.next = link
        return link

    def unlink(self):
        self.back.next = self.next
        self.next.back = self.back
        return self.next


def ring(count):
    head = last = Link(0)
    for value in range(1, count):
        last = last.insert_after(value)
    return head


def josephus(count, step):
    """Every step-th person leaves; returns the last one."""
    here = ring(count)
    while here.next is not here:
        for _ in range(step - 1):
            here = here.next
        here = here.unlink()
    return here.value


class Person:
    """A family tree whose members know parents and children."""

    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)

    def depth(self):
        steps = 0
        person = self
        while person.parent is not None:
            person = person.parent
            steps += 1
        return steps


def family(width, generations):
    root = Person("root")
    level = [root]
    everyone = 1
    for generation in range(generations):
        level = [Person((generation, i), parent) for parent in level for i in range(width)]
        everyone += len(level)
    return everyone, sum(person.depth() for person in level)


def self_referring(n):
    items = []

    def total():
        return len(items) + (total is items[0])

    items.append(total)
    for i in range(n):
        items.append([items, i])
    return total()


class Observer:
    def __init__(self, subject):
        self.subject = subject
        self.heard = 0
        subject.observers.append(self.notice)

    def notice(self, amount):
        self.heard += amount


class Subject:
    def __init__(self):
        self.observers = []

    def tell(self, amount):
        for observer in self.observers:
            observer(amount)


def observed(count):
    subject = Subject()
    crowd = [Observer(subject) for _ in range(count)]
    for amount in range(count):
        subject.tell(amount)
    return sum(o.heard for o in crowd)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    keep = []
    checksum = 0
    for i in range(rounds):
        survivor = josephus(60 + i % 41, 3 + i % 4)
        people, depths = family(3, 5)
        checksum = (checksum * 31 + survivor + people + depths) % 1_000_003
        checksum += self_referring(i % 20) + observed(i % 25)
        keep.append(ring(20))
        if len(keep) > 50:
            del keep[0]
    print("josephus 41, 3:", josephus(41, 3))
    print("kept:", len(keep), sum(head.back.value for head in keep))
    print("checksum:", checksum)


if __name__ == "__main__":
    main()
