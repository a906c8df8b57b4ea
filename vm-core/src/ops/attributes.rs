//! LOAD_ATTR, STORE_ATTR, LOAD_SUPER_ATTR, their specialised forms, and DELETE_ATTR.

use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// `owner.name`; with bit 0 of the argument as a method: the callable, and its `self` or no value.
    LOAD_ATTR (owner -- attribute, self_or_null if (oparg & 1)) slow |s| {
        let owner = s.top(1);
        let name = s.name(s.oparg >> 1);
        if s.oparg & 1 == 0 {
            let value = s.m.get_attr(owner, name)?;
            s.set_top(1, value);
        } else {
            let (callable, this) = s.m.load_method(owner, name)?;
            s.set_top(1, callable);
            s.push(this);
        }
        Ok(Next::Done)
    }

    /// `owner.name = value`.
    STORE_ATTR (value, owner --) slow |s| {
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
        s.drop(1);
        Ok(Next::Done)
    }

    /// `super(class, self).name`; bit 0: as a method; bit 1: `super` was called with two arguments in the source.
    LOAD_SUPER_ATTR (global_super, class, self -- attribute, self_or_null if (oparg & 1)) slow |s| {
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
}
