//! One file per dispatch technique, and the grid of variants.
//!
//! A technique turns the opcodes of `vm_core` into a run loop and knows nothing of Python. All of them live in one binary, built by one
//! compiler; a variant is a technique at an instruction-set level. Adding a technique is one file and one line in `techniques!`.

#![cfg_attr(feature = "guaranteed-tail-calls", feature(explicit_tail_calls, rust_preserve_none_cc))]
#![cfg_attr(feature = "guaranteed-tail-calls", expect(incomplete_features, reason = "opted into: explicit_tail_calls"))]

mod call;
mod switch;
mod tailcall;

use vm_core::adapt::Level;
use vm_core::machine::stack::RunFn;
use vm_core::probe::{Count, NoProbe, Observe};

/// Which probe a run is compiled with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Watch {
    /// None: for timing.
    Nothing,
    /// Executions per opcode.
    Count,
    /// Every instruction, through an observer.
    Observe,
}

/// A way to get from one instruction to the next.
#[derive(Clone, Copy, Debug)]
pub struct Technique {
    /// The name on the command line.
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    run: [RunFn; 3],
}

impl Technique {
    /// Its run loop with that probe.
    #[must_use]
    pub fn run_fn(&self, watch: Watch) -> RunFn {
        self.run[watch as usize]
    }
}

macro_rules! techniques {
    ($($module:ident: $summary:literal;)*) => {
        /// Every technique. No constant: that would be compiled, handlers and all, into each crate that names it.
        pub static TECHNIQUES: &[Technique] = &[$(Technique {
            name: stringify!($module),
            summary: $summary,
            run: [$module::run::<NoProbe>, $module::run::<Count>, $module::run::<Observe>],
        },)*];
    };
}

techniques! {
    switch: "one loop around one match";
    call: "a loop calling through the handler table";
    tailcall: "each handler jumps to the next through the handler table";
}

/// How the guaranteed tail call is spelled in this build.
pub use tailcall::MECHANISM as TAIL_CALL_MECHANISM;
pub use tailcall::handler_addresses;

/// A cell of the grid.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The dispatch technique.
    pub technique: &'static Technique,
    /// The instruction-set level.
    pub level: Level,
}

/// The ladder: names for four cells, each one step from the one before.
pub const LADDER: [(&str, &str, Level); 4] = [
    ("switch", "switch", Level::Plain),
    ("tailcall", "tailcall", Level::Plain),
    ("quickened", "tailcall", Level::Quickened),
    ("specialized", "tailcall", Level::Specialized),
];

impl Variant {
    /// Every cell.
    pub fn grid() -> impl Iterator<Item = Variant> {
        TECHNIQUES.iter().flat_map(|technique| Level::ALL.into_iter().map(move |level| Variant { technique, level }))
    }

    /// The cell of a name: a ladder name, or `technique/level`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Variant> {
        let (technique, level) = match LADDER.iter().find(|l| l.0 == name) {
            Some(&(_, technique, level)) => (technique, level.name()),
            None => name.split_once('/')?,
        };
        Self::grid().find(|v| v.technique.name == technique && v.level.name() == level)
    }

    /// `technique/level`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.technique.name, self.level.name())
    }

    /// Its name on the ladder, if it has one.
    #[must_use]
    pub fn ladder_name(&self) -> Option<&'static str> {
        LADDER.iter().find(|l| l.1 == self.technique.name && l.2 == self.level).map(|l| l.0)
    }
}
