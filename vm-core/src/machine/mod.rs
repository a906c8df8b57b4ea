//! The machine: everything that one running program owns. There are no statics; several machines run in one process without meeting.

pub mod access;
pub mod call;
pub mod callables;
mod code;
pub mod code_store;
mod error;
pub(crate) mod finalize;
mod finalizers;
pub mod frame;
pub(crate) mod garbage_cycles;
pub mod import;
mod import_amend;
pub(crate) mod import_boot;
pub mod import_find;
pub mod import_state;
mod intern_hash;
pub mod program;
mod references;
mod safepoint;
mod source;
pub mod stack;
pub(crate) mod stored_code;
mod threads;
pub(crate) mod tracing;
mod uncaught;
mod unwind;

use crate::adapt::Level;
use crate::adapt::policy::Policy;
use crate::heap::{Heap, stack as native_stack};
use crate::object::class_state::ClassState;
use crate::object::dict::Dict;
use crate::object::exception_types::ExceptionTypes;
use crate::object::header::Gc;
use crate::object::names::Names;
use crate::object::string::Str;
use crate::object::types::Types;
use crate::object::value::Value;
use crate::probe::ProbeData;
use callables::Callables;
use stack::{ExcNode, RunFn, VmStack};
use std::collections::HashMap;

/// An exception is pending in the machine. Carries nothing: the exception itself is parked in [`Machine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised;

/// The result of whatever may raise.
pub type R<T> = Result<T, Raised>;

pub use unwind::Handler;

/// Reasons to leave the fast path at the next safepoint.
#[derive(Debug)]
pub struct Breaker;

impl Breaker {
    /// The heap asks for a collection.
    pub const COLLECT: u32 = 1;
    /// Ctrl-C.
    pub const INTERRUPT: u32 = 2;
    /// The time limit was reached.
    pub const TIMEOUT: u32 = 4;
    /// Collect at every safepoint.
    pub const STRESS: u32 = 8;
    /// A thread's time slice has ended.
    pub const SWITCH: u32 = 16;
    /// A trace or profile function is set.
    pub const TRACE: u32 = 32;
}

/// One interpreter with all its state.
#[repr(C)]
pub struct Machine {
    /// Nonzero: something is to be done at the next safepoint (see [`Breaker`]).
    pub breaker: std::sync::atomic::AtomicU32,
    /// The running frame, while native or out-of-line code runs.
    pub fp: *mut Value,
    /// Where the next frame goes.
    pub stack_top: *mut Value,
    /// End of the VM stack.
    pub stack_end: *mut Value,
    /// Python frames that may still be pushed.
    pub recursion_left: i64,
    /// Stack pointer after an out-of-line half.
    pub out_sp: *mut Value,
    /// Frame pointer after an out-of-line half.
    pub out_fp: *mut Value,
    /// The handler table of a technique that has one.
    pub handlers: *const (),
    /// The instruction was rewritten and is dispatched again.
    pub again: bool,
    /// Counters, when the machine is watched.
    pub probe: *mut ProbeData,
    /// An uncaught KeyboardInterrupt ended the program.
    pub interrupted: bool,
    /// The time limit was reached.
    pub timed_out: bool,
    /// The value an entry frame returned.
    pub returned: Value,
    /// Top of the handled-exception stack.
    pub exc_top: *mut ExcNode,
    /// The run loop of this machine's dispatch technique and probe.
    pub run: RunFn,
    /// The instruction-set level its code is prepared for.
    pub level: Level,
    /// When and how its code adapts.
    pub policy: Policy,
    pub(crate) exc_base: Box<ExcNode>,
    pub(crate) vm_stack: VmStack,
    /// `sys.getrecursionlimit()`.
    pub(crate) recursion_limit: i64,
    /// The heap.
    pub heap: Heap,
    /// Builtin types.
    pub types: Types,
    /// Builtin exception classes.
    pub exceptions: Box<ExceptionTypes>,
    /// Interned names that the machine itself uses.
    pub names: Box<Names>,
    /// The exception being raised, or `NULL`.
    pub(crate) raised: Value,
    /// The pending exception goes on from a handler: its traceback has the current frame already.
    pub(crate) reraising: bool,
    /// The unit where it was raised first, if a handler that ends knows.
    pub(crate) raised_at: Option<i64>,
    /// The empty tuple, once made.
    pub(crate) empty_tuple: Value,
    /// What some specialised calls look for.
    pub callables: Callables,
    /// `builtins.__dict__`.
    pub builtins: Gc<Dict>,
    /// `sys.modules`.
    pub modules: Gc<Dict>,
    /// Code of modules that were compiled before, if it is kept.
    pub code_store: Option<std::rc::Rc<dyn code_store::CodeStore>>,
    /// What importing needs to know.
    pub imports: import_state::ImportState,
    /// What native modules remember.
    pub(crate) lib: Box<crate::stdlib::state::LibState>,
    /// What the generator that last ended returned, where it is not `None`.
    pub(crate) stop_value: Value,
    /// The standard streams.
    pub stdio: crate::stdlib::stdio::StdIo,
    /// The live code objects, for disassembly and traces; not kept alive by this.
    pub codes: Vec<Gc<crate::object::code::Code>>,
    /// Values kept for the machine's life.
    pub(crate) pinned: Vec<Value>,
    pub(crate) interned: HashMap<Box<[u8]>, Gc<Str>, std::hash::BuildHasherDefault<intern_hash::NameHasher>>,
    /// Address of a local of the function that entered the machine: the native stack's scanned part ends here.
    pub(crate) stack_base: usize,
    /// Native stack addresses below this one raise `RecursionError`.
    pub(crate) stack_limit: usize,
    /// Strings of one character below 256, made on demand (and interned, which keeps them alive).
    pub(crate) char_strings: Vec<Value>,
    /// The string indexed last that is not all ASCII, with an index and its byte offset: indexing goes on from there.
    pub(crate) str_cursor: (Value, usize, usize),
    /// Next version for types, functions, dict keys; 0 when exhausted.
    pub(crate) next_type_version: u32,
    pub(crate) next_function_version: u32,
    pub(crate) next_keys_version: u32,
    /// Comparisons of objects under way inside one another.
    pub(crate) compare_depth: u32,
    /// Objects whose `repr` is under way (for `[...]`).
    pub(crate) repr_active: Vec<u64>,
    /// The same, to look up.
    pub(crate) repr_known: std::collections::HashSet<u64, std::hash::BuildHasherDefault<std::hash::DefaultHasher>>,
    /// SipHash key, from `PYTHONHASHSEED`.
    pub hash_key: (u64, u64),
    /// Most digits that conversions between `int` and `str` allow (`sys.set_int_max_str_digits`); 0 for no limit.
    pub int_max_str_digits: usize,
    /// Types that modules made, by the address of their specification.
    pub(crate) native_types: crate::object::native_types::NativeTypes,
    /// Memory that the regular-expression engine uses again and again.
    pub(crate) regex: crate::stdlib::sre::Scratch,
    /// Codecs and error handlers that the program has registered.
    pub(crate) codecs: crate::stdlib::codecs::CodecState,
    /// What the program may touch outside the machine.
    pub access: access::Access,
    /// Open files.
    pub(crate) files: crate::stdlib::io::files::Files,
    /// Code that `marshal` has written.
    pub(crate) written_code: crate::stdlib::marshal::WrittenCode,
    /// Method cache, weak references and what else belongs to classes.
    pub(crate) classes: Box<ClassState>,
    /// Objects with finalizers, and when to look for their death.
    pub(crate) finalizers: finalizers::Finalizers,
    /// Trace and profile functions.
    pub(crate) tracing: tracing::Tracing,
    /// Native stack below this address is the run loop's own: values there are on the VM stack too.
    pub(crate) loop_base: usize,
    /// The threads that do not run now.
    pub(crate) threads: threads::Threads,
}

/// `sys.getrecursionlimit()` at start-up.
const RECURSION_LIMIT: i64 = 1000;

/// Stands for the run loop until a variant is chosen: raises instead of running.
///
/// # Safety
/// `vm` is a machine that was asked to run its current frame.
unsafe fn no_run_loop(vm: *mut Machine, _: *mut crate::op::Unit, _: *mut Value, _: *mut Value) {
    // SAFETY: as the caller promises; the frame goes, since nothing will run it.
    unsafe {
        (*vm).pop_frame();
        (*vm).system_error("no dispatch technique was chosen");
    }
}

impl Machine {
    /// A machine without types: only start-up (`object/bootstrap.rs`) may touch it.
    pub(crate) fn unbooted(heap: Heap, nowhere: Gc<Dict>, stack_base: usize, stack_limit: usize, hash_key: (u64, u64)) -> Machine {
        let vm_stack = VmStack::new();
        let mut exc_base = Box::new(ExcNode { value: Value::NULL, previous: std::ptr::null_mut() });
        Machine {
            breaker: std::sync::atomic::AtomicU32::new(0),
            fp: std::ptr::null_mut(),
            stack_top: vm_stack.base(),
            stack_end: vm_stack.end(),
            recursion_left: RECURSION_LIMIT,
            out_sp: std::ptr::null_mut(),
            out_fp: std::ptr::null_mut(),
            handlers: std::ptr::null(),
            again: false,
            interrupted: false,
            timed_out: false,
            probe: std::ptr::null_mut(),
            returned: Value::NULL,
            exc_top: &raw mut *exc_base,
            run: no_run_loop,
            level: Level::Plain,
            policy: Policy::default(),
            exc_base,
            vm_stack,
            recursion_limit: RECURSION_LIMIT,
            pinned: Vec::new(),
            codes: Vec::new(),
            heap,
            types: Types::dangling(),
            exceptions: Box::new(ExceptionTypes::dangling()),
            names: Box::new(Names::dangling()),
            raised: Value::NULL,
            reraising: false,
            raised_at: None,
            empty_tuple: Value::NULL,
            callables: Callables::default(),
            builtins: nowhere,
            modules: nowhere,
            code_store: None,
            imports: import_state::ImportState::default(),
            lib: Box::default(),
            stop_value: Value::NULL,
            stdio: crate::stdlib::stdio::StdIo::default(),
            interned: HashMap::default(),
            written_code: Default::default(),
            char_strings: Vec::new(),
            str_cursor: (Value::NULL, 0, 0),
            stack_base,
            stack_limit,
            next_type_version: 1,
            next_function_version: 1,
            next_keys_version: 1,
            compare_depth: 0,
            repr_active: Vec::new(),
            repr_known: Default::default(),
            hash_key,
            int_max_str_digits: crate::text::int_parse::DEFAULT_DIGIT_LIMIT,
            native_types: Default::default(),
            regex: Default::default(),
            codecs: Default::default(),
            access: access::Access::default(),
            files: Default::default(),
            classes: Box::default(),
            finalizers: finalizers::Finalizers::default(),
            tracing: tracing::Tracing::default(),
            loop_base: stack_base,
            threads: Default::default(),
        }
    }

    /// Interned `str` of that text.
    pub fn intern(&mut self, text: &str) -> Gc<Str> {
        if let Some(&s) = self.interned.get(text.as_bytes()) {
            return s;
        }
        let s = self.str(text);
        s.set_interned();
        self.interned.insert(text.as_bytes().into(), s);
        s
    }

    /// Interned `str` of that WTF-8 text; `None` if it is too long for a `str`.
    pub(crate) fn intern_bytes(&mut self, text: &[u8]) -> Option<Gc<Str>> {
        if let Some(&s) = self.interned.get(text) {
            return Some(s);
        }
        if text.len() > crate::object::string::MAX_BYTES {
            return None;
        }
        let s = self.new_str_wtf8(text).ok()?;
        Some(self.intern_str(s))
    }

    /// The interned string equal to `s`, which becomes it if there is none yet.
    pub fn intern_str(&mut self, s: Gc<Str>) -> Gc<Str> {
        if s.is_interned() {
            return s;
        }
        if let Some(&known) = self.interned.get(s.bytes()) {
            return known;
        }
        if s.header.ty() != self.types.str.as_ptr().cast_const() {
            let bytes = s.bytes().to_vec();
            let copy = self.new_str_counted(&bytes, s.char_len()).unwrap_or(s);
            copy.set_interned();
            self.interned.insert(bytes.into(), copy);
            return copy;
        }
        s.set_interned();
        self.interned.insert(s.bytes().into(), s);
        s
    }

    /// Fails with `RecursionError` when the native stack is nearly used up. Every native function that may recurse calls it.
    #[inline]
    pub fn check_native_stack(&mut self) -> R<()> {
        if native_stack::here() < self.stack_limit { Err(self.recursion_error("maximum recursion depth exceeded")) } else { Ok(()) }
    }

    /// Notes that `object` is being shown; false if it already is. Pair with [`Machine::repr_leave`].
    pub fn repr_enter(&mut self, object: Value) -> bool {
        let bits = object.bits();
        if !self.repr_known.insert(bits) {
            return false;
        }
        self.repr_active.push(bits);
        true
    }

    /// Ends what [`Machine::repr_enter`] began.
    pub fn repr_leave(&mut self) {
        if let Some(bits) = self.repr_active.pop() {
            self.repr_known.remove(&bits);
        }
    }

    /// A fresh type version, or 0 when they are used up.
    pub fn fresh_type_version(&mut self) -> u32 {
        let v = self.next_type_version;
        self.next_type_version = v.wrapping_add(u32::from(v != 0));
        v
    }

    /// A fresh function version, or 0 when they are used up.
    pub fn fresh_function_version(&mut self) -> u32 {
        let v = self.next_function_version;
        self.next_function_version = v.wrapping_add(u32::from(v != 0));
        v
    }

    /// A fresh dict-keys version, or 0 when they are used up.
    pub fn fresh_keys_version(&mut self) -> u32 {
        let v = self.next_keys_version;
        self.next_keys_version = v.wrapping_add(u32::from(v != 0));
        v
    }
}
