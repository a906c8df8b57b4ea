//! Calling Python functions: a frame is pushed in place and arguments are bound, with CPython's rules and messages.

use super::frame::Frame;
use super::stack::{clear_locals, push_frame};
use super::{Machine, R, Raised};
use crate::code::CodeFlags;
use crate::hints::short_loop;
use crate::native::Args;
use crate::object::code::Code;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// What a call with nothing but positional arguments takes from the defaults, if that is all there is to its binding.
#[inline(always)]
fn missing_defaults<'a>(func: Gc<Function>, code: Gc<Code>, args: Args<'_>) -> Option<&'a [Value]> {
    if !code.simple_args || args.has_keywords() {
        return None;
    }
    let missing = (code.argcount as usize).checked_sub(args.len())?;
    let defaults = func.defaults.get().downcast::<Tuple>()?.slice();
    defaults.get(defaults.len().checked_sub(missing)?..)
}

/// Whether the arguments are exactly the parameters, all positional.
#[inline(always)]
fn takes_exactly(code: Gc<Code>, args: Args<'_>) -> bool {
    code.simple_args && args.len() == code.argcount as usize && !args.has_keywords()
}

/// Copies arguments into locals and returns where they end. Most calls have few: a call of `memcpy` would cost more than they do.
///
/// # Safety
/// `to` is in a frame just pushed, with room for them.
#[inline(always)]
unsafe fn copy_arguments(mut to: *mut Value, args: &[Value]) -> *mut Value {
    for &v in args {
        // SAFETY: as the caller promises.
        unsafe {
            to.write(v);
            to = to.add(1);
        }
        short_loop();
    }
    to
}

impl Machine {
    /// Pushes a frame for `func` with bound arguments and makes it current; it is ready to run from its first instruction.
    /// The caller's frame must have saved its state.
    pub(crate) fn enter_function(&mut self, func: Gc<Function>, args: Args<'_>) -> R<()> {
        let code: Gc<Code> = func.code.get();
        // SAFETY: the machine is running, and its current frame is the caller's.
        unsafe {
            let fp = push_frame(self, self.fp, func, code.as_ptr());
            if fp.is_null() {
                return Err(self.recursion_error("maximum recursion depth exceeded"));
            }
            let locals = code.nlocalsplus as usize;
            if takes_exactly(code, args) {
                clear_locals(copy_arguments(fp, args.pos()), fp.add(locals));
            } else if let Some(rest) = missing_defaults(func, code, args) {
                clear_locals(copy_arguments(copy_arguments(fp, args.pos()), rest), fp.add(locals));
            } else {
                clear_locals(fp, fp.add(locals));
                let frame = Frame::of(fp);
                (*frame).sp = fp.add(locals);
                (*frame).ip = code.units.get().add(1);
                let slots = std::slice::from_raw_parts_mut(fp, locals);
                if let Err(raised) = self.bind_arguments(func, code, args, slots) {
                    self.stack_top = frame.cast();
                    self.recursion_left += 1;
                    return Err(raised);
                }
            }
            let frame = Frame::of(fp);
            (*frame).ip = code.units.get();
            (*frame).sp = fp.add(locals);
            self.fp = fp;
            Ok(())
        }
    }

    /// Calls a Python function from native code, running it to its end.
    pub fn call_function(&mut self, func: Gc<Function>, args: Args<'_>) -> R<Value> {
        if let Some((&first, rest)) = args.pos().split_first()
            && takes_exactly(func.code.get(), args)
        {
            return self.call_exactly(func, first, rest);
        }
        self.check_native_stack()?;
        self.enter_function(func, args)?;
        // SAFETY: the frame just pushed is current.
        unsafe { (*Frame::of(self.fp)).flags |= Frame::ENTRY };
        self.run_entry()
    }

    /// Calls a function with a first argument and others, if those are exactly its parameters: no array of all of them is needed.
    #[inline]
    pub(crate) fn call_if_exact(&mut self, func: Gc<Function>, first: Value, rest: &[Value]) -> Option<R<Value>> {
        let code = func.code.get();
        (code.simple_args && code.argcount as usize == rest.len() + 1).then(|| self.call_exactly(func, first, rest))
    }

    /// Calls a function whose parameters are exactly these arguments.
    #[inline(always)]
    fn call_exactly(&mut self, func: Gc<Function>, first: Value, rest: &[Value]) -> R<Value> {
        let code: Gc<Code> = func.code.get();
        self.check_native_stack()?;
        // SAFETY: the machine is running, and its current frame is the caller's; the new one has room for its parameters.
        unsafe {
            let fp = push_frame(self, self.fp, func, code.as_ptr());
            if fp.is_null() {
                return Err(self.recursion_error("maximum recursion depth exceeded"));
            }
            let end = fp.add(code.nlocalsplus as usize);
            fp.write(first);
            clear_locals(copy_arguments(fp.add(1), rest), end);
            let frame = Frame::of(fp);
            (*frame).ip = code.units.get();
            (*frame).sp = end;
            (*frame).flags |= Frame::ENTRY;
            self.fp = fp;
        }
        self.run_entry()
    }

    /// Runs a module or class body: a function without parameters, with a namespace of its own. Returns what the body returns.
    pub fn run_body(&mut self, func: Gc<Function>, locals: Value) -> R<Value> {
        self.check_native_stack()?;
        self.enter_function(func, Args::positional(&[]))?;
        // SAFETY: the frame just pushed is current.
        unsafe {
            (*Frame::of(self.fp)).flags |= Frame::ENTRY;
            (*Frame::of(self.fp)).set_namespace(locals, self.types.dict);
        }
        self.run_entry()
    }

    /// Fills `slots` (all NULL) where every keyword names a parameter, what is missing has a default, and nothing is collected: what most
    /// calls with keywords come to. `false`, and `slots` as they were, if there is more to say.
    #[inline(always)]
    fn bind_plainly(&mut self, func: Gc<Function>, code: Gc<Code>, args: Args<'_>, slots: &mut [Value]) -> bool {
        let (argcount, posonly) = (code.argcount as usize, code.posonlyargcount as usize);
        let total = argcount + code.kwonlyargcount as usize;
        let given = args.len();
        if given > argcount || code.flags().has(CodeFlags::VARARGS) || code.flags().has(CodeFlags::VARKEYWORDS) {
            return false;
        }
        // SAFETY: there is a slot for each parameter.
        unsafe { copy_arguments(slots.as_mut_ptr(), args.pos()) };
        let bound = self.bind_keywords(&code.localsplus_names[..total], posonly, args, slots).is_some_and(|keywords| {
            given + keywords == total || self.add_defaults(func, &code.localsplus_names[..total], given, argcount, slots).is_some()
        });
        if !bound {
            slots[..total].fill(Value::NULL);
        }
        bound
    }

    /// Puts keyword arguments where the parameters of these names are; how many there were. `None` if one has no such place, or a taken one.
    #[inline(always)]
    fn bind_keywords(&self, names: &[Gc<Str>], posonly: usize, args: Args<'_>, slots: &mut [Value]) -> Option<usize> {
        // Keywords are mostly in the parameters' order.
        let (mut next, mut count) = (args.len().max(posonly), 0);
        for (key, value) in args.keywords() {
            if names.get(next) != Some(&key) {
                next = posonly + names[posonly..].iter().position(|&name| name == key)?;
            }
            let slot = slots.get_mut(next).filter(|slot| slot.is_null())?;
            *slot = value;
            next += 1;
            count += 1;
        }
        Some(count)
    }

    /// Puts defaults where arguments are missing; `None` if one has none.
    #[inline(always)]
    fn add_defaults(&mut self, func: Gc<Function>, names: &[Gc<Str>], given: usize, argcount: usize, slots: &mut [Value]) -> Option<()> {
        let defaults: &[Value] = func.defaults.get().downcast::<Tuple>().map_or(&[], Gc::slice);
        for (i, slot) in slots[..argcount].iter_mut().enumerate().skip(given) {
            if slot.is_null() {
                // The last parameters have defaults.
                *slot = *defaults.get((i + defaults.len()).checked_sub(argcount)?)?;
            }
        }
        for (slot, &name) in slots[argcount..].iter_mut().zip(&names[argcount..]) {
            if slot.is_null() {
                let defaults = func.kwdefaults.get().downcast::<crate::object::dict::Dict>()?;
                *slot = defaults.get_str(self, name)?;
            }
        }
        Some(())
    }

    /// Fills `slots` (all NULL) from arguments, defaults and keyword defaults (`initialize_locals` of CPython's `ceval.c`).
    #[inline(never)]
    fn bind_arguments(&mut self, func: Gc<Function>, code: Gc<Code>, args: Args<'_>, slots: &mut [Value]) -> R<()> {
        if self.bind_plainly(func, code, args, slots) {
            return Ok(());
        }
        let co = &*code;
        let argcount = co.argcount as usize;
        let kwonly = co.kwonlyargcount as usize;
        let total = argcount + kwonly;
        let given = args.len();
        let has_varargs = co.flags().has(CodeFlags::VARARGS);
        let has_varkw = co.flags().has(CodeFlags::VARKEYWORDS);
        let varkw_slot = total + usize::from(has_varargs);
        let n = given.min(argcount);
        // SAFETY: there is a slot for each parameter.
        unsafe { copy_arguments(slots.as_mut_ptr(), &args.pos()[..n]) };
        if has_varargs {
            let rest = self.new_tuple(&args.pos()[n..]);
            slots[total] = rest.value();
        }
        if has_varkw {
            slots[varkw_slot] = self.new_dict().value();
        }
        for (key, value) in args.keywords() {
            let posonly = co.posonlyargcount as usize;
            let at = self.parameter_index(code, key, posonly, total);
            match at {
                Some(i) if !slots[i].is_null() => {
                    let (f, k) = (self.function_name(func), key.to_string_lossy().into_owned());
                    return Err(self.type_error(&format!("{f}() got multiple values for argument '{k}'")));
                }
                Some(i) => slots[i] = value,
                None if has_varkw => {
                    // SAFETY: the slot holds the dict made above.
                    let dict = unsafe { slots[varkw_slot].cast::<crate::object::dict::Dict>() };
                    if self.is_exact_str(key.value()) {
                        dict.insert_str(self, key, value);
                    } else {
                        dict.insert(self, key.value(), value)?;
                    }
                }
                None => return Err(self.unexpected_keyword(func, code, args, key)),
            }
        }
        if given > argcount && !has_varargs {
            return Err(self.too_many_positional(func, co, given, slots));
        }
        if self.add_defaults(func, &code.localsplus_names[..total], n, argcount, slots).is_none() {
            return Err(self.missing(func, code, slots));
        }
        Ok(())
    }

    fn parameter_index(&mut self, code: Gc<Code>, key: Gc<Str>, from: usize, to: usize) -> Option<usize> {
        let names = &code.localsplus_names[from..to];
        let same = names.iter().position(|&n| n == key);
        // Parameters' names are interned: another interned string is another text.
        let same = if same.is_none() && !key.is_interned() { names.iter().position(|n| n.bytes() == key.bytes()) } else { same };
        same.map(|i| from + i)
    }

    fn function_name(&self, func: Gc<Function>) -> String {
        func.qualname.get().downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
    }

    #[cold]
    fn unexpected_keyword(&mut self, func: Gc<Function>, code: Gc<Code>, args: Args<'_>, key: Gc<Str>) -> Raised {
        let posonly = code.posonlyargcount as usize;
        let f = self.function_name(func);
        let wrong: Vec<String> = args
            .keywords()
            .filter(|(k, _)| code.localsplus_names[..posonly].iter().any(|n| n.bytes() == k.bytes()))
            .map(|(k, _)| k.to_string_lossy().into_owned())
            .collect();
        if !wrong.is_empty() {
            let names = wrong.join(", ");
            return self.type_error(&format!("{f}() got some positional-only arguments passed as keyword arguments: '{names}'"));
        }
        let k = key.to_string_lossy().into_owned();
        let total = (code.argcount + code.kwonlyargcount) as usize;
        let candidates: Vec<String> = code.localsplus_names[posonly..total].iter().map(|n| n.to_string_lossy().into_owned()).collect();
        let hint = crate::object::suggest::closest(&k, candidates.iter().map(String::as_str))
            .map_or(String::new(), |s| format!(". Did you mean '{s}'?"));
        self.type_error(&format!("{f}() got an unexpected keyword argument '{k}'{hint}"))
    }

    #[cold]
    fn too_many_positional(&mut self, func: Gc<Function>, co: &Code, given: usize, slots: &[Value]) -> Raised {
        let argcount = co.argcount as usize;
        let kwonly_given = slots[argcount..argcount + co.kwonlyargcount as usize].iter().filter(|v| !v.is_null()).count();
        let defcount = func.defaults.get().downcast::<Tuple>().map_or(0, |t| t.len());
        let (takes, plural) = if defcount > 0 {
            (format!("from {} to {argcount}", argcount - defcount.min(argcount)), true)
        } else {
            (argcount.to_string(), argcount != 1)
        };
        let kwonly = if kwonly_given > 0 {
            let (a, b) = (if given == 1 { "" } else { "s" }, if kwonly_given == 1 { "" } else { "s" });
            format!(" positional argument{a} (and {kwonly_given} keyword-only argument{b})")
        } else {
            String::new()
        };
        let f = self.function_name(func);
        let s = if plural { "s" } else { "" };
        let was = if given == 1 && kwonly_given == 0 { "was" } else { "were" };
        self.type_error(&format!("{f}() takes {takes} positional argument{s} but {given}{kwonly} {was} given"))
    }

    /// What is said of the parameters that have neither argument nor default: the positional ones, if there are any, else the others.
    #[cold]
    fn missing(&mut self, func: Gc<Function>, code: Gc<Code>, slots: &[Value]) -> Raised {
        let (argcount, kwonly) = (code.argcount as usize, code.kwonlyargcount as usize);
        let required = argcount.saturating_sub(func.defaults.get().downcast::<Tuple>().map_or(0, |t| t.len()));
        let positional: Vec<usize> = (0..required).filter(|&i| slots[i].is_null()).collect();
        if !positional.is_empty() {
            return self.missing_arguments(func, code, &positional, "positional");
        }
        let defaults = func.kwdefaults.get().downcast::<crate::object::dict::Dict>();
        let lacks = |m: &mut Machine, i: usize| defaults.and_then(|d| d.get_str(m, code.localsplus_names[i])).is_none();
        let named: Vec<usize> = (argcount..argcount + kwonly).filter(|&i| slots[i].is_null() && lacks(self, i)).collect();
        self.missing_arguments(func, code, &named, "keyword-only")
    }

    #[cold]
    fn missing_arguments(&mut self, func: Gc<Function>, code: Gc<Code>, missing: &[usize], kind: &str) -> Raised {
        let names: Vec<String> = missing.iter().map(|&i| format!("'{}'", code.localsplus_names[i].to_string_lossy())).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [head @ .., a, b] => format!("{}, {a}, and {b}", head.join(", ")),
            [] => String::new(),
        };
        let f = self.function_name(func);
        let n = names.len();
        let s = if n == 1 { "" } else { "s" };
        self.type_error(&format!("{f}() missing {n} required {kind} argument{s}: {list}"))
    }
}
