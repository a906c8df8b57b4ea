"""What is told of tasks and futures that nobody asked for, and what is not."""
import asyncio
import gc

messages = []


def handler(loop, context):
    e = context.get("exception")
    messages.append((context["message"], type(e).__name__, sorted(context)))


def tell():
    gc.collect()
    print(*messages, sep="\n")
    messages.clear()


def pending(loop):
    async def waits():
        await loop.create_future()

    t = loop.create_task(waits())
    loop.call_soon(loop.stop)
    loop.run_forever()
    return t.get_name() != ""


def quiet(loop):
    async def waits():
        await loop.create_future()

    t = loop.create_task(waits())
    t._log_destroy_pending = False
    loop.call_soon(loop.stop)
    loop.run_forever()


def forgotten(loop):
    f = loop.create_future()
    f.set_exception(ValueError("never asked for"))


def asked(loop):
    f = loop.create_future()
    f.set_exception(ValueError("asked for"))
    f.exception()
    g = loop.create_future()
    g.set_exception(ValueError("silenced"))
    g._log_traceback = False
    h = loop.create_future()
    h.set_exception(ValueError("cancelled"))
    h.cancel()


def failing(loop):
    async def fails():
        raise LookupError("in a task")

    loop.create_task(fails())
    loop.call_soon(loop.stop)
    loop.run_forever()


def derived(loop):
    class Noisy(asyncio.Future):
        def __del__(self):
            messages.append(("own finalizer", self._state))
            super().__del__()

    f = Noisy(loop=loop)
    f.set_exception(KeyError("noisy"))
    g = Noisy(loop=loop)
    g.set_result(1)


async def inside(loop):
    async def fails():
        raise ArithmeticError("inside")

    asyncio.create_task(fails())
    for _ in range(3):
        await asyncio.sleep(0)
    tell()
    done = asyncio.create_task(fails())
    print(await asyncio.gather(done, return_exceptions=True))
    del done
    tell()


def main():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(handler)
    for part in (pending, quiet, forgotten, asked, failing, derived):
        print(part.__name__)
        part(loop)
        tell()
    print("inside")
    loop.run_until_complete(inside(loop))
    many = [loop.create_future() for _ in range(100)]
    for f in many:
        f.set_exception(ValueError(1))
    del f
    many.clear()
    gc.collect()
    print(len(messages), set(m[0] for m in messages))
    print(len(asyncio.all_tasks(loop)))
    loop.close()


main()
