//! Running a program: the `__main__` module, uncaught exceptions, the exit status.

use super::{Machine, R};
use crate::code::CodeObject;
use crate::object::code::Code;
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::value::Value;
use std::sync::Arc;

/// Exit status of a program that Ctrl-C ended, as shells see it.
pub const INTERRUPTED_STATUS: i32 = 130;
/// Exit status of a program that its time limit ended, as `timeout` gives it.
pub const TIMED_OUT_STATUS: i32 = 124;

impl Machine {
    /// Runs a compiled module as `__main__` in a fresh module object; `file` becomes `__file__`.
    pub fn run_main(&mut self, source: &Arc<CodeObject>, file: &str) -> R<()> {
        let name = self.intern("__main__");
        let module = self.new_module(name);
        let globals = self.module_dict(module);
        let modules = self.modules;
        modules.insert_str(self, name, module);
        let file = super::import_find::absolute(file);
        let file_value = self.str_value(&file);
        self.imports.sources.insert(file);
        for name in [self.names.doc, self.names.package, self.names.loader, self.names.spec] {
            globals.insert_str(self, name, Value::NONE);
        }
        let annotations = self.names.annotations;
        let fresh = self.new_dict().value();
        globals.insert_str(self, annotations, fresh);
        let builtins_name = self.names.builtins;
        let builtins_key = self.intern("builtins");
        let builtins_module = modules.get_str(self, builtins_key).unwrap_or(Value::NONE);
        globals.insert_str(self, builtins_name, builtins_module);
        let file_name = self.names.file;
        globals.insert_str(self, file_name, file_value);
        let cached = self.intern("__cached__");
        globals.insert_str(self, cached, Value::NONE);
        self.finalizers.start();
        let code = self.new_code(source)?;
        // It outlives the program, for whoever looks at what became of it.
        self.pin(code.value());
        self.run_in(code, globals).map(|_| ())
    }

    /// Runs the code of a module in a namespace.
    pub(super) fn run_in(&mut self, code: Gc<Code>, globals: Gc<Dict>) -> R<Value> {
        let builtins = self.builtins;
        let func = self.make_function(code, globals, builtins);
        self.run_body(func, globals.value())
    }

    /// Shows the pending exception as CPython does at the end of a program, and gives the exit status.
    pub fn finish_program(&mut self, result: R<()>) -> i32 {
        let mut status = match result {
            Ok(()) => 0,
            Err(_) => self.report_uncaught(),
        };
        self.end_threads();
        self.run_at_exit();
        self.flush_all_files();
        self.finalize_everything();
        self.flush_all_files();
        if self.flush_output().is_err() && status == 0 {
            self.take_raised();
            // CPython reports what it cannot flush at shutdown, and exits with 120.
            status = 120;
            let _ = self.stdio.write(2, b"Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\nBrokenPipeError: [Errno 32] Broken pipe\n");
        }
        let _ = self.flush_std(2);
        status
    }

    /// Flushes `sys.stdout`, whatever it is now, and what it was at the start.
    fn flush_output(&mut self) -> R<()> {
        let current = self.sys_attribute("stdout")?;
        if !current.is_none() && self.plain_text_stream(current).is_none() {
            let flush = self.names.flush;
            if self.call_method(current, flush, &[]).is_err() {
                self.take_raised();
            }
        }
        self.flush_std(1)
    }

    /// Waits for the program's threads, by `threading` if it was imported, whose own functions for the end are called then, too.
    fn end_threads(&mut self) {
        let (modules, name, shutdown) = (self.modules, self.intern("threading"), self.intern("_shutdown"));
        if let Some(threading) = modules.get_str(self, name)
            && !self.timed_out
            && self.call_method(threading, shutdown, &[]).is_err()
        {
            let exception = self.take_raised();
            self.show_unraisable(exception, threading);
        }
    }

    fn report_uncaught(&mut self) -> i32 {
        let exception = self.take_raised();
        let ty = self.type_of(exception);
        if ty.is_subtype_of(self.exceptions.system_exit) {
            return self.system_exit_status(exception);
        }
        if let Some(exit) = self.show_uncaught(exception) {
            return self.system_exit_status(exit);
        }
        if !ty.is_subtype_of(self.exceptions.keyboard_interrupt) {
            return 1;
        }
        if self.timed_out {
            return TIMED_OUT_STATUS;
        }
        self.interrupted = true;
        INTERRUPTED_STATUS
    }

    fn system_exit_status(&mut self, exception: Value) -> i32 {
        let name = self.intern("code");
        let code = self.get_attr(exception, name).unwrap_or(Value::NONE);
        self.take_raised();
        if code.is_none() {
            return 0;
        }
        if let Some(n) = self.int_as_i64(code) {
            return (n & 0xff) as i32;
        }
        let _ = self.flush_std(1);
        if let Ok(text) = self.to_str(code) {
            let _ = self.write_std(2, text.bytes());
        }
        let _ = self.write_std(2, b"\n");
        1
    }

    /// Attaches what runs the code: a run loop and the level code is prepared for. Before any code is made.
    pub fn attach(&mut self, run: super::stack::RunFn, level: crate::adapt::Level) {
        self.run = run;
        self.level = level;
    }

    /// Sets the native stack that natives may use: `base` is the address of a local of the thread's first function.
    pub fn set_native_stack(&mut self, base: usize, bytes: usize) {
        self.stack_base = base;
        self.loop_base = base;
        self.stack_limit = base.saturating_sub(bytes);
    }
}
