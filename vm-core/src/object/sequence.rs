//! What `list` and `tuple` share: comparison, search, repr. Items are read one by one, because comparing may run Python that
//! changes a list.

use super::buffer::copy_values;
use super::header::Gc;
use super::list::List;
use super::slots::Compare;
use super::tuple::Tuple;
use super::value::Value;
use crate::hints::short_loop;
use crate::machine::{Machine, R};
use crate::native::Args;

/// Most items a sequence may have: four gigabytes of them, beyond which `MemoryError` is raised.
pub(super) const MAX_ITEMS: usize = 1 << 29;

/// A list or a tuple (or an instance of a subclass).
#[derive(Clone, Copy)]
pub(super) enum Seq {
    List(Gc<List>),
    Tuple(Gc<Tuple>),
}

impl Seq {
    pub(super) fn len(self) -> usize {
        match self {
            Seq::List(l) => l.len(),
            Seq::Tuple(t) => t.len(),
        }
    }

    /// The items, for code that runs no Python while it holds them.
    #[inline(always)]
    fn items(&self) -> &[Value] {
        match self {
            Seq::List(l) => l.items(),
            Seq::Tuple(t) => t.items(),
        }
    }

    #[inline]
    pub(super) fn get(self, i: usize) -> Option<Value> {
        match self {
            Seq::List(l) => l.get(i),
            Seq::Tuple(t) => t.items().get(i).copied(),
        }
    }
}

/// The six comparisons, item by item.
pub(super) fn compare(m: &mut Machine, a: Seq, b: Seq, op: Compare) -> R<Value> {
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    // CPython looks at the lengths first for lists only.
    if equality && a.len() != b.len() && matches!(a, Seq::List(_)) {
        return Ok(Value::from_bool(op == Compare::Ne));
    }
    let mut i = 0;
    loop {
        i = first_other(a.items(), b.items(), i);
        let (Some(x), Some(y)) = (a.get(i), b.get(i)) else { break };
        if !m.equal_quickly(x, y)? {
            return match op {
                Compare::Eq => Ok(Value::FALSE),
                Compare::Ne => Ok(Value::TRUE),
                _ => m.compare(x, y, op),
            };
        }
        i += 1;
    }
    Ok(Value::from_bool(op.holds(a.len().cmp(&b.len()))))
}

/// The first index, from `from` on, where two sequences do not hold the same object, or where the shorter one ends.
#[inline(always)]
fn first_other(a: &[Value], b: &[Value], from: usize) -> usize {
    let n = a.len().min(b.len());
    let mut i = from;
    while i < n && a[i].is(b[i]) {
        i += 1;
        short_loop();
    }
    i
}

/// Index of the first item equal to `wanted` in a range of indices.
pub(super) fn find(m: &mut Machine, s: Seq, wanted: Value, from: usize, to: usize) -> R<Option<usize>> {
    let mut i = from;
    while i < to
        && let Some(x) = s.get(i)
    {
        if m.equal_quickly(x, wanted)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

/// Number of items equal to `wanted`.
pub(super) fn count(m: &mut Machine, s: Seq, wanted: Value) -> R<Value> {
    let (mut i, mut n) = (0, 0);
    while let Some(x) = s.get(i) {
        n += i64::from(m.equal_quickly(x, wanted)?);
        i += 1;
    }
    Ok(Value::small(n))
}

/// `index(value, start=0, stop=sys.maxsize)`; the position, or `None` with the value.
pub(super) fn index(m: &mut Machine, s: Seq, args: Args<'_>) -> R<Result<Value, Value>> {
    let args = args.between(m, "index", 1, 3)?;
    let wanted = args[0];
    let mut bounds = [0, i64::MAX];
    for (bound, &arg) in bounds.iter_mut().zip(&args[1..]) {
        *bound = m.search_bound(arg)?;
    }
    let len = s.len() as i64;
    let [from, to] = bounds.map(|i| if i < 0 { (i + len).max(0) } else { i } as usize);
    Ok(match find(m, s, wanted, from, to)? {
        Some(i) => Ok(Value::small(i as i64)),
        None => Err(wanted),
    })
}

/// `repr` between brackets; `...` for what is being shown already.
pub(super) fn repr(m: &mut Machine, v: Value, s: Seq) -> R<Value> {
    let (open, close) = match s {
        Seq::List(_) => ("[", "]"),
        Seq::Tuple(_) => ("(", ")"),
    };
    if s.len() == 0 {
        return Ok(m.str_value(&format!("{open}{close}")));
    }
    if !m.repr_enter(v) {
        return Ok(m.str_value(&format!("{open}...{close}")));
    }
    let shown = repr_items(m, s, open.as_bytes()[0]);
    m.repr_leave();
    let (mut out, mut chars) = shown?;
    if matches!(s, Seq::Tuple(_)) && s.len() == 1 {
        out.push(b',');
        chars += 1;
    }
    out.extend_from_slice(close.as_bytes());
    Ok(m.new_str_counted(&out, chars + 1)?.value())
}

fn repr_items(m: &mut Machine, s: Seq, open: u8) -> R<(Vec<u8>, usize)> {
    let (mut out, mut chars) = (vec![open], 1);
    let mut i = 0;
    while let Some(x) = s.get(i) {
        if i > 0 {
            out.extend_from_slice(b", ");
            chars += 2;
        }
        let text = m.repr(x)?;
        out.extend_from_slice(text.bytes());
        chars += text.char_len();
        i += 1;
    }
    Ok((out, chars))
}

/// An index below `len`, counting from the end if negative.
#[inline]
pub(super) fn position(i: i64, len: usize) -> Option<usize> {
    let i = if i < 0 { i + len as i64 } else { i };
    usize::try_from(i).ok().filter(|&i| i < len)
}

/// Writes items again and again, until there are `total` of them, a multiple of their number.
///
/// # Safety
/// There is room for so many.
#[inline]
pub(super) unsafe fn repeat_items(items: &[Value], total: usize, to: *mut Value) {
    let mut done = 0;
    // SAFETY: as the caller promises.
    unsafe {
        if let &[item] = items {
            while done < total {
                to.add(done).write(item);
                done += 1;
            }
        }
        while done < total {
            copy_values(to.add(done), items);
            done += items.len();
        }
    }
}

/// `count` times `len` items, or `MemoryError`.
pub(super) fn repeated_len(m: &mut Machine, len: usize, count: i64) -> R<usize> {
    let count = usize::try_from(count).unwrap_or(0);
    match len.checked_mul(count) {
        Some(n) if n <= MAX_ITEMS => Ok(n),
        _ => Err(m.memory_error()),
    }
}

/// `__class_getitem__` of the generic builtin classes.
pub(super) fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let alias = m.types.generic_alias.value();
    m.call(alias, &[class, args.pos()[0]])
}

impl Machine {
    /// A function of the `builtins` module, for `__reduce__`.
    pub(crate) fn builtin_named(&mut self, name: &str) -> R<Value> {
        let key = self.intern(name);
        let builtins = self.builtins;
        match builtins.get_str(self, key) {
            Some(v) => Ok(v),
            None => Err(self.attribute_error(name)),
        }
    }
}
