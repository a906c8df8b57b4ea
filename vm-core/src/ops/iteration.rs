//! GET_ITER, FOR_ITER and its specialised forms.

use crate::object::generator::{GenState, Generator};
use crate::object::iterators::{ListIter, TupleIter};
use crate::object::list::List;
use crate::object::range::RangeIter;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Op};

op! {
    /// `iter(iterable)`.
    GET_ITER (iterable -- iterator) slow |s| {
        let iterable = s.top(1);
        let iterator = s.m.iter(iterable)?;
        s.set_top(1, iterator);
        Ok(Next::Done)
    }

    /// Pushes the next item, or drops the exhausted iterator and goes on behind END_FOR and POP_TOP.
    FOR_ITER (iterator -- iterator, item) slow |s| {
        let iterator = s.top(1);
        match s.m.next(iterator)? {
            Some(item) => {
                s.push(item);
                Ok(Next::Done)
            }
            None => {
                s.drop(1);
                Ok(s.jump(FOR_ITER::LEN, s.oparg.cast_signed() + 2))
            }
        }
    }

    /// The next item of a list.
    FOR_ITER_LIST of FOR_ITER (iterator -- iterator, item) fast |cx| {
        let iterator = cx.top(1);
        let Some(it) = cx.exact::<ListIter>(iterator, (*cx.vm).types.list_iter) else { return cx.slow() };
        let list = it.list.get();
        if !list.is_null() {
            let index = it.index.get();
            if let Some(item) = list.cast::<List>().get(index) {
                it.index.set(index + 1);
                cx.push(item);
                return cx.next();
            }
            it.list.set(Value::NULL);
        }
        end_of_loop(cx)
    }

    /// The next item of a tuple.
    FOR_ITER_TUPLE of FOR_ITER (iterator -- iterator, item) fast |cx| {
        let iterator = cx.top(1);
        let Some(it) = cx.exact::<TupleIter>(iterator, (*cx.vm).types.tuple_iter) else { return cx.slow() };
        let tuple = it.tuple.get();
        if !tuple.is_null() {
            let index = it.index.get();
            if let Some(&item) = tuple.cast::<Tuple>().slice().get(index) {
                it.index.set(index + 1);
                cx.push(item);
                return cx.next();
            }
            it.tuple.set(Value::NULL);
        }
        end_of_loop(cx)
    }

    /// The next number of a range.
    FOR_ITER_RANGE of FOR_ITER (iterator -- iterator, item) fast |cx| {
        let iterator = cx.top(1);
        let Some(it) = cx.exact::<RangeIter>(iterator, (*cx.vm).types.range_iter) else { return cx.slow() };
        let remaining = it.remaining.get();
        if remaining == 0 {
            return end_of_loop(cx);
        }
        let value = it.next.get();
        let item = Value::small(value);
        it.next.set(value.wrapping_add(it.step));
        it.remaining.set(remaining - 1);
        cx.push(item);
        cx.next()
    }

    /// The next value of a generator, whose frame is entered here.
    FOR_ITER_GEN of FOR_ITER (iterator -- iterator, item) fast |cx| {
        let iterator = cx.top(1);
        let Some(generator) = cx.exact::<Generator>(iterator, (*cx.vm).types.generator) else { return cx.slow() };
        if !matches!(generator.state.get(), GenState::Created | GenState::Suspended) || (*cx.vm).recursion_left <= 1 {
            return cx.slow();
        }
        let frame = cx.frame();
        (*frame).ip = cx.ip.add(FOR_ITER::LEN);
        (*frame).sp = cx.sp;
        (*cx.vm).fp = cx.fp;
        generator.enter(cx.vm, Value::NONE);
        let inner = generator.frame();
        (*inner).return_offset = cx.oparg as u32;
        Flow::Enter((*inner).ip, (*inner).sp, generator.fp())
    }

    /// `len(value)`, leaving the value.
    GET_LEN (value -- value, length) slow |s| {
        let v = s.top(1);
        let n = s.m.len(v)?;
        s.push(Value::small(n.cast_signed() as i64));
        Ok(Next::Done)
    }
}

/// Drops the exhausted iterator and goes on behind the loop's END_FOR and POP_TOP.
#[inline(always)]
unsafe fn end_of_loop(cx: Cx) -> Flow {
    // SAFETY: the compiler puts END_FOR and POP_TOP at the jump's target.
    unsafe { Flow::Jump(cx.ip.add(FOR_ITER::LEN + cx.oparg + 2), cx.sp.sub(1)) }
}
