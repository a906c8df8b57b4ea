import _thread, time, queue, threading
from concurrent.futures import ThreadPoolExecutor, wait, TimeoutError
done=_thread.allocate_lock(); done.acquire()
def f(a,b): print(a,b); done.release()
_thread.start_new_thread(f,(1,),{'b':2}); done.acquire()
q=queue.Queue(maxsize=2); res=[]
def prod():
    for i in range(10): q.put(i)
    q.put(None)
def cons():
    while (x:=q.get()) is not None: res.append(x)
a,b=threading.Thread(target=prod),threading.Thread(target=cons); a.start(); b.start(); a.join(); b.join(); print(res)
try: q.get(timeout=0.01)
except queue.Empty: print('empty')
ex=ThreadPoolExecutor(2, thread_name_prefix='w')
fs=[ex.submit(lambda d: (time.sleep(d), d)[1], d) for d in (0.05,0.01,0.03)]
d,nd=wait(fs); print(len(d),len(nd), sorted(f.result() for f in d))
try: ex.submit(time.sleep,0.5).result(timeout=0.01)
except TimeoutError as e: print('timeout', repr(e))
ex.shutdown(wait=True, cancel_futures=True); print([f.done() for f in fs])
try: ex.submit(print)
except RuntimeError as e: print(e)
fut=ThreadPoolExecutor(1).submit(lambda: threading.current_thread().name); print(fut.result())
cond=threading.Condition(); turn=0; log=[]
def player(me):
    global turn
    for _ in range(3):
        with cond:
            cond.wait_for(lambda: turn==me); log.append(me); turn=1-me; cond.notify_all()
ts=[threading.Thread(target=player,args=(i,)) for i in (0,1)]; [t.start() for t in ts]; [t.join() for t in ts]; print(log)
def gen():
    for i in range(3):
        time.sleep(0.001); yield i
out=[]
ts=[threading.Thread(target=lambda: out.append(sum(gen()))) for _ in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(out)
