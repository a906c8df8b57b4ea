"""A small round-robin scheduler with sleeping, gathering and cancellation."""
class Cancelled(Exception):
    pass


class Switch:
    def __await__(self):
        yield


class Task:
    def __init__(self, coroutine, name):
        self.coroutine, self.name, self.result, self.done, self.error = coroutine, name, None, False, None

    def __await__(self):
        while not self.done:
            yield
        if self.error:
            raise self.error
        return self.result


class Loop:
    def __init__(self):
        self.ready = []

    def spawn(self, coroutine, name):
        task = Task(coroutine, name)
        self.ready.append(task)
        return task

    def cancel(self, task):
        if not task.done:
            try:
                task.coroutine.throw(Cancelled(task.name))
            except (StopIteration, Cancelled) as error:
                task.done, task.error = True, error if isinstance(error, Cancelled) else None
                task.result = getattr(error, "value", None)

    def run(self, main):
        main = self.spawn(main, "main")
        while self.ready:
            task = self.ready.pop(0)
            if task.done:
                continue
            try:
                task.coroutine.send(None)
            except StopIteration as stop:
                task.done, task.result = True, stop.value
            except Exception as error:
                task.done, task.error = True, error
                print("task failed", task.name, repr(error))
            else:
                self.ready.append(task)
        return main.result


loop = Loop()


async def worker(name, n):
    try:
        for i in range(n):
            print(name, i)
            await Switch()
    except Cancelled as error:
        print(name, "cancelled", error)
        return "cancelled"
    finally:
        print(name, "finally")
    return name * n


async def fails():
    await Switch()
    raise ValueError("boom")


async def main():
    a, b, c = loop.spawn(worker("a", 2), "a"), loop.spawn(worker("b", 3), "b"), loop.spawn(worker("c", 100), "c")
    f = loop.spawn(fails(), "f")
    print("results", [await t for t in (a, b)])
    loop.cancel(c)
    print(await c)
    try:
        await f
    except ValueError as error:
        print("from f:", error)
    return "end"


print(loop.run(main()))
