"""A small program: discrete events with a heap, generators as processes."""
class Heap:
    def __init__(self):
        self.items = []

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i > 0 and items[i] < items[(i - 1) // 2]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2

    def pop(self):
        items = self.items
        items[0], items[-1] = items[-1], items[0]
        result = items.pop()
        i = 0
        while (c := 2 * i + 1) < len(items):
            if c + 1 < len(items) and items[c + 1] < items[c]:
                c += 1
            if items[i] <= items[c]:
                break
            items[i], items[c] = items[c], items[i]
            i = c
        return result

    def __len__(self):
        return len(self.items)


class Simulation:
    def __init__(self):
        self.time, self.queue, self.serial, self.log = 0, Heap(), 0, []

    def start(self, process, delay=0):
        self.serial += 1
        self.queue.push((self.time + delay, self.serial, process))

    def run(self, until):
        while self.queue:
            when, _, process = self.queue.pop()
            if when > until:
                break
            self.time = when
            try:
                delay = process.send(None)
            except StopIteration as stop:
                self.log.append((when, "done", stop.value))
            else:
                self.start(process, delay)


def customer(sim, name, patience):
    arrived = sim.time
    for step in range(3):
        sim.log.append((sim.time, name, step))
        yield patience * (step + 1)
    return f"{name} after {sim.time - arrived}"


sim = Simulation()
for i, name in enumerate(["ann", "bob", "cy"]):
    sim.start(customer(sim, name, i + 1), delay=i * 2)
sim.run(30)
for entry in sim.log:
    print(*entry)
