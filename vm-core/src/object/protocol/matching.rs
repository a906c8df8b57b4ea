//! What `match` statements ask of objects (`MATCH_KEYS`, `MATCH_CLASS`).

use crate::machine::{Machine, R};
use crate::object::buffer::ValueVec;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

impl Machine {
    /// Values of a tuple of keys in a mapping as a tuple, or `None` if one is missing.
    pub(crate) fn match_keys(&mut self, subject: Value, keys: Value) -> R<Value> {
        let Some(keys) = keys.downcast::<Tuple>() else { return Ok(Value::NONE) };
        let mut values = ValueVec::with_capacity(self, keys.len());
        let exact_dict = self.type_of(subject) == self.types.dict;
        for (i, &key) in keys.slice().iter().enumerate() {
            for &earlier in &keys.slice()[..i] {
                if self.equal(earlier, key)? {
                    let text = self.repr(key)?.to_string_lossy().into_owned();
                    return Err(self.value_error(&format!("mapping pattern checks duplicate key ({text})")));
                }
            }
            let found = if exact_dict {
                // SAFETY: an exact dict.
                unsafe { subject.cast::<crate::object::dict::Dict>() }.get(self, key)?
            } else {
                let get = self.intern("get");
                let missing = self.new_list(&[]).value();
                let v = self.call_method(subject, get, &[key, missing])?;
                if v.is(missing) { None } else { Some(v) }
            };
            match found {
                Some(v) => values.push(self, v),
                None => return Ok(Value::NONE),
            }
        }
        Ok(self.new_tuple(&values).value())
    }

    /// Attributes that a class pattern with `positional` sub-patterns and keyword `names` binds, as a tuple, or `None`.
    pub(crate) fn match_class(&mut self, subject: Value, class: Value, positional: usize, names: Value) -> R<Value> {
        let Some(ty) = class.downcast::<Type>() else {
            return Err(self.type_error("called match pattern must be a class"));
        };
        if !self.is_instance(subject, class)? {
            return Ok(Value::NONE);
        }
        let names = names.downcast::<Tuple>().map_or(&[][..], |t| t.slice());
        let mut attributes = ValueVec::with_capacity(self, positional + names.len());
        let mut seen: Vec<Box<[u8]>> = Vec::new();
        if positional > 0 {
            let attribute = self.names.match_args;
            let (match_args, is_self) = match self.get_attr_opt(class, attribute)? {
                Some(v) => (v, false),
                None => (self.new_tuple(&[]).value(), ty.has(TypeFlags::MATCH_SELF)),
            };
            let class_name = ty.name_str();
            let Some(match_args) = match_args.downcast::<Tuple>() else {
                let got = self.type_name(match_args);
                return Err(self.type_error(&format!("{class_name}.__match_args__ must be a tuple (got {got})")));
            };
            let allowed = if is_self { 1 } else { match_args.len() };
            if allowed < positional {
                let s = if allowed == 1 { "" } else { "s" };
                return Err(self.type_error(&format!("{class_name}() accepts {allowed} positional sub-pattern{s} ({positional} given)")));
            }
            if is_self {
                attributes.push(self, subject);
            } else {
                for &name in &match_args.slice()[..positional] {
                    let Some(key) = name.downcast::<Str>() else {
                        let got = self.type_name(name);
                        return Err(self.type_error(&format!("__match_args__ elements must be strings (got {got})")));
                    };
                    match self.match_attribute(subject, key, class_name, &mut seen)? {
                        Some(v) => attributes.push(self, v),
                        None => return Ok(Value::NONE),
                    }
                }
            }
        }
        for &name in names {
            let Some(key) = name.downcast::<Str>() else { continue };
            match self.match_attribute(subject, key, ty.name_str(), &mut seen)? {
                Some(v) => attributes.push(self, v),
                None => return Ok(Value::NONE),
            }
        }
        Ok(self.new_tuple(&attributes).value())
    }

    fn match_attribute(
        &mut self,
        subject: Value,
        name: crate::object::header::Gc<Str>,
        class_name: &str,
        seen: &mut Vec<Box<[u8]>>,
    ) -> R<Option<Value>> {
        if seen.iter().any(|s| **s == *name.bytes()) {
            let text = name.to_string_lossy().into_owned();
            return Err(self.type_error(&format!("{class_name}() got multiple sub-patterns for attribute '{text}'")));
        }
        seen.push(name.bytes().into());
        let name = self.intern_str(name);
        self.get_attr_opt(subject, name)
    }
}
