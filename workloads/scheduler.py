"""An operating-system simulation: tasks of four kinds pass packets through queues under a priority scheduler.

Kind: object-oriented
Origin: the Richards benchmark (M. Richards, University of Cambridge, 1981, in BCPL), written here from its description
Stresses: attribute loads and stores, polymorphic method calls, linked lists, inheritance and super(), state flags
Test size: 20
"""

import sys

FULL_SIZE = 16_000

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
DATA_LENGTH = 4


class Packet:
    """A message; `link` chains packets into queues."""

    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * DATA_LENGTH

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        tail = queue
        while tail.link is not None:
            tail = tail.link
        tail.link = self
        return queue


class Task:
    """What every task shares: its queue, its flags and its place in the scheduler's list."""

    def __init__(self, scheduler, ident, priority, queue):
        self.scheduler = scheduler
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.packet_pending = queue is not None
        self.task_waiting = True
        self.on_hold = False
        self.next = scheduler.first
        scheduler.first = self
        scheduler.table[ident] = self

    def runnable(self):
        return not self.on_hold and (self.packet_pending or not self.task_waiting)

    def run(self):
        packet = None
        if self.task_waiting and self.packet_pending:
            packet = self.queue
            self.queue = packet.link
            self.packet_pending = self.queue is not None
            self.task_waiting = False
        return self.step(packet)

    def step(self, packet):
        raise NotImplementedError

    def accept(self, packet, sender):
        if self.queue is None:
            self.queue = packet.append_to(None)
            self.packet_pending = True
            if self.priority > sender.priority:
                return self
        else:
            self.queue = packet.append_to(self.queue)
        return sender

    def wait(self):
        self.task_waiting = True
        return self

    def hold(self):
        self.scheduler.holds += 1
        self.on_hold = True
        return self.next

    def release(self, ident):
        task = self.scheduler.table[ident]
        task.on_hold = False
        return task if task.priority > self.priority else self

    def send(self, packet):
        target = self.scheduler.table[packet.ident]
        self.scheduler.sent += 1
        packet.link = None
        packet.ident = self.ident
        return target.accept(packet, self)


class IdleTask(Task):
    """Wakes the two devices in an order decided by a shift register."""

    def __init__(self, scheduler, count):
        super().__init__(scheduler, IDLE, 0, None)
        self.task_waiting = False
        self.register = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.register & 1:
            self.register = self.register // 2 ^ 0xD008
            return self.release(DEVICE_B)
        self.register //= 2
        return self.release(DEVICE_A)


class WorkerTask(Task):
    """Fills packets with letters and sends them to the two handlers in turn."""

    def __init__(self, scheduler, queue):
        super().__init__(scheduler, WORKER, 1000, queue)
        self.destination = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident = self.destination
        packet.datum = 0
        for i in range(DATA_LENGTH):
            self.letter = self.letter % 26 + 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class HandlerTask(Task):
    """Copies work packets, byte by byte, to device packets."""

    def __init__(self, scheduler, ident, priority, queue):
        super().__init__(scheduler, ident, priority, queue)
        self.work_in = None
        self.device_in = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work_in = packet.append_to(self.work_in)
            else:
                self.device_in = packet.append_to(self.device_in)
        work = self.work_in
        if work is None:
            return self.wait()
        if work.datum >= DATA_LENGTH:
            self.work_in = work.link
            return self.send(work)
        device = self.device_in
        if device is None:
            return self.wait()
        self.device_in = device.link
        device.datum = work.data[work.datum]
        work.datum += 1
        return self.send(device)


class DeviceTask(Task):
    """Holds one packet until it is released, then returns it to its sender."""

    def __init__(self, scheduler, ident, priority):
        super().__init__(scheduler, ident, priority, None)
        self.pending = None
        self.output = 0

    def step(self, packet):
        if packet is None:
            if self.pending is None:
                return self.wait()
            packet, self.pending = self.pending, None
            return self.send(packet)
        self.pending = packet
        self.output = (self.output * 27 + packet.datum - 64) % 1_000_003
        return self.hold()


class Scheduler:
    def __init__(self):
        self.first = None
        self.table = {}
        self.holds = 0
        self.sent = 0
        self.steps = 0

    def loop(self):
        task = self.first
        while task is not None:
            if task.runnable():
                self.steps += 1
                task = task.run()
            else:
                task = task.next


def chain(count, ident, kind):
    packet = None
    for _ in range(count):
        packet = Packet(packet, ident, kind)
    return packet


def simulate(count):
    scheduler = Scheduler()
    IdleTask(scheduler, count)
    WorkerTask(scheduler, chain(2, WORKER, KIND_WORK))
    HandlerTask(scheduler, HANDLER_A, 2000, chain(3, DEVICE_A, KIND_DEVICE))
    HandlerTask(scheduler, HANDLER_B, 3000, chain(3, DEVICE_B, KIND_DEVICE))
    DeviceTask(scheduler, DEVICE_A, 4000)
    DeviceTask(scheduler, DEVICE_B, 5000)
    scheduler.loop()
    return scheduler


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    for factor in (1, 3, 9):
        scheduler = simulate(count * factor)
        devices = [scheduler.table[i].output for i in (DEVICE_A, DEVICE_B)]
        print("steps:", scheduler.steps, "sent:", scheduler.sent, "holds:", scheduler.holds, "devices:", *devices)


if __name__ == "__main__":
    main()
