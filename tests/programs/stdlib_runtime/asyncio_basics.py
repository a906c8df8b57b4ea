"""asyncio: tasks, queues, locks, timeouts, groups, asynchronous generators."""


def asy():
    import asyncio
    async def w(n,d):
        await asyncio.sleep(d); return n
    async def main():
        r=await asyncio.gather(w(1,.02),w(2,.01)); print(r)
        t=asyncio.create_task(w(3,.01)); print(await t)
        try: await asyncio.wait_for(w(1,1),.01)
        except asyncio.TimeoutError: print('timeout')
        q=asyncio.Queue()
        async def prod():
            for i in range(3): await q.put(i)
        async def cons(): return [await q.get() for _ in range(3)]
        print(await asyncio.gather(prod(),cons()))
        async with asyncio.TaskGroup() as tg:
            a=tg.create_task(w(7,0)); b=tg.create_task(w(8,0))
        print(a.result(),b.result())
        l=asyncio.Lock()
        async with l: print(l.locked())
        async with asyncio.timeout(1): await asyncio.sleep(0)
        async def ag():
            for i in range(3): yield i
        print([x async for x in ag()])
    asyncio.run(main())


asy()
