import threading, time, sys
stop=False; n=0
def spin():
    global n
    while not stop: n+=1
t=threading.Thread(target=spin); t.start(); time.sleep(0.05); stop=True; t.join(); print(n>100)
flag=[]
t=threading.Thread(target=lambda: flag.append(1)); t.start()
while not flag: pass
t.join()
lock=threading.Lock(); c=0
def inc():
    global c
    for _ in range(20000):
        with lock: c+=1
ts=[threading.Thread(target=inc) for _ in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print(c)
def rec(n): return 0 if n==0 else 1+rec(n-1)
r=[]
def deep():
    try: rec(10**6)
    except RecursionError as e: r.append(str(e))
t=threading.Thread(target=deep); t.start(); t.join(); print(r)
loc=threading.local(); loc.x='main'
def l(): 
    print(hasattr(loc,'x')); loc.x=5; print(loc.x)
t=threading.Thread(target=l); t.start(); t.join(); print(loc.x)
rl=threading.RLock()
def rr():
    print(rl.acquire(blocking=False), rl.acquire(timeout=0.01))
rl.acquire(); rl.acquire()
t=threading.Thread(target=rr); t.start(); t.join(); rl.release(); rl.release()
def hook(args): print('hook', args.exc_type.__name__, args.exc_value, args.thread.name)
threading.excepthook=hook
t=threading.Thread(target=lambda: 1/0, name='T'); t.start(); t.join()
def ex(): sys.exit(3)
t=threading.Thread(target=ex); t.start(); t.join(); print('alive')
bs=threading.BoundedSemaphore(1)
try: bs.release()
except ValueError as e: print(e)
b=threading.Barrier(2, timeout=0.02)
try: b.wait()
except threading.BrokenBarrierError: print('broken')
ts=[threading.Thread(target=time.sleep,args=(0.01,)) for _ in range(200)]
[t.start() for t in ts]; [t.join(1) for t in ts]; print(all(not t.is_alive() for t in ts))
import contextvars
v=contextvars.ContextVar('v',default='d'); v.set('m')
t=threading.Thread(target=lambda: print(v.get())); t.start(); t.join()
def g():
    try: raise ValueError('a')
    except ValueError:
        time.sleep(0.01); print(sys.exc_info()[0])
try: raise KeyError
except KeyError:
    t=threading.Thread(target=g); t.start(); time.sleep(0.003); print(sys.exc_info()[0]); t.join(); print(sys.exc_info()[0])
t=threading.Thread(target=lambda:(time.sleep(0.02),print('late'))); t.start(); print('main end')
