//! The meaning of every opcode, one file per family: a generic opcode beside its specialised forms.
//!
//! The set is closed by `for_each_opcode!`: the dispatch techniques name `ops::X` for every row of the list, so a missing `op!` does
//! not compile.

mod arithmetic;
mod asynchronous;
mod attributes;
mod build;
mod calls;
mod classes;
mod compare;
mod control;
mod exceptions;
mod functions;
mod fused;
mod generators;
mod globals;
mod imports;
mod iteration;
mod locals;
mod patterns;
mod subscripts;
mod text;
mod truth;
mod unpack;
mod words;

pub use crate::adapt::specialize::*;
pub use arithmetic::*;
pub use asynchronous::*;
pub use attributes::*;
pub use build::*;
pub use calls::*;
pub use classes::*;
pub use compare::*;
pub use control::*;
pub use exceptions::*;
pub use functions::*;
pub use fused::*;
pub use generators::*;
pub use globals::*;
pub use imports::*;
pub use iteration::*;
pub use locals::*;
pub use patterns::*;
pub use subscripts::*;
pub use text::*;
pub use truth::*;
pub use unpack::*;

macro_rules! synopses {
    (executable { $($name:ident = $num:literal, $caches:literal, $family:ident;)* } $($pseudo:tt)*) => {
        /// Stack effect and summary of an opcode, parted by a colon; empty for pseudo-opcodes.
        #[must_use]
        pub fn synopsis(op: crate::opcodes::Opcode) -> &'static str {
            match op {
                $(crate::opcodes::Opcode::$name => <$name as crate::op::Op>::SYNOPSIS,)*
                _ => "",
            }
        }
    };
}
crate::for_each_opcode!(synopses);
