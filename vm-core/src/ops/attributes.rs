//! LOAD_ATTR, STORE_ATTR, LOAD_SUPER_ATTR, their specialised forms, and DELETE_ATTR.

use crate::adapt::miss;
use crate::adapt::specialize::{COMPUTED, DESCR, DICT_OFFSET, INDEX};
use crate::hints::alone;
use crate::native::Args;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::header::{Gc, LayoutId};
use crate::object::instance::{Inline, Meta, claim, holds_values};
use crate::object::module::Module;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Op, Slow};

op! {
    /// `owner.name`; with bit 0 of the argument as a method: the callable, and its `self` or no value.
    LOAD_ATTR (owner -- attribute, self_or_null if (oparg & 1)) fast |cx| {
        let (owner, name) = (cx.top(1), name_of(cx, cx.oparg >> 1));
        if cx.oparg & 1 == 0 {
            let Some(value) = (*cx.vm).attribute_at_hand(owner, name) else { return cx.slow() };
            cx.set_top(1, value);
        } else {
            let Some((callable, this)) = (*cx.vm).method_at_hand(owner, name) else { return cx.slow() };
            cx.set_top(1, callable);
            cx.push(this);
        }
        cx.next()
    } slow |s| {
        let owner = s.top(1);
        let name = s.name(s.oparg >> 1);
        if s.oparg & 1 == 0 {
            let value = s.m.get_attr(owner, name)?;
            s.set_top(1, value);
        } else {
            let (callable, this) = s.m.load_method(owner, name)?;
            s.set_top(1, alone(callable));
            s.push(this);
        }
        Ok(Next::Done)
    }

    /// `owner.name = value`.
    STORE_ATTR (value, owner --) fast |cx| {
        if (*cx.vm).store_at_hand(cx.top(1), name_of(cx, cx.oparg), cx.top(2)).is_none() {
            return cx.slow();
        }
        Flow::Next(cx.sp.sub(2))
    } slow |s| {
        let (value, owner) = (s.top(2), s.top(1));
        let name = s.name(s.oparg);
        s.m.set_attr(owner, name, value)?;
        s.drop(2);
        Ok(Next::Done)
    }

    /// `del owner.name`.
    DELETE_ATTR (owner --) slow |s| {
        let owner = s.top(1);
        let name = s.name(s.oparg);
        s.m.set_attr(owner, name, Value::NULL)?;
        s.m.finalizers.release();
        s.drop(1);
        Ok(Next::Done)
    }

    /// `super(class, self).name`; bit 0: as a method; bit 1: `super` was called with two arguments in the source.
    LOAD_SUPER_ATTR (global_super, class, self -- attribute, self_or_null if (oparg & 1)) apart |s| {
        let (global_super, class, this) = (s.top(3), s.top(2), s.top(1));
        let name = s.name(s.oparg >> 2);
        let super_type = s.m.types.super_.value();
        let class_type = class.downcast::<crate::object::typeobj::Type>();
        if let (true, 1, Some(class)) = (global_super == super_type, s.oparg & 1, class_type) {
            let (attribute, is_method) = s.m.super_lookup(class, this, name)?;
            s.drop(3);
            s.push(attribute);
            s.push(if is_method { this } else { Value::NULL });
            return Ok(Next::Done);
        }
        let args = [class, this];
        let proxy = if s.oparg & 2 != 0 { s.m.call(global_super, &args)? } else { s.m.call(global_super, &[])? };
        let attribute = s.m.get_attr(proxy, name)?;
        s.drop(3);
        s.push(attribute);
        if s.oparg & 1 != 0 {
            s.push(Value::NULL);
        }
        Ok(Next::Done)
    }

    /// An attribute in the instance's inline values.
    LOAD_ATTR_INSTANCE_VALUE of LOAD_ATTR (owner -- attribute, null if (oparg & 1)) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        // The version implies the offset, which need not wait for the type.
        let inline = Inline::at(object, cx.cache(DICT_OFFSET));
        // An index among inline values is below 30.
        let index = cx.cache(INDEX);
        if index as u8 >= (*inline.meta).capacity {
            return cx.slow();
        }
        let value = *inline.values.add(index as usize);
        if value.is_null() {
            return cx.slow();
        }
        loaded(cx, value)
    } slow |s| {
        let owner = s.top(1);
        if !has_version(s, owner) || !moved(owner) {
            return miss();
        }
        let name = s.name(s.oparg >> 1);
        let ty = s.m.type_of(owner);
        let Some(value) = s.m.dict_get_near(ty, owner, name, s.cache(INDEX) as usize) else { return miss() };
        s.set_top(1, value);
        if s.oparg & 1 != 0 {
            s.push(Value::NULL);
        }
        Ok(Next::Done)
    }

    /// An attribute of a module, at a known entry of its namespace.
    LOAD_ATTR_MODULE of LOAD_ATTR (owner -- attribute, null if (oparg & 1)) fast |cx| {
        let owner = cx.top(1);
        if !cx.is_exact(owner, (*cx.vm).types.module) {
            return cx.slow();
        }
        let Some(dict) = owner.cast::<Module>().dict.get().downcast::<Dict>() else { return cx.slow() };
        if dict.keys_version.get() != cx.cache(1) {
            return cx.slow();
        }
        let value = (*dict.entries.get().add(cx.cache(INDEX) as usize)).value;
        if value.is_null() {
            return cx.slow();
        }
        loaded(cx, value)
    }

    /// An attribute in the instance's dict, probably at a known entry.
    LOAD_ATTR_WITH_HINT of LOAD_ATTR (owner -- attribute, null if (oparg & 1)) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        let word = *object.cast::<u8>().add((*(*object).ty()).dict_offset.get() as usize).cast::<Value>();
        let Some(dict) = cx.exact::<Dict>(word, (*cx.vm).types.dict) else { return cx.slow() };
        let hint = cx.cache(INDEX) as usize;
        if hint >= dict.entries_len() {
            return cx.slow();
        }
        let entry = dict.entries.get().add(hint);
        let name = name_of(cx, cx.oparg >> 1);
        if (*entry).key != name.value() || (*entry).value.is_null() {
            return cx.slow();
        }
        loaded(cx, (*entry).value)
    }

    /// A word of `__slots__`.
    LOAD_ATTR_SLOT of LOAD_ATTR (owner -- attribute, null if (oparg & 1)) fast |cx| {
        let owner = cx.top(1);
        if !cx.has_cached_version(owner, 1) {
            return cx.slow();
        }
        let value = *owner.as_ptr().cast::<u8>().add(cx.cache(INDEX) as usize).cast::<Value>();
        if value.is_null() {
            return cx.slow();
        }
        loaded(cx, value)
    } slow |s| {
        let owner = s.top(1);
        let ty = s.m.type_of(owner);
        if s.cache(1) != ty.version.get() | COMPUTED {
            return miss();
        }
        let name = s.name(s.oparg >> 1);
        let value = s.m.get_attr(owner, name)?;
        s.set_top(1, value);
        if s.oparg & 1 != 0 {
            s.push(Value::NULL);
        }
        Ok(Next::Done)
    }

    /// An attribute of a class.
    LOAD_ATTR_CLASS of LOAD_ATTR (owner -- attribute, null if (oparg & 1)) fast |cx| {
        let owner = cx.top(1);
        if !owner.is_ptr() || (*(*owner.as_ptr()).ty()).layout.id != LayoutId::Type || owner.cast::<Type>().version.get() != cx.cache(1) {
            return cx.slow();
        }
        let value = Value::from_bits(cx.cache_word(DESCR));
        loaded(cx, value)
    }

    /// A property whose getter is a Python function, whose frame is entered here.
    LOAD_ATTR_PROPERTY of LOAD_ATTR (owner -- attribute) slow |s| {
        let owner = s.top(1);
        let ty = s.m.type_of(owner);
        let getter = Value::from_bits(s.cache_word(DESCR));
        if !owner.is_ptr() || ty.version.get() != s.cache(1) || s.m.recursion_left <= 1 {
            return miss();
        }
        let Some(func) = getter.downcast::<Function>() else { return miss() };
        if func.version.get() != s.cache(INDEX) {
            return miss();
        }
        super::calls::enter(s, func, Args::positional(s.tops(1)), 1, LOAD_ATTR::LEN)
    }

    /// A Python `__getattribute__`, whose frame is entered here.
    LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN of LOAD_ATTR (owner -- attribute) slow |s| {
        let owner = s.top(1);
        let ty = s.m.type_of(owner);
        let getter = Value::from_bits(s.cache_word(DESCR));
        if !owner.is_ptr() || ty.version.get() != s.cache(1) || s.m.recursion_left <= 1 {
            return miss();
        }
        let Some(func) = getter.downcast::<Function>() else { return miss() };
        if func.version.get() != s.cache(INDEX) {
            return miss();
        }
        // The arguments stand on the stack, which has words to spare, until they are copied.
        s.push(s.name(s.oparg >> 1).value());
        let args = s.tops(2);
        s.drop(1);
        super::calls::enter(s, func, Args::positional(args), 1, LOAD_ATTR::LEN)
    }

    /// A method of an instance with inline values that do not hide it.
    LOAD_ATTR_METHOD_WITH_VALUES of LOAD_ATTR (owner -- method, self) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        let ty = (*object).ty();
        if (*Inline::at(object, cx.cache(DICT_OFFSET)).meta).valid != Meta::INLINE || (*ty).shared_keys.version.get() != cx.cache(INDEX) {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bits(cx.cache_word(DESCR)));
        cx.push(owner);
        cx.next()
    } slow |s| {
        let owner = s.top(1);
        if !has_version(s, owner) || !moved(owner) || s.m.type_of(owner).shared_keys.version.get() != s.cache(INDEX) {
            return miss();
        }
        s.set_top(1, Value::from_bits(s.cache_word(DESCR)));
        s.push(owner);
        Ok(Next::Done)
    }

    /// A method of an instance without attributes of its own.
    LOAD_ATTR_METHOD_NO_DICT of LOAD_ATTR (owner -- method, self) fast |cx| {
        let owner = cx.top(1);
        if !cx.has_cached_version(owner, 1) {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bits(cx.cache_word(DESCR)));
        cx.push(owner);
        cx.next()
    } slow |s| {
        // Ints and floats held in the word have a type as well.
        let owner = s.top(1);
        if owner.is_ptr() || s.m.type_of(owner).version.get() != s.cache(1) {
            return miss();
        }
        s.set_top(1, Value::from_bits(s.cache_word(DESCR)));
        s.push(owner);
        Ok(Next::Done)
    }

    /// A method of an instance whose dict has not been made.
    LOAD_ATTR_METHOD_LAZY_DICT of LOAD_ATTR (owner -- method, self) fast |cx| {
        let owner = cx.top(1);
        if !cx.has_cached_version(owner, 1) {
            return cx.slow();
        }
        if !(*owner.as_ptr().cast::<u8>().add(cx.cache(INDEX) as usize).cast::<Value>()).is_null() {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bits(cx.cache_word(DESCR)));
        cx.push(owner);
        cx.next()
    }

    /// A plain class attribute of an instance with inline values that do not hide it.
    LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES of LOAD_ATTR (owner -- attribute) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        let ty = (*object).ty();
        if (*Inline::at(object, cx.cache(DICT_OFFSET)).meta).valid != Meta::INLINE || (*ty).shared_keys.version.get() != cx.cache(INDEX) {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bits(cx.cache_word(DESCR)));
        cx.next()
    } slow |s| {
        let owner = s.top(1);
        if !has_version(s, owner) || !moved(owner) || s.m.type_of(owner).shared_keys.version.get() != s.cache(INDEX) {
            return miss();
        }
        s.set_top(1, Value::from_bits(s.cache_word(DESCR)));
        Ok(Next::Done)
    }

    /// A plain class attribute of an instance without attributes of its own.
    LOAD_ATTR_NONDESCRIPTOR_NO_DICT of LOAD_ATTR (owner -- attribute) fast |cx| {
        let owner = cx.top(1);
        if !cx.has_cached_version(owner, 1) {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bits(cx.cache_word(DESCR)));
        cx.next()
    }

    /// Stores into the instance's inline values.
    STORE_ATTR_INSTANCE_VALUE of STORE_ATTR (value, owner --) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        let inline = Inline::at(object, cx.cache(DICT_OFFSET));
        let index = cx.cache(INDEX) as usize;
        // Values that are valid are in the object: it has no dict.
        if index as u8 >= (*inline.meta).capacity || (*inline.meta).valid != Meta::INLINE {
            return cx.slow();
        }
        // Claimed first: the value then needs a register only after that.
        let slot = claim(inline, index);
        *slot = cx.top(2);
        Flow::Next(cx.sp.sub(2))
    }

    /// Stores into a word of `__slots__`.
    STORE_ATTR_SLOT of STORE_ATTR (value, owner --) fast |cx| {
        let owner = cx.top(1);
        if !cx.has_cached_version(owner, 1) {
            return cx.slow();
        }
        *owner.as_ptr().cast::<u8>().add(cx.cache(INDEX) as usize).cast::<Value>() = cx.top(2);
        Flow::Next(cx.sp.sub(2))
    } slow |s| {
        let (value, owner) = (s.top(2), s.top(1));
        if s.cache(1) != s.m.type_of(owner).version.get() | COMPUTED {
            return miss();
        }
        let name = s.name(s.oparg);
        s.m.set_attr(owner, name, value)?;
        s.drop(2);
        Ok(Next::Done)
    }

    /// Stores into the instance's dict, probably at a known entry.
    STORE_ATTR_WITH_HINT of STORE_ATTR (value, owner --) fast |cx| {
        let owner = cx.top(1);
        let Some(object) = cx.of_cached_version(owner, 1) else { return cx.slow() };
        let word = *object.cast::<u8>().add((*(*object).ty()).dict_offset.get() as usize).cast::<Value>();
        let Some(dict) = cx.exact::<Dict>(word, (*cx.vm).types.dict) else { return cx.slow() };
        let hint = cx.cache(INDEX) as usize;
        if hint >= dict.entries_len() {
            return cx.slow();
        }
        let entry = dict.entries.get().add(hint);
        let name = name_of(cx, cx.oparg);
        if (*entry).key != name.value() || (*entry).value.is_null() {
            return cx.slow();
        }
        (*entry).value = cx.top(2);
        Flow::Next(cx.sp.sub(2))
    }

    /// `super().name` of the builtin `super`.
    LOAD_SUPER_ATTR_ATTR of LOAD_SUPER_ATTR (global_super, class, self -- attribute) slow |s| {
        let (global_super, class, this) = (s.top(3), s.top(2), s.top(1));
        let Some(class) = class.downcast::<Type>().filter(|_| global_super == s.m.types.super_.value()) else {
            return miss();
        };
        let name = s.name(s.oparg >> 2);
        let (mut attribute, is_method) = s.m.super_lookup(class, this, name)?;
        if is_method {
            let ty = s.m.type_of(this);
            attribute = s.m.bind_descriptor(attribute, this, ty)?;
        }
        s.drop(3);
        s.push(attribute);
        Ok(Next::Done)
    }

    /// `super().name` as a method of the builtin `super`.
    LOAD_SUPER_ATTR_METHOD of LOAD_SUPER_ATTR (global_super, class, self -- attribute, self_or_null) slow |s| {
        let (global_super, class, this) = (s.top(3), s.top(2), s.top(1));
        let Some(class) = class.downcast::<Type>().filter(|_| global_super == s.m.types.super_.value()) else {
            return miss();
        };
        let name = s.name(s.oparg >> 2);
        let (attribute, is_method) = s.m.super_lookup(class, this, name)?;
        s.drop(3);
        s.push(attribute);
        s.push(if is_method { this } else { Value::NULL });
        Ok(Next::Done)
    }
}

/// Whether the owner is a heap object of the cached type version.
fn has_version(s: &Slow<'_>, owner: Value) -> bool {
    owner.is_ptr() && s.m.type_of(owner).version.get() == s.cache(1)
}

/// Whether the attributes of an instance with inline values are in its `__dict__`, and CPython would still hold them inline.
fn moved(owner: Value) -> bool {
    // SAFETY: the guards of the forms that ask have checked that the class has inline values.
    unsafe {
        let ty = Gc::from_raw((*owner.as_ptr()).ty().cast_mut());
        let inline = Inline::of(&ty, owner.as_ptr());
        (*inline.meta).valid == Meta::MOVED && holds_values(ty, owner.as_ptr())
    }
}

/// A name of the frame's code.
#[inline(always)]
unsafe fn name_of(cx: Cx, index: usize) -> Gc<Str> {
    // SAFETY: verified code names existing names.
    unsafe { *(*(*cx.frame()).code).names.add(index) }
}

/// Replaces the owner by its attribute; "no value" is written above it in any case, and kept if it is asked for.
#[inline(always)]
unsafe fn loaded(cx: Cx, value: Value) -> Flow {
    // SAFETY: the compiler reserved the word above the owner if the argument's bit 0 is set, and frames have slack above their stack.
    unsafe {
        cx.set_top(1, value);
        *cx.sp = Value::NULL;
        Flow::Next(cx.sp.add(cx.oparg & 1))
    }
}
