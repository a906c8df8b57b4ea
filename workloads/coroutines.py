"""Coroutines driven by a hand-written event loop: producers, consumers, locks and timers in simulated time.

Kind: generators
Origin: the coroutines and async_generators benchmarks of pyperformance; the trampolined scheduler of PEP 342 (G. van Rossum and P. Eby, 2005)
Stresses: async def, await chains, __await__, async for and async with, SEND and its specialisations, a heap of timers
Test size: 11
"""

import sys

FULL_SIZE = 6_000


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks

    def __await__(self):
        woken_at = yield self
        return woken_at


class Loop:
    """Runs coroutines in the order of their wake-up times, then of their age."""

    def __init__(self):
        self.now = 0
        self.serial = 0
        self.waiting = []
        self.switches = 0

    def spawn(self, coroutine):
        self.schedule(self.now, coroutine)

    def schedule(self, when, coroutine):
        self.serial += 1
        entry = (when, self.serial, coroutine)
        waiting = self.waiting
        waiting.append(entry)
        i = len(waiting) - 1
        while i and waiting[i - 1] < entry:
            waiting[i] = waiting[i - 1]
            i -= 1
        waiting[i] = entry

    def run(self):
        while self.waiting:
            self.now, _, coroutine = self.waiting.pop()
            self.switches += 1
            try:
                request = coroutine.send(self.now if self.switches > 1 and coroutine.cr_await is not None else None)
            except StopIteration:
                continue
            self.schedule(self.now + request.ticks, coroutine)


class Lock:
    def __init__(self):
        self.held = False
        self.contended = 0

    async def __aenter__(self):
        while self.held:
            self.contended += 1
            await Sleep(1)
        self.held = True
        return self

    async def __aexit__(self, *error):
        self.held = False
        return False


class Queue:
    def __init__(self, capacity):
        self.items = []
        self.capacity = capacity
        self.closed = False

    async def put(self, item):
        while len(self.items) >= self.capacity:
            await Sleep(2)
        self.items.append(item)

    def __aiter__(self):
        return self

    async def __anext__(self):
        while not self.items:
            if self.closed:
                raise StopAsyncIteration
            await Sleep(3)
        return self.items.pop(0)


async def nested(depth, n):
    if depth:
        return await nested(depth - 1, n) + 1
    await Sleep(n % 3)
    return n


async def numbers(limit):
    for n in range(limit):
        if n % 4 == 0:
            await Sleep(1)
        yield n


async def producer(queue, lock, name, limit):
    async for n in numbers(limit):
        async with lock:
            await queue.put((name, n))
    await Sleep(1)


async def consumer(queue, results):
    async for name, n in queue:
        results[name] = results.get(name, 0) + await nested(n % 5, n)


async def supervisor(loop, limit, results):
    queue, lock = Queue(4), Lock()
    for name in "ab":
        loop.spawn(producer(queue, lock, name, limit))
    for _ in range(3):
        loop.spawn(consumer(queue, results))
    await Sleep(limit * 20)
    queue.closed = True
    squares = [n * n async for n in numbers(limit) if n % 2]
    results["squares"] = results.get("squares", 0) + sum(squares)
    results["contended"] = results.get("contended", 0) + lock.contended


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    results = {}
    loop = Loop()
    for _ in range(6):
        loop.spawn(supervisor(loop, size, results))
        loop.run()
    for name in sorted(results):
        print(name, results[name])
    print("switches:", loop.switches, "time:", loop.now)


if __name__ == "__main__":
    main()
