//! Threads of the program: coroutines with native stacks and VM stacks of their own, of which one runs at a time.
//!
//! A thread runs until it waits, or until its time slice ends while others could run. The first thread's native stack is the hub:
//! whoever stops running goes back to it, and it resumes whoever is next. In contrast to system threads under a lock nothing is shared
//! between two running threads, so nothing in the machine needs a lock, and a wait that nothing can end is seen at once. What belongs to
//! a thread is swapped in and out of the machine ([`Context`]), so that the run loop knows nothing of threads.

use super::stack::{ExcNode, VmStack};
use super::{Breaker, Machine, R};
use crate::heap::{Marker, stack};
use crate::object::value::Value;
use corosensei::stack::{DefaultStack, Stack};
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Native stack of a thread; touched only as far as it is used.
const NATIVE_STACK_BYTES: usize = 16 << 20;
/// What natives may not use of it, for code that does not check.
const NATIVE_RESERVE_BYTES: usize = 512 << 10;
/// VM stack of a thread.
const VM_STACK_BYTES: usize = 16 << 20;
/// How long a thread runs while others could (`sys.getswitchinterval()`).
const SLICE: Duration = Duration::from_millis(5);
/// The longest sleep before interrupts are looked for.
const NAP: Duration = Duration::from_millis(50);
/// The first thread.
const MAIN: i64 = 0;

/// What a thread waits for.
type Condition<'a> = dyn FnMut(&mut Machine) -> bool + 'a;

/// A thread that waits for its turn.
struct Ticket {
    thread: i64,
    deadline: Option<Instant>,
    /// The condition, on the waiting thread's native stack; none if it could run at once.
    ready: Option<*mut Condition<'static>>,
}

/// Why a thread goes on.
#[derive(Clone, Copy)]
enum Wake {
    Ready,
    TimedOut,
    /// The breaker asks the first thread for something.
    Interrupted,
    /// Nothing can end the wait.
    Deadlock,
}

/// What the machine holds for the running thread.
struct Context {
    thread: i64,
    fp: *mut Value,
    stack_top: *mut Value,
    stack_end: *mut Value,
    recursion_left: i64,
    out_sp: *mut Value,
    out_fp: *mut Value,
    exc_top: *mut ExcNode,
    exc_base: Box<ExcNode>,
    vm_stack: VmStack,
    raised: Value,
    reraising: bool,
    returned: Value,
    stop_value: Value,
    compare_depth: u32,
    repr_active: Vec<u64>,
    repr_known: HashSet<u64, BuildHasherDefault<DefaultHasher>>,
    stack_base: usize,
    stack_limit: usize,
    loop_base: usize,
    variables: Value,
    running_loop: Value,
    asyncgen_hooks: [Value; 2],
    /// The native stack pointer while another thread runs.
    low: usize,
}

/// A thread other than the first.
struct Task {
    daemon: bool,
    coroutine: Coroutine<Wake, (), ()>,
    /// Its state, or while it runs the first thread's.
    context: Context,
    /// What it starts with.
    roots: [Value; 4],
    yielder: *const Yielder<Wake, ()>,
}

/// All threads of a machine.
#[derive(Default)]
pub(crate) struct Threads {
    /// Those that do not run now, except the first.
    tasks: Vec<Task>,
    /// The one that runs, if it is not the first; it is in use by the hub.
    running: Option<*mut Task>,
    queue: VecDeque<Ticket>,
    ticker: Option<Ticker>,
    started: i64,
}

impl Threads {
    /// Threads that have not ended, the first not counted.
    pub(crate) fn others(&self) -> usize {
        self.tasks.len() + usize::from(self.running.is_some())
    }

    fn each_stopped(&self, mut f: impl FnMut(&Context, &[Value])) {
        for task in &self.tasks {
            f(&task.context, &task.roots);
        }
        if let Some(task) = self.running {
            // SAFETY: the hub keeps the running task alive, and changes nothing while it runs.
            let task = unsafe { &*task };
            f(&task.context, &task.roots);
        }
    }

    /// Marks what threads that do not run refer to.
    pub(crate) fn trace(&self, m: &mut Marker<'_>) {
        self.each_stopped(|c, roots| {
            m.mark_all(roots);
            m.mark_all(&[c.raised, c.returned, c.stop_value, c.variables, c.running_loop]);
            m.mark_all(&c.asyncgen_hooks);
            // SAFETY: the thread has stopped in a native function, with all its frames saved.
            unsafe { super::stack::trace_chain(c.fp, c.exc_top, m) };
        });
    }

    /// Native stack memory of threads that do not run.
    pub(crate) fn native_ranges(&self) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        self.each_stopped(|c, _| ranges.push((c.low, c.stack_base)));
        ranges
    }

    fn drop_ticket(&mut self, thread: i64) {
        self.queue.retain(|t| t.thread != thread);
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        for task in &mut self.tasks {
            // SAFETY: what its stack holds is values and borrowed memory; unwinding it would run Python code after the machine's end.
            unsafe { task.coroutine.force_reset() };
        }
    }
}

/// Sets the breaker at the end of each time slice.
struct Ticker {
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Ticker {
    fn start(m: &Machine) -> Option<Ticker> {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, breaker) = (stop.clone(), &raw const m.breaker as usize);
        let thread = std::thread::Builder::new().name("ticker".into()).spawn(move || {
            while !stopped.load(Ordering::Acquire) {
                std::thread::park_timeout(SLICE);
                if !stopped.load(Ordering::Acquire) {
                    // SAFETY: the machine does not move while threads are alive, and its ticker ends with the last of them.
                    unsafe { &*(breaker as *const std::sync::atomic::AtomicU32) }.fetch_or(Breaker::SWITCH, Ordering::Relaxed);
                }
            }
        });
        Some(Ticker { stop, thread: Some(thread.ok()?) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

impl Machine {
    /// Makes a thread that will run `body`, and gives its number. It runs when the running one waits.
    pub(crate) fn spawn_thread(&mut self, daemon: bool, roots: [Value; 4], body: fn(&mut Machine, [Value; 4])) -> R<i64> {
        let Ok(native) = DefaultStack::new(NATIVE_STACK_BYTES) else { return Err(self.runtime_error("can't start new thread")) };
        let (base, limit) = (native.base().get(), native.limit().get());
        self.threads.started += 1;
        let thread = self.threads.started;
        let vm_stack = VmStack::with_bytes(VM_STACK_BYTES);
        let mut exc_base = Box::new(ExcNode { value: Value::NULL, previous: std::ptr::null_mut() });
        let context = Context {
            thread,
            fp: std::ptr::null_mut(),
            stack_top: vm_stack.base(),
            stack_end: vm_stack.end(),
            recursion_left: self.recursion_limit,
            out_sp: std::ptr::null_mut(),
            out_fp: std::ptr::null_mut(),
            exc_top: &raw mut *exc_base,
            exc_base,
            vm_stack,
            raised: Value::NULL,
            reraising: false,
            returned: Value::NULL,
            stop_value: Value::NULL,
            compare_depth: 0,
            repr_active: Vec::new(),
            repr_known: HashSet::default(),
            stack_base: base,
            stack_limit: limit + NATIVE_RESERVE_BYTES,
            loop_base: base,
            variables: Value::NULL,
            running_loop: Value::NULL,
            asyncgen_hooks: [Value::NULL; 2],
            low: base,
        };
        let machine: *mut Machine = self;
        let coroutine = Coroutine::with_stack(native, move |yielder, _| {
            // SAFETY: the machine resumes its threads itself, and lends itself to the one that runs.
            let m = unsafe { &mut *machine };
            if let Some(task) = m.threads.running {
                // SAFETY: the hub keeps the running task alive.
                unsafe { (*task).yielder = yielder };
            }
            body(m, roots);
        });
        self.threads.tasks.push(Task { daemon, coroutine, context, roots, yielder: std::ptr::null() });
        self.threads.queue.push_back(Ticket { thread, deadline: None, ready: None });
        if self.threads.ticker.is_none() {
            self.threads.ticker = Ticker::start(self);
        }
        Ok(thread)
    }

    /// Lets other threads run until `ready` says so, or the deadline has passed: then false.
    pub(crate) fn wait_until(&mut self, deadline: Option<Instant>, ready: &mut Condition<'_>) -> R<bool> {
        // SAFETY: only the lifetime changes; the ticket is gone before this function returns.
        let condition: *mut Condition<'static> = unsafe { std::mem::transmute(std::ptr::from_mut(ready)) };
        loop {
            // SAFETY: the condition is borrowed for this call.
            if unsafe { (*condition)(self) } {
                return Ok(true);
            }
            match self.park(deadline, Some(condition)) {
                Wake::Ready => return Ok(true),
                Wake::TimedOut => return Ok(false),
                Wake::Interrupted => self.safepoint()?,
                Wake::Deadlock => return Err(self.runtime_error("deadlock: waiting for what no thread can do")),
            }
        }
    }

    /// Lets other threads run that can.
    #[cold]
    pub(crate) fn yield_turn(&mut self) {
        if self.threads.others() > 0 {
            self.park(None, None);
        }
    }

    /// Whether the running thread is the first.
    pub(crate) fn on_main_thread(&self) -> bool {
        self.threads.running.is_none()
    }

    /// Waits for all threads that are not daemons.
    pub(crate) fn join_threads(&mut self) -> R<()> {
        if self.threads.others() == 0 || !self.on_main_thread() {
            return Ok(());
        }
        self.wait_until(None, &mut |m| m.threads.tasks.iter().all(|t| t.daemon)).map(|_| ())
    }

    #[inline(never)]
    fn park(&mut self, deadline: Option<Instant>, ready: Option<*mut Condition<'static>>) -> Wake {
        let thread = self.lib.thread;
        self.threads.queue.push_back(Ticket { thread, deadline, ready });
        let Some(task) = self.threads.running else { return self.schedule() };
        // What callers keep in registers is spilled, for collections while this thread has stopped.
        let mut registers = stack::Registers::uninit();
        stack::callee_saved(&mut registers);
        std::hint::black_box(&registers);
        // SAFETY: the running task is alive; its yielder was set when it started.
        let wake = unsafe {
            (*task).context.low = stack::pointer();
            (*(*task).yielder).suspend(())
        };
        std::hint::black_box(&registers);
        wake
    }

    /// The hub: runs other threads until it is the first one's turn, whose ticket is in the queue.
    fn schedule(&mut self) -> Wake {
        loop {
            if self.breaker.load(Ordering::Relaxed) & (Breaker::INTERRUPT | Breaker::TIMEOUT) != 0 {
                self.threads.drop_ticket(MAIN);
                return Wake::Interrupted;
            }
            match self.next_turn() {
                Some((MAIN, wake)) => return wake,
                Some((thread, wake)) => self.resume(thread, wake),
                None => match self.threads.queue.iter().filter_map(|t| t.deadline).min() {
                    Some(end) => std::thread::sleep(end.saturating_duration_since(Instant::now()).min(NAP)),
                    None => {
                        self.threads.drop_ticket(MAIN);
                        return Wake::Deadlock;
                    }
                },
            }
        }
    }

    /// Takes the ticket of the thread that goes on next: of those whose time has come the first, else whoever has waited longest of
    /// those that can go on.
    fn next_turn(&mut self) -> Option<(i64, Wake)> {
        let now = Instant::now();
        let mut best: Option<(usize, Wake, Option<Instant>)> = None;
        for i in 0..self.threads.queue.len() {
            let (ready, deadline) = (self.threads.queue[i].ready, self.threads.queue[i].deadline);
            // SAFETY: the condition lies on the native stack of a thread that waits.
            if ready.is_none_or(|f| unsafe { (*f)(self) }) {
                if best.is_none() {
                    best = Some((i, Wake::Ready, None));
                }
            } else if let Some(end) = deadline.filter(|&end| end <= now)
                && best.is_none_or(|(_, _, other)| other.is_none_or(|other| end < other))
            {
                best = Some((i, Wake::TimedOut, Some(end)));
            }
        }
        let (i, wake, _) = best?;
        self.threads.queue.remove(i).map(|ticket| (ticket.thread, wake))
    }

    /// Runs another thread until it stops.
    #[inline(never)]
    fn resume(&mut self, thread: i64, wake: Wake) {
        let Some(i) = self.threads.tasks.iter().position(|t| t.context.thread == thread) else { return };
        let mut task = Box::new(self.threads.tasks.swap_remove(i));
        let address: *mut Task = &raw mut *task;
        let mut registers = stack::Registers::uninit();
        stack::callee_saved(&mut registers);
        std::hint::black_box(&registers);
        self.swap(&mut task.context);
        task.context.low = stack::pointer();
        self.threads.running = Some(address);
        // SAFETY: the task lives in this frame; what runs meanwhile reads its context and sets its yielder.
        let result = unsafe { (*address).coroutine.resume(wake) };
        std::hint::black_box(&registers);
        self.threads.running = None;
        let low = task.context.low;
        self.swap(&mut task.context);
        match result {
            CoroutineResult::Yield(()) => {
                task.context.low = low;
                task.roots = [Value::NULL; 4];
                self.threads.tasks.push(*task);
            }
            CoroutineResult::Return(()) => {
                if self.threads.tasks.is_empty() {
                    self.threads.ticker = None;
                    self.breaker.fetch_and(!Breaker::SWITCH, Ordering::Relaxed);
                }
            }
        }
    }

    /// Exchanges the running thread's state.
    fn swap(&mut self, c: &mut Context) {
        use std::mem::swap;
        swap(&mut self.lib.thread, &mut c.thread);
        swap(&mut self.fp, &mut c.fp);
        swap(&mut self.stack_top, &mut c.stack_top);
        swap(&mut self.stack_end, &mut c.stack_end);
        swap(&mut self.recursion_left, &mut c.recursion_left);
        swap(&mut self.out_sp, &mut c.out_sp);
        swap(&mut self.out_fp, &mut c.out_fp);
        swap(&mut self.exc_top, &mut c.exc_top);
        swap(&mut self.exc_base, &mut c.exc_base);
        swap(&mut self.vm_stack, &mut c.vm_stack);
        swap(&mut self.raised, &mut c.raised);
        swap(&mut self.reraising, &mut c.reraising);
        swap(&mut self.returned, &mut c.returned);
        swap(&mut self.stop_value, &mut c.stop_value);
        swap(&mut self.compare_depth, &mut c.compare_depth);
        swap(&mut self.repr_active, &mut c.repr_active);
        swap(&mut self.repr_known, &mut c.repr_known);
        swap(&mut self.stack_base, &mut c.stack_base);
        swap(&mut self.stack_limit, &mut c.stack_limit);
        swap(&mut self.loop_base, &mut c.loop_base);
        swap(&mut self.lib.context, &mut c.variables);
        swap(&mut self.lib.running_loop, &mut c.running_loop);
        swap(&mut self.lib.asyncgen_hooks, &mut c.asyncgen_hooks);
    }
}
