"""Whole programs: queues, locks, events, conditions, semaphores, barriers, task groups, timeouts, threads, streams, callbacks."""
import asyncio
import functools
import socket


async def queues():
    out = []

    async def produce(q, base):
        for i in range(20):
            await q.put(base + i)
        await q.put(None)

    async def consume(q):
        while (item := await q.get()) is not None:
            out.append(item)
            q.task_done()
        q.task_done()

    for size in (0, 1, 3):
        q = asyncio.Queue(size)
        async with asyncio.TaskGroup() as group:
            for base in (100, 200):
                group.create_task(produce(q, base))
                group.create_task(consume(q))
        await q.join()
    heap, stack = asyncio.PriorityQueue(), asyncio.LifoQueue()
    for i in (5, 1, 4, 2, 3):
        await heap.put(i)
        stack.put_nowait(i)
    print(len(out), sum(out), out[:6], [heap.get_nowait() for _ in range(5)], [await stack.get() for _ in range(5)])
    try:
        stack.get_nowait()
    except asyncio.QueueEmpty as e:
        print(repr(e))
    q = asyncio.Queue()
    q.put_nowait(1)
    q.shutdown()
    print(await q.get())
    try:
        await q.get()
    except asyncio.QueueShutDown as e:
        print(repr(e))


async def locks():
    lock, semaphore, event, condition = asyncio.Lock(), asyncio.BoundedSemaphore(2), asyncio.Event(), asyncio.Condition()
    log, inside = [], 0

    async def work(name):
        nonlocal inside
        await event.wait()
        async with lock:
            log.append(name)
        async with semaphore:
            inside += 1
            assert inside <= 2
            await asyncio.sleep(0)
            inside -= 1
        async with condition:
            log.append(name.upper())
            condition.notify_all()

    tasks = [asyncio.create_task(work(n)) for n in "abcd"]
    await asyncio.sleep(0)
    print(log, lock.locked(), event.is_set())
    event.set()
    async with condition:
        await condition.wait_for(lambda: sum(n.isupper() for n in log) == 4)
    await asyncio.gather(*tasks)
    print("".join(log), lock.locked(), semaphore.locked())
    try:
        semaphore.release()
    except ValueError as e:
        print(e)
    barrier = asyncio.Barrier(3)

    async def meet(n):
        return await barrier.wait() < 3, n

    print(await asyncio.gather(*[meet(n) for n in range(6)]))
    await lock.acquire()
    waiting = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    lock.release()
    print(lock.locked())


async def groups():
    async def fails(e, after=0):
        await asyncio.sleep(after)
        raise e

    async def lasts():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            print("stopped")
            raise

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(lasts())
            group.create_task(fails(ValueError(1)))
            group.create_task(fails(KeyError(2)))
    except* ValueError as e:
        print("values", e.exceptions)
    except* KeyError as e:
        print("keys", e.exceptions)
    results = await asyncio.gather(fails(ValueError(3)), asyncio.sleep(0, "slept"), return_exceptions=True)
    print(results)
    try:
        await asyncio.gather(fails(OSError("o")), lasts())
    except OSError as e:
        print(repr(e))
    done, left = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d)) for d in (0, 50)], return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(left))
    for t in left:
        t.cancel()
    order = [await f for f in asyncio.as_completed([asyncio.sleep(0.02, "b"), asyncio.sleep(0, "a")])]
    print(order)


async def timeouts():
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(10)
    except TimeoutError as e:
        print(repr(e), isinstance(e.__cause__, asyncio.CancelledError))
    async with asyncio.timeout(10) as t:
        await asyncio.sleep(0)
    print(t.expired(), await asyncio.wait_for(asyncio.sleep(0, "in time"), 5))
    try:
        await asyncio.wait_for(asyncio.get_running_loop().create_future(), 0.001)
    except TimeoutError as e:
        print(repr(e))


async def threads():
    print(await asyncio.gather(*[asyncio.to_thread(sum, range(n)) for n in (10, 100)]))

    def raises():
        raise LookupError("in a thread")

    try:
        await asyncio.to_thread(raises)
    except LookupError as e:
        print(repr(e))
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    await loop.run_in_executor(None, functools.partial(loop.call_soon_threadsafe, future.set_result, "set by a thread"))
    print(await future)


async def iteration():
    closed = []

    async def ticks(n):
        try:
            for i in range(n):
                await asyncio.sleep(0)
                yield i
        finally:
            closed.append(n)

    print([x async for x in ticks(5) if x % 2], {x: y async for x, y in pairs(ticks(3), ticks(4))}, closed)
    async for x in ticks(100):
        if x == 3:
            break
    g = ticks(9)
    print(await anext(g), await g.asend(None), await g.aclose(), await anext(g, "end"))


async def pairs(a, b):
    a, b = aiter(a), aiter(b)
    while True:
        try:
            yield await anext(a), await anext(b)
        except StopAsyncIteration:
            return


async def streams():
    async def shout(reader, writer):
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
        writer.write(b"end")
        writer.close()
        await writer.wait_closed()

    a, b = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=a)
    other = asyncio.create_task(shout(*await asyncio.open_connection(sock=b)))
    total = 0
    for i in range(50):
        writer.write(b"line %d\n" % i)
        await writer.drain()
        total += len(await reader.readline())
    writer.write(b"two\nlines\n")
    print(total, await reader.readuntil(b"\n"), await reader.readexactly(6))
    writer.write_eof()
    print(await reader.read(), reader.at_eof(), writer.can_write_eof())
    writer.close()
    await other


async def callbacks():
    loop = asyncio.get_running_loop()
    log = []
    loop.call_at(loop.time(), log.append, "at")
    loop.call_later(0.002, log.append, "later")
    loop.call_soon(log.append, "soon")
    handle = loop.call_later(0.001, log.append, "never")
    handle.cancel()
    await asyncio.sleep(0.01)
    print(log, handle.cancelled())


def main():
    for part in (queues, locks, groups, timeouts, threads, iteration, streams, callbacks):
        print("==", part.__name__)
        asyncio.run(part())


main()
