"""Tasks: life, names, cancelling, contexts, misuse, introspection, eager start, classes derived from Task."""
import asyncio
import contextvars
import io
import re


def attempt(what, *args, **kwargs):
    try:
        return what(*args, **kwargs)
    except BaseException as e:
        return f"{type(e).__name__}: {cut(e)}"


def cut(v):
    text = re.sub(r"0x[0-9a-f]+", "0x..", str(v))
    return re.sub(r"(running at|defined at) [^ >]*?([a-z_]+\.py):\d+", r"\1 \2", text)


async def value(v, times=1):
    for _ in range(times):
        await asyncio.sleep(0)
    return v


async def life():
    print("life")
    t = asyncio.create_task(value(7), name="seven")
    print(cut(t), t.done(), t.cancelled(), t._state, t._must_cancel, t._fut_waiter, t._log_destroy_pending)
    print(await t, cut(t), t.result(), t.exception(), t.get_coro().__name__, t.get_name())
    print(attempt(t.set_result, 1), "|", attempt(t.set_exception, ValueError()))
    u = asyncio.create_task(value(1))
    print(re.fullmatch(r"Task-\d+", u.get_name()) is not None)
    u.set_name(12)
    print(u.get_name(), await u)
    n = asyncio.Task(value(1), name=5)
    print(repr(n.get_name()), await n)
    print(attempt(asyncio.Task), "|", attempt(asyncio.Task, 5), "|", attempt(asyncio.Task, value, 1))
    print(attempt(asyncio.Task, (x for x in ())))
    current = asyncio.current_task()
    print(current in asyncio.all_tasks(), current.get_name() == asyncio.current_task(asyncio.get_running_loop()).get_name())
    raw = asyncio.Task.__new__(asyncio.Task)
    print(raw.get_name(), raw.get_coro(), raw.done(), raw.cancelling(), raw.uncancel())


async def cancelling():
    print("cancelling")

    async def stubborn():
        for i in range(2):
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError as e:
                print("caught", e.args, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
        return "done"

    t = asyncio.create_task(stubborn())
    for message in ("first", "second"):
        await asyncio.sleep(0)
        print(t.cancel(message), t.cancelling())
    print(await t, t.cancel(), t.cancelled())

    async def simple():
        await asyncio.sleep(100)

    t = asyncio.create_task(simple())
    t.cancel("early")
    try:
        await t
    except asyncio.CancelledError as e:
        print("cancelled", e.args, t.cancelled(), cut(t), t._cancel_message)
    print(attempt(t.result), attempt(t.exception))

    async def chain(n):
        try:
            if n:
                await asyncio.create_task(chain(n - 1))
            else:
                await asyncio.get_running_loop().create_future()
        finally:
            print("unwound", n)

    t = asyncio.create_task(chain(3))
    for _ in range(5):
        await asyncio.sleep(0)
    t.cancel()
    print((await asyncio.gather(t, return_exceptions=True)).__repr__())

    async def swallow():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            raise ValueError("instead") from None

    t = asyncio.create_task(swallow())
    await asyncio.sleep(0)
    t.cancel()
    print(await asyncio.gather(t, return_exceptions=True))

    async def at_the_end():
        asyncio.current_task().cancel("late")
        return 1

    t = asyncio.create_task(at_the_end())
    print(await asyncio.gather(t, return_exceptions=True), t.cancelled())
    inner = asyncio.create_task(value("shielded", 3))
    outer = asyncio.ensure_future(asyncio.shield(inner))
    await asyncio.sleep(0)
    outer.cancel()
    print(await asyncio.gather(outer, inner, return_exceptions=True))


async def contexts():
    print("contexts")
    var = contextvars.ContextVar("var", default="none")
    var.set("main")

    async def show(new=None):
        before = var.get()
        if new:
            var.set(new)
        await asyncio.sleep(0)
        return before, var.get()

    print(await asyncio.create_task(show("task")), var.get())
    context = contextvars.copy_context()
    t = asyncio.create_task(show("own"), context=context)
    print(t.get_context() is context, await t, context[var], var.get())
    print(await asyncio.gather(*[show(str(i)) for i in range(3)]))


async def misuse():
    print("misuse")

    class Yields:
        def __init__(self, v):
            self.v = v

        def __await__(self):
            yield self.v

    async def bad(v):
        try:
            await Yields(v)
        except RuntimeError as e:
            return cut(e)

    def generator():
        yield

    loop = asyncio.get_running_loop()
    print(await bad(5))
    print(await asyncio.create_task(bad(generator()), name="T"))
    print(await asyncio.create_task(bad(loop.create_future()), name="T"))
    other = asyncio.new_event_loop()
    print(await asyncio.create_task(bad(other.create_future()), name="T"))
    other.close()

    async def itself():
        try:
            await asyncio.current_task()
        except RuntimeError as e:
            return cut(e)

    print(await asyncio.create_task(itself(), name="T"))
    coroutine = value(1)
    t = asyncio.create_task(coroutine)
    await t
    print(attempt(coroutine.send, None))
    print(attempt(asyncio.tasks._enter_task, loop, t).replace(asyncio.current_task().get_name(), "N")[:60])
    print(attempt(asyncio.tasks._leave_task, loop, t)[:30])
    print(attempt(asyncio.tasks._leave_task, "no loop", None), asyncio.tasks._swap_current_task("x", 1), asyncio.tasks._swap_current_task("x", None))
    print(asyncio.tasks._current_tasks == {loop: asyncio.current_task()}, len(asyncio.tasks._eager_tasks))


async def introspection():
    print("introspection")
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    async def waits():
        await future

    t = asyncio.create_task(waits(), name="waits")
    await asyncio.sleep(0)
    print([f.f_code.co_name for f in t.get_stack()], t.get_stack(limit=0), t._fut_waiter is future)
    print(cut(t).replace("<Future pending cb=[Task.task_wakeup()]>", "F"))
    print(future._callbacks[0][0].__name__, future._callbacks[0][0].__self__ is t)
    out = io.StringIO()
    t.print_stack(file=out)
    print(out.getvalue().splitlines()[0].split(" cb=")[0].split(" coro=")[0])
    future.set_exception(ValueError("in a future"))
    print(await asyncio.gather(t, return_exceptions=True), [f.f_code.co_name for f in t.get_stack()])
    print(attempt(t.get_stack, 1), "|", attempt(t.print_stack, 1), "|", attempt(t.cancel, 1, 2))


async def eager():
    print("eager")
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    order = []

    async def quick(v):
        order.append(v)
        print(asyncio.current_task().get_name(), len(asyncio.tasks._eager_tasks))
        return v

    async def fails():
        raise LookupError("at once")

    async def slow(v):
        order.append(v)
        await asyncio.sleep(0)
        order.append(-v)
        return v

    me = asyncio.current_task()
    t = asyncio.create_task(quick(1), name="q")
    print(t.done(), t.result(), t.get_coro(), asyncio.current_task() is me, order)
    s = asyncio.create_task(slow(2))
    print(s.done(), s in asyncio.all_tasks(), t in asyncio.all_tasks(), order)
    f = asyncio.create_task(fails())
    print(f.done(), repr(f.exception()))
    print(await asyncio.gather(s, quick(3), slow(4)), order)
    loop.set_task_factory(None)
    direct = asyncio.Task(quick(5), loop=loop, eager_start=True, name="direct")
    print(direct.done(), order[-1])


async def derived():
    print("derived")
    made = []

    class Mine(asyncio.Task):
        def __init__(self, coro, **kwargs):
            made.append(coro.__name__)
            super().__init__(coro, **kwargs)
            self.tag = len(made)

        def cancel(self, msg=None):
            made.append(msg)
            return super().cancel(msg=msg)

    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kwargs: Mine(coro, loop=loop, **kwargs))
    t = asyncio.create_task(value(3), name="mine")
    print(type(t).__name__, t.tag, await t, made)
    t = asyncio.create_task(asyncio.sleep(10))

    async def waits(t):
        return await t

    w = asyncio.create_task(waits(t))
    await asyncio.sleep(0)
    w.cancel("passed on")
    print(await asyncio.gather(w, t, return_exceptions=True), made)
    loop.set_task_factory(None)
    print(asyncio.Task[int], asyncio.Task.__module__, asyncio.Task.__mro__)


async def exits():
    print("exits")

    async def leave(e):
        raise e

    loop = asyncio.new_event_loop()
    return loop, leave


def main():
    for part in (life, cancelling, contexts, misuse, introspection, eager, derived):
        asyncio.run(part())
    loop, leave = asyncio.run(exits())
    for e in (SystemExit(3), KeyboardInterrupt("k")):
        t = loop.create_task(leave(e))
        print(attempt(loop.run_until_complete, t), t.done(), repr(t.exception()))
    loop.close()


main()
