import asyncio, time
def blocking(x): time.sleep(0.01); return x+1
async def main():
    print(await asyncio.to_thread(blocking, 1))
    loop=asyncio.get_running_loop()
    print(await loop.run_in_executor(None, blocking, 5))
    print(await asyncio.gather(*[asyncio.to_thread(blocking,i) for i in range(3)]))
asyncio.run(main())
