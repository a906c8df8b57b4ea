"""What threads that have stopped refer to lives on: in frames, in natives, in exceptions that are handled."""
import _thread
import sys

lock = _thread.allocate_lock()
gate = _thread.allocate_lock()
gate.acquire()
done = []


class Box:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        with gate_open:
            pass
        return self.value < other.value


gate_open = _thread.allocate_lock()
gate_open.acquire()


def frames(n):
    local = [Box(i) for i in range(n)]
    gate.acquire()
    gate.release()
    done.append(sum(b.value for b in local))


def natives(n):
    done.append([b.value for b in sorted([Box(n - i) for i in range(n)])])


def handled():
    try:
        raise ValueError([Box(7)])
    except ValueError:
        gate.acquire()
        gate.release()
        done.append(sys.exc_info()[1].args[0][0].value)


def generator():
    box = Box(3)
    gate.acquire()
    gate.release()
    yield box.value


started = [
    _thread.start_new_thread(frames, (10,)),
    _thread.start_new_thread(natives, (5,)),
    _thread.start_new_thread(handled, ()),
    _thread.start_new_thread(lambda: done.extend(generator()), ()),
]
while _thread._count() < 4 or len(done):
    pass
for _ in range(3):
    garbage = [[Box(i)] for i in range(40)]
gate_open.release()
gate.release()
while _thread._count():
    garbage = [Box(1), Box(2)]
print(sorted(map(str, done)))
