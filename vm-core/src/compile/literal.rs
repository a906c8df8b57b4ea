//! The value of a literal in a syntax tree: a constant that copies of a node share, one word.

use super::pool::Shared;
use crate::code::Const;
use std::fmt;
use std::ops::Deref;

/// A constant of a tree.
#[derive(Clone)]
pub struct Literal(Shared<Const>);

impl Literal {
    /// Keeps a constant.
    #[must_use]
    pub fn new(value: Const) -> Self {
        let owns_memory = match &value {
            Const::None | Const::Bool(_) | Const::Ellipsis | Const::Float(_) | Const::Complex(..) => false,
            Const::Int(int) => int.word().is_none(),
            Const::Str(_) | Const::Bytes(_) | Const::Tuple(_) | Const::FrozenSet(_) | Const::Code(_) => true,
        };
        Literal(if owns_memory { Shared::new(value) } else { Shared::without_drop(value) })
    }
}

impl From<Const> for Literal {
    fn from(value: Const) -> Self {
        Literal::new(value)
    }
}

impl Deref for Literal {
    type Target = Const;

    #[inline]
    fn deref(&self) -> &Const {
        &self.0
    }
}

impl fmt::Debug for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
