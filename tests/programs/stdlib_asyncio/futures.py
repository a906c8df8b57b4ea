"""Futures: states, results, exceptions, callbacks, attributes, what awaiting one does, and every error text."""
import asyncio
import contextvars
import inspect
import re
import sys


def attempt(what, *args, **kwargs):
    try:
        return what(*args, **kwargs)
    except BaseException as e:
        return f"{type(e).__name__}: {re.sub('0x[0-9a-f]+', '0x..', str(e))}"


def ran(loop):
    loop.call_soon(loop.stop)
    loop.run_forever()


def states(loop):
    print("states")
    f = asyncio.Future(loop=loop)
    print(f._state, f.done(), f.cancelled(), f._result, f._exception, f._callbacks, f._source_traceback, f._cancel_message)
    print(attempt(f.result), "|", attempt(f.exception))
    print(f.get_loop() is loop, f._loop is loop, f._asyncio_future_blocking, f._log_traceback)
    f.set_result(5)
    print(f, f._state, f.result(), f.exception(), f.cancel())
    print(attempt(f.set_result, 1), "|", attempt(f.set_exception, ValueError()))
    f = loop.create_future()
    print(f.cancel("why"), f.cancel(), f, f._cancel_message, f.cancelled(), f.done())
    print(attempt(f.result), "|", attempt(f.exception))
    print(repr(f._make_cancelled_error()), repr(f._make_cancelled_error()))
    f = loop.create_future()
    error = KeyError("k")
    f.set_exception(error)
    print(f._log_traceback, f.exception() is error, f._log_traceback, attempt(f.result), f)
    f = loop.create_future()
    f.set_exception(ZeroDivisionError)
    print(repr(f.exception()), f._state)


def errors(loop):
    print("errors")
    f = loop.create_future()
    print(attempt(f.set_exception, 5), "|", attempt(f.set_exception, int), "|", f._state)
    stop = StopIteration(3)
    f.set_exception(stop)
    e = f.exception()
    print(repr(e), e.__cause__ is stop, e.__context__ is stop)
    raw = asyncio.Future.__new__(asyncio.Future)
    for name in ("result", "exception", "get_loop", "cancel", "done", "cancelled", "__await__", "_make_cancelled_error"):
        print(name, attempt(getattr(raw, name)))
    print(attempt(raw.set_result, 1), "|", attempt(raw.set_exception, ValueError()))
    print(attempt(raw.add_done_callback, print), "|", attempt(raw.remove_done_callback, print))
    for name in ("_state", "_loop", "_callbacks", "_result", "_exception", "_log_traceback", "_source_traceback"):
        print(name, attempt(getattr, raw, name))
    print(attempt(repr, raw), "|", attempt(setattr, raw, "_asyncio_future_blocking", True))
    print(attempt(asyncio.Future, 1), "|", attempt(asyncio.Future, lop=1))
    print(attempt(f.set_result), "|", attempt(f.cancel, 1, 2), "|", attempt(f.add_done_callback), "|", attempt(f.done, 1))
    print(attempt(setattr, f, "_log_traceback", True), "|", attempt(delattr, f, "_log_traceback"))
    print(attempt(delattr, f, "_asyncio_future_blocking"), "|", attempt(delattr, f, "_cancel_message"))
    print(attempt(setattr, f, "_state", 1) is not None)
    f.note = "a future has attributes"
    print(f.note, attempt(getattr, f, "__dict__"))


def callbacks(loop):
    print("callbacks")
    seen = []
    var = contextvars.ContextVar("var", default="outside")

    def first(f):
        seen.append(("first", f.result(), var.get()))

    def second(f):
        seen.append(("second", f.done(), var.get()))

    class Equal:
        def __init__(self, n):
            self.n = n

        def __eq__(self, other):
            return isinstance(other, Equal) and self.n == other.n

        def __call__(self, f):
            seen.append(self.n)

    context = contextvars.copy_context()
    context.run(var.set, "inside")
    f = loop.create_future()
    f.add_done_callback(first)
    print(len(f._callbacks), f._callbacks[0][0] is first)
    f.add_done_callback(second, context=context)
    f.add_done_callback(first)
    for n in (1, 2, 1):
        f.add_done_callback(Equal(n))
    print(len(f._callbacks), f._callbacks[1][1] is context)
    print(f.remove_done_callback(Equal(1)), f.remove_done_callback(Equal(7)), len(f._callbacks))
    f.set_result("r")
    print(f._callbacks, seen)
    ran(loop)
    print(seen)
    seen.clear()
    f.add_done_callback(first)
    print(seen, f._callbacks)
    ran(loop)
    print(seen)
    f = loop.create_future()
    f.add_done_callback(first)
    f.add_done_callback(first)
    print(f.remove_done_callback(first), f._callbacks, f.remove_done_callback(first))
    f.add_done_callback(second)
    f.add_done_callback(first)
    print(f.remove_done_callback(first), f.remove_done_callback(second), f._callbacks)

    class Evil:
        def __eq__(self, other):
            f.remove_done_callback(second)
            return False

    for _ in range(3):
        f.add_done_callback(second)
    print(f.remove_done_callback(Evil()), f._callbacks)

    class Raising:
        def __eq__(self, other):
            raise ValueError("not comparable")

    f.add_done_callback(second)
    print(attempt(f.remove_done_callback, Raising()), len(f._callbacks))


def iterators(loop):
    print("iterators")
    f = loop.create_future()
    it = iter(f)
    print(type(it).__name__, type(it).__module__, iter(it) is it, next(it) is f, f._asyncio_future_blocking)
    print(attempt(next, it))
    f._asyncio_future_blocking = False
    print(it.send(1) is f)
    f.set_result(9)
    try:
        it.send(None)
    except StopIteration as e:
        print("stopped", e.value)
    print(attempt(next, it))
    it = f.__await__()
    print(attempt(it.throw, ValueError("v")), "|", attempt(next, it))
    it = f.__await__()
    print(attempt(it.throw, ValueError), "|", attempt(f.__await__().throw, 1))
    it = f.__await__()
    print(it.close(), attempt(next, it))
    g = loop.create_future()
    g.set_exception(OSError("o"))
    print(attempt(next, iter(g)))
    g = loop.create_future()
    g.cancel()
    print(attempt(next, iter(g)))

    async def wait(f):
        try:
            return await f
        finally:
            print("left")

    f = loop.create_future()
    loop.call_soon(f.set_result, "value")
    print(loop.run_until_complete(wait(f)))
    f = loop.create_future()
    loop.call_soon(f.set_exception, LookupError("lost"))
    print(attempt(loop.run_until_complete, wait(f)))
    f = loop.create_future()
    loop.call_soon(f.cancel, "enough")
    print(attempt(loop.run_until_complete, wait(f)))


def classes(loop):
    print("classes")

    class Mine(asyncio.Future):
        def set_result(self, result):
            super().set_result(result * 2)

    f = Mine(loop=loop)
    f.extra = 1
    f.set_result(21)
    print(f.result(), f, f.__dict__ if hasattr(f, "__dict__") else "no dict", f.extra)

    async def wait():
        g = Mine(loop=loop)
        loop.call_soon(g.set_result, 4)
        return await g

    print(loop.run_until_complete(wait()))
    print(asyncio.Future.__module__, asyncio.Future.__qualname__, asyncio.Future, asyncio.Future[int])
    print(asyncio.isfuture(f), asyncio.isfuture(Mine), issubclass(asyncio.Task, asyncio.Future), asyncio.Future is asyncio.futures._CFuture)
    print(inspect.isawaitable(f), inspect.signature(asyncio.Future), inspect.signature(asyncio.Future.cancel))
    print(inspect.signature(asyncio.Task), inspect.signature(asyncio.Task.print_stack))

    class Like:
        _asyncio_future_blocking = False

        def __init__(self):
            self.callbacks = []

        def get_loop(self):
            return loop

        def add_done_callback(self, callback, *, context=None):
            print("added", callback.__name__, context is not None)
            self.callbacks.append(callback)
            loop.call_soon(callback, self)

        def result(self):
            return "like"

        def __await__(self):
            self._asyncio_future_blocking = True
            yield self
            return self.result()

    async def wait_like():
        return await Like()

    print(loop.run_until_complete(wait_like()))


def tracebacks(loop):
    print("tracebacks")

    async def inner():
        raise ValueError("deep")

    async def outer():
        await asyncio.create_task(inner())

    try:
        loop.run_until_complete(outer())
    except ValueError as e:
        tb, names = e.__traceback__, []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print([n for n in names if n in ("tracebacks", "outer", "inner")])
    f = loop.create_future()
    try:
        1 / 0
    except ZeroDivisionError as e:
        f.set_exception(e)
    lengths = []
    for _ in range(3):
        try:
            f.result()
        except ZeroDivisionError as e:
            tb, n = e.__traceback__, 0
            while tb:
                tb, n = tb.tb_next, n + 1
            lengths.append(n)
    print(lengths)


def debug(loop):
    print("debug")
    loop.set_debug(True)
    f = asyncio.Future(loop=loop)
    print(type(f._source_traceback).__name__, f._source_traceback[-1].name, "created at" in repr(f))
    loop.set_debug(False)


def main():
    loop = asyncio.new_event_loop()
    for part in (states, errors, callbacks, iterators, classes, tracebacks, debug):
        part(loop)
    print(attempt(asyncio.get_running_loop), asyncio._get_running_loop(), attempt(asyncio.current_task))
    loop.close()
    print(sys.modules["_asyncio"].__doc__)


main()
