//! What an uncaught exception looks like on standard error: CPython 3.13's `traceback` module, whose rules this follows, natively.
//!
//! First everything that may run Python (`str`, notes, suggestions) is asked for, exception by exception, without recursion however
//! long the chain; then the text is put together. Frames are in `uncaught/frames.rs`, the `~~~^^^` lines in `uncaught/carets.rs`.

mod carets;
mod frames;
mod hints;
mod lines;
mod parsed;
mod stdlib_names;
mod syntax;
mod width;

use super::{Machine, R};
use crate::native::Args;
use crate::object::exception::Exception;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::traceback::Traceback;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use frames::FrameLine;
use lines::Sources;
use std::collections::BTreeSet;
use syntax::SyntaxPart;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// Exceptions of a group that are shown.
const GROUP_WIDTH_MAX: usize = 15;
/// Nesting of groups that is shown.
const GROUP_DEPTH_MAX: usize = 10;

/// One exception, with everything that its text needs.
struct Report {
    frames: Vec<FrameLine>,
    class: String,
    text: String,
    notes: Vec<String>,
    syntax: Option<SyntaxPart>,
    cause: Option<usize>,
    context: Option<usize>,
    suppress_context: bool,
    members: Option<Vec<usize>>,
}

impl Machine {
    /// Shows an exception that nothing caught, through `sys.excepthook`. `Some` if the hook asks for the end of the program instead.
    pub(crate) fn show_uncaught(&mut self, exception: Value) -> Option<Value> {
        let hook = match self.sys_attribute("excepthook") {
            Ok(hook) if !hook.is_none() => hook,
            _ => {
                self.take_raised();
                self.write_stderr("sys.excepthook is missing\n");
                self.display_exception(exception);
                return None;
            }
        };
        let args = [self.type_of(exception).value(), exception, self.traceback_of(exception)];
        if self.call(hook, &args).is_err() {
            let error = self.take_raised();
            if self.type_of(error).is_subtype_of(self.exceptions.system_exit) {
                return Some(error);
            }
            self.write_stderr("Error in sys.excepthook:\n");
            self.display_exception(error);
            self.write_stderr("\nOriginal exception was:\n");
            self.display_exception(exception);
        }
        None
    }

    /// Writes what CPython shows for an exception to `sys.stderr`.
    pub fn display_exception(&mut self, exception: Value) {
        let text = self.format_uncaught(exception);
        self.write_stderr(&text);
    }

    /// Writes to `sys.stderr`, whatever it is now; an error is forgotten.
    pub(crate) fn write_stderr(&mut self, text: &str) {
        let _ = self.flush_std(1);
        let stream = self.sys_attribute("stderr").unwrap_or(Value::NONE);
        if let Some(stream) = self.plain_text_stream(stream) {
            let _ = stream.print(self, text.as_bytes());
        } else if !stream.is_none()
            && let Ok(text) = self.new_str_wtf8(text.as_bytes())
        {
            let write = self.names.write;
            let _ = self.call_method(stream, write, &[text.value()]);
        }
        self.take_raised();
    }

    /// `sys.excepthook(type, value, traceback)`.
    pub fn sys_excepthook(&mut self, args: Args<'_>) -> R<Value> {
        let &[_, exception, traceback] = args.between(self, "excepthook", 3, 3)? else { return Ok(Value::NONE) };
        let Some(e) = exception.downcast::<Exception>() else {
            let got = self.type_name(exception);
            self.write_stderr(&format!("TypeError: print_exception(): Exception expected for value, {got} found\n"));
            return Ok(Value::NONE);
        };
        if e.traceback.get().is_null() && traceback.downcast::<Traceback>().is_some() {
            e.traceback.set(traceback);
        }
        self.display_exception(exception);
        Ok(Value::NONE)
    }

    /// The text CPython shows for an uncaught exception.
    pub fn format_uncaught(&mut self, exception: Value) -> String {
        let reports = self.collect_reports(exception);
        let mut writer = Writer { reports: &reports, sources: Sources::default(), depth: 0, need_close: false, out: String::new() };
        if !reports.is_empty() {
            writer.chain(0);
        }
        writer.out
    }

    /// The exception and all that its text shows, the exception itself first.
    fn collect_reports(&mut self, exception: Value) -> Vec<Report> {
        let limit = self.traceback_limit();
        let mut reports = Vec::new();
        // Exceptions whose reports are at the same places; the list keeps them alive while Python runs.
        let kept = self.new_list(&[]);
        let mut seen = BTreeSet::new();
        let add = |m: &mut Machine, e: Value, seen: &mut BTreeSet<u64>, reports: &mut Vec<Report>| {
            seen.insert(e.bits());
            kept.push(m, e);
            let report = m.report_one(e, limit);
            reports.push(report);
            reports.len() - 1
        };
        let mut queue = vec![add(self, exception, &mut seen, &mut reports)];
        while let Some(at) = queue.pop() {
            let Some(e) = kept.get(at).and_then(Value::downcast::<Exception>) else { continue };
            if let Some(cause) = e.cause_exception().filter(|c| !seen.contains(&c.value().bits())) {
                let i = add(self, cause.value(), &mut seen, &mut reports);
                reports[at].cause = Some(i);
            }
            if reports[at].cause.is_none()
                && !e.suppress_context.get()
                && let Some(context) = e.context_exception().filter(|c| !seen.contains(&c.value().bits()))
            {
                let i = add(self, context.value(), &mut seen, &mut reports);
                reports[at].context = Some(i);
            }
            if let Some(members) = self.group_members(e.value()) {
                let indices: Vec<usize> = members.slice().iter().map(|&member| add(self, member, &mut seen, &mut reports)).collect();
                reports[at].members = Some(indices);
            }
            let r = &reports[at];
            queue.extend(r.cause.into_iter().chain(r.context).chain(r.members.iter().flatten().copied()));
        }
        reports
    }

    /// `sys.tracebacklimit`.
    fn traceback_limit(&mut self) -> Option<usize> {
        let limit = self.sys_attribute("tracebacklimit");
        self.take_raised();
        let limit = limit.ok().filter(|v| v.is_int())?.as_int();
        Some(usize::try_from(limit).unwrap_or(0))
    }

    fn report_one(&mut self, exception: Value, limit: Option<usize>) -> Report {
        let traceback = self.traceback_of(exception).downcast::<Traceback>();
        let frames = frames::collect(traceback, limit);
        let text = match self.to_str(exception) {
            Ok(s) => shown(s),
            Err(_) => {
                self.take_raised();
                "<exception str() failed>".to_owned()
            }
        };
        let notes = self.notes_lines(exception);
        let class = self.class_path(exception);
        let mut report = Report {
            frames,
            class,
            text,
            notes,
            syntax: None,
            cause: None,
            context: None,
            suppress_context: exception.downcast::<Exception>().is_some_and(|e| e.suppress_context.get()),
            members: None,
        };
        if self.type_of(exception).is_subtype_of(self.exceptions.syntax_error) {
            report.syntax = Some(self.syntax_part(exception));
        } else {
            let hint = self.suggestion(exception, traceback);
            self.take_raised();
            report.text.push_str(&hint);
        }
        report
    }

    /// The class as it is shown: `module.qualname`, without the module for builtins and the main program.
    fn class_path(&mut self, exception: Value) -> String {
        let ty = self.type_of(exception).value();
        let mut texts = [self.names.qualname, self.names.module].map(|name| {
            let v = self.get_attr(ty, name);
            self.take_raised();
            v.ok().and_then(Value::downcast::<Str>).map(shown)
        });
        let (qualname, module) = (texts[0].take(), texts[1].take());
        let qualname = qualname.unwrap_or_default();
        match module {
            Some(module) if module == "__main__" || module == "builtins" => qualname,
            Some(module) => format!("{module}.{qualname}"),
            None => format!("<unknown>.{qualname}"),
        }
    }

    /// The lines that `__notes__` adds, without line ends.
    fn notes_lines(&mut self, exception: Value) -> Vec<String> {
        let name = self.intern("__notes__");
        let notes = match self.get_attr_opt(exception, name) {
            Ok(Some(notes)) if !notes.is_none() => notes,
            Ok(_) => return Vec::new(),
            Err(_) => {
                let error = self.take_raised();
                if !self.type_of(error).is_subtype_of(self.exceptions.exception) {
                    return Vec::new();
                }
                let text = self.safe_repr(error, "<__notes__ repr() failed>");
                return vec![format!("Ignored error getting __notes__: {text}")];
            }
        };
        let items = if let Some(list) = notes.downcast::<List>() {
            self.new_tuple(list.items())
        } else if let Some(tuple) = notes.downcast::<Tuple>() {
            tuple
        } else {
            return vec![self.safe_repr(notes, "<__notes__ repr() failed>")];
        };
        let mut out = Vec::new();
        for &note in items.slice() {
            let text = match self.to_str(note) {
                Ok(s) => shown(s),
                Err(_) => {
                    self.take_raised();
                    "<note str() failed>".to_owned()
                }
            };
            out.extend(text.split('\n').map(str::to_owned));
        }
        out
    }

    fn safe_repr(&mut self, v: Value, otherwise: &str) -> String {
        match self.repr(v) {
            Ok(s) => shown(s),
            Err(_) => {
                self.take_raised();
                otherwise.to_owned()
            }
        }
    }
}

/// Text as standard error shows it: lone surrogates become escapes.
fn shown(s: Gc<Str>) -> String {
    match s.to_str() {
        Some(text) => text.to_owned(),
        None => crate::text::wtf8::code_points(s.bytes())
            .map(|c| char::from_u32(c).map_or_else(|| format!("\\u{c:04x}"), String::from))
            .collect(),
    }
}

/// Puts the reports together.
struct Writer<'a> {
    reports: &'a [Report],
    sources: Sources,
    /// Nesting of groups, the outermost being 1.
    depth: usize,
    need_close: bool,
    out: String,
}

impl Writer<'_> {
    /// An exception after those that it is chained to. Groups recurse, at most [`GROUP_DEPTH_MAX`] deep.
    fn chain(&mut self, first: usize) {
        let mut chain = Vec::new();
        let mut next = Some(first);
        while let Some(at) = next {
            let report = &self.reports[at];
            let (sentence, following) = match (report.cause, report.context) {
                (Some(cause), _) => (Some(CAUSE), Some(cause)),
                (None, Some(context)) if !report.suppress_context => (Some(CONTEXT), Some(context)),
                _ => (None, None),
            };
            chain.push((sentence, at));
            next = following;
        }
        for (sentence, at) in chain.into_iter().rev() {
            if let Some(sentence) = sentence {
                self.emit(sentence, '|');
            }
            match &self.reports[at].members {
                None => {
                    if !self.reports[at].frames.is_empty() {
                        self.emit("Traceback (most recent call last):\n", '|');
                    }
                    self.body(at);
                }
                Some(_) if self.depth > GROUP_DEPTH_MAX => {
                    self.emit(&format!("... (max_group_depth is {GROUP_DEPTH_MAX})\n"), '|');
                }
                Some(members) => self.group(at, members),
            }
        }
    }

    /// Frames, class, message and notes.
    fn body(&mut self, at: usize) {
        let report = &self.reports[at];
        let stack = frames::format(&report.frames, &mut self.sources);
        self.emit(&stack, '|');
        let last = match &report.syntax {
            Some(part) => part.format(&report.class),
            None if report.text.is_empty() => format!("{}\n", report.class),
            None => format!("{}: {}\n", report.class, report.text),
        };
        self.emit(&last, '|');
        for note in &report.notes {
            self.emit(&format!("{note}\n"), '|');
        }
    }

    fn group(&mut self, at: usize, members: &[usize]) {
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        if !self.reports[at].frames.is_empty() {
            self.emit("Exception Group Traceback (most recent call last):\n", if outermost { '+' } else { '|' });
        }
        self.body(at);
        let total = members.len();
        let shown = total.min(GROUP_WIDTH_MAX + 1);
        self.need_close = false;
        for (i, &member) in members.iter().enumerate().take(shown) {
            let last = i + 1 == shown;
            if last {
                self.need_close = true;
            }
            let cut = i >= GROUP_WIDTH_MAX;
            let title = if cut { "...".to_owned() } else { (i + 1).to_string() };
            let indent = self.indent();
            let corner = if i == 0 { "+-" } else { "  " };
            self.out.push_str(&format!("{indent}{corner}+---------------- {title} ----------------\n"));
            self.depth += 1;
            if cut {
                let rest = total - GROUP_WIDTH_MAX;
                let s = if rest > 1 { "s" } else { "" };
                self.emit(&format!("and {rest} more exception{s}\n"), '|');
            } else {
                self.chain(member);
            }
            if last && self.need_close {
                let indent = self.indent();
                self.out.push_str(&format!("{indent}+------------------------------------\n"));
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if outermost {
            self.depth = 0;
        }
    }

    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    /// Adds lines, inside a group behind its margin.
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out.push_str(text);
            return;
        }
        let prefix = format!("{}{margin} ", self.indent());
        for line in lines::split_keeping_ends(text) {
            self.out.push_str(&prefix);
            self.out.push_str(line);
        }
    }
}
