//! Running one program on one variant: a thread with a large stack, a machine, the program, its exit status.

use dispatch_variants::{Variant, Watch};
use std::path::Path;
use std::time::{Duration, Instant};
use vm_core::adapt::policy::Policy;
use vm_core::compile::SyntaxError;
use vm_core::machine::{Breaker, Machine};
use vm_core::object::bootstrap::BootConfig;
use vm_core::probe::{Observer, ProbeData};
use vm_core::stdlib::stdio::StdIo;

/// Native stack of the machine's thread; touched only as far as it is used.
const STACK_BYTES: usize = 1 << 30;
/// What is left of it for natives that have checked it.
const STACK_RESERVE_BYTES: usize = 4 << 20;

/// What to run and how.
#[derive(Clone)]
pub struct Job {
    /// The cell.
    pub variant: Variant,
    /// The program, as given on the command line.
    pub file: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// The probe.
    pub watch: Watch,
    /// When its code adapts.
    pub policy: Policy,
    /// Collect at every safepoint and poison what is freed.
    pub gc_stress: bool,
    /// Where standard output goes: the process's own, or nowhere.
    pub output: Output,
    /// Stops the program after this long.
    pub time_limit: Option<Duration>,
    /// The standard library's directory; without one it is looked for.
    pub stdlib: Option<std::path::PathBuf>,
    /// What the program may touch.
    pub access: vm_core::machine::access::Access,
    /// Whether what it imports may be taken from, and put into, the user's cache of compiled modules.
    pub code_cache: bool,
}

impl Job {
    /// A run with nothing out of the ordinary: not watched, with the era's own policy, output to standard output.
    #[must_use]
    pub fn new(variant: Variant, file: &Path, args: &[&str]) -> Job {
        Job {
            variant,
            file: file.to_string_lossy().into_owned(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            watch: Watch::Nothing,
            policy: Policy::default(),
            gc_stress: false,
            output: Output::Stdout,
            time_limit: None,
            stdlib: None,
            access: vm_core::machine::access::Access::default(),
            code_cache: false,
        }
    }
}

/// Where a program's standard output goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Output {
    /// To standard output.
    Stdout,
    /// To standard error.
    Stderr,
    /// Nowhere, and standard error neither.
    Nowhere,
}

/// What came of a run.
pub struct Outcome {
    /// CPython's exit status.
    pub status: i32,
    /// An uncaught KeyboardInterrupt ended it.
    pub interrupted: bool,
    /// Wall-clock time of the program: from the first instruction to the last.
    pub wall: Duration,
    /// CPU time of the process over the same stretch.
    pub cpu: Duration,
    /// Wall-clock time of decoding, parsing and compiling.
    pub compile: Duration,
    /// Counters, if the run was watched.
    pub probe: Option<ProbeData>,
}

/// Why a program did not start.
pub enum StartError {
    /// It cannot be read: the message, and CPython's exit status.
    Unreadable(String, i32),
    /// It does not compile.
    Syntax(Box<SyntaxError>),
}

impl StartError {
    /// Shows it on standard error as CPython does; the exit status.
    pub fn report(&self) -> i32 {
        match self {
            StartError::Unreadable(message, status) => {
                eprintln!("{message}");
                *status
            }
            StartError::Syntax(error) => {
                eprint!("{}", error.render());
                1
            }
        }
    }
}

/// Reads a program's source; the errors are CPython's.
pub fn read_source(file: &str) -> Result<Vec<u8>, StartError> {
    let path = Path::new(file);
    if path.is_dir() {
        return Err(StartError::Unreadable(format!("harness: can't find '__main__' module in '{file}'"), 1));
    }
    std::fs::read(path).map_err(|e| {
        let number = e.raw_os_error().unwrap_or(0);
        let text = e.to_string();
        let text = text.split(" (os error").next().unwrap_or_default();
        StartError::Unreadable(format!("harness: can't open file '{file}': [Errno {number}] {text}"), 2)
    })
}

/// What is done with the machine after the program has ended.
pub type After = Box<dyn FnOnce(&mut Machine, &std::sync::Arc<vm_core::code::CodeObject>) + Send>;

/// Makes the observer of a watched run, in the machine's thread.
pub type MakeObserver = Box<dyn FnOnce() -> Box<dyn Observer> + Send>;

/// Runs a program to its end.
pub fn execute(job: &Job, observer: Option<MakeObserver>, after: Option<After>) -> Result<Outcome, StartError> {
    let job = job.clone();
    on_big_stack(move || run_here(&job, observer, after))
}

/// Runs `f` on a thread whose stack is large enough for deep recursion in the compiler and in natives.
pub fn on_big_stack<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().name("machine".into()).stack_size(STACK_BYTES).spawn(f);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(value)) => value,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => {
            eprintln!("harness: cannot start a thread: {error}");
            std::process::exit(1)
        }
    }
}

fn run_here(job: &Job, observer: Option<MakeObserver>, after: Option<After>) -> Result<Outcome, StartError> {
    let base = vm_core::heap::stack::here();
    let source = read_source(&job.file)?;
    let started = Instant::now();
    let file = vm_core::machine::import_find::absolute(&job.file);
    let (code, warnings) = {
        let _span = tracing::info_span!("compile", file = %job.file).entered();
        vm_core::compile::compile_warned(&source, &file, vm_core::compile::CompileOptions::default())
    };
    let (code, warnings) = (code.map_err(|e| StartError::Syntax(Box::new(e)))?, warnings);
    drop(source);
    release_code();
    let compile = started.elapsed();
    let hash_seed = std::env::var("PYTHONHASHSEED").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let mut m = Machine::boot(&BootConfig { hash_seed, native_stack_bytes: STACK_BYTES - STACK_RESERVE_BYTES });
    m.set_native_stack(base, STACK_BYTES - STACK_RESERVE_BYTES);
    m.attach(job.variant.technique.run_fn(job.watch), job.variant.level);
    m.policy = job.policy;
    let mut probe = Box::new(ProbeData::default());
    if job.watch != Watch::Nothing {
        probe.observer = observer.map(|make| make());
        m.probe = &raw mut *probe;
    }
    match job.output {
        Output::Stdout => {}
        Output::Stderr => m.stdio = StdIo::to(Box::new(std::io::stderr()), Box::new(std::io::stderr())),
        Output::Nowhere => m.stdio = StdIo::to(Box::new(std::io::sink()), Box::new(std::io::sink())),
    }
    let mut argv = vec![job.file.clone()];
    argv.extend(job.args.iter().cloned());
    m.imports.stdlib = job.stdlib.clone().or_else(crate::stdlib::discover);
    m.access = job.access.clone();
    if job.code_cache {
        m.code_store = crate::code_cache::CodeCache::of_user().map(|cache| std::rc::Rc::new(cache) as _);
    }
    m.imports.dont_write_code = std::env::var_os("PYTHONDONTWRITEBYTECODE").is_some_and(|v| !v.is_empty());
    vm_core::stdlib::install(&mut m, &argv);
    if job.gc_stress {
        m.heap.poison = true;
        m.breaker.fetch_or(Breaker::STRESS, std::sync::atomic::Ordering::Relaxed);
    }
    let _limit = job.time_limit.map(|limit| crate::watchdog::start(&m, limit));
    crate::watchdog::interrupt_on_ctrl_c(&m);
    release_code();
    let cpu_started = cpu_time();
    let started = Instant::now();
    let result = {
        let _span = tracing::info_span!("run", variant = %job.variant.name(), file = %job.file).entered();
        m.imports.note_source(&file);
        m.take_compiled((Ok(code.clone()), warnings), &file).and_then(|code| m.run_main(&code, &job.file))
    };
    let status = m.finish_program(result);
    let (wall, cpu) = (started.elapsed(), cpu_time().saturating_sub(cpu_started));
    if let Some(after) = after {
        after(&mut m, &code);
    }
    crate::watchdog::forget();
    let interrupted = m.interrupted;
    m.probe = std::ptr::null_mut();
    let probe = (job.watch != Watch::Nothing).then_some(*probe);
    // The process ends soon; the heap goes with it.
    std::mem::forget(m);
    Ok(Outcome { status, interrupted, wall, cpu, compile, probe })
}

/// Gives back what only start-up needed. Not in builds to be debugged: breakpoints are changed pages, and would be lost.
fn release_code() {
    if !cfg!(debug_assertions) {
        crate::footprint::release_code();
    }
}

/// CPU time of this process so far.
pub fn cpu_time() -> Duration {
    let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(t.tv_sec.try_into().unwrap_or(0), t.tv_nsec.try_into().unwrap_or(0))
}
