//! Patterns as the engine runs them: CPython's regular-expression code with jumps resolved and character sets prepared.
//!
//! In contrast to CPython, which interprets the code its `re` package makes, this form knows what each end of a group belongs to,
//! so that the engine needs no recursion, and it answers "may a match begin with this character?" for every pattern that has an answer.

use super::chars::{Fold, Set};

/// No instruction.
pub(super) const NOWHERE: u32 = u32::MAX;
/// No limit of a repetition.
pub(super) const UNLIMITED: u32 = u32::MAX;

/// What matches exactly one character.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    /// All but a line feed.
    Any,
    /// All.
    AnyAll,
    /// One character.
    Literal(u32),
    /// All but one character.
    NotLiteral(u32),
    /// A set, by number.
    Set(u32),
}

/// An instruction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    /// No match.
    Fail,
    /// The whole pattern matched.
    Success,
    /// One character.
    One(Single),
    /// Characters of `Program::text`.
    Text { from: u32, len: u32 },
    /// A position.
    At(u32),
    /// Start or end of a group.
    Mark(u32),
    /// Goes on elsewhere.
    Jump(u32),
    /// An alternative follows; the next one is at `next`.
    Alternative { next: u32 },
    /// A repeated single character, what follows is the tail.
    RepeatOne { item: Single, min: u32, max: u32 },
    /// The same, as few as possible.
    MinRepeatOne { item: Single, min: u32, max: u32 },
    /// The same, never giving back.
    PossessiveOne { item: Single, min: u32, max: u32 },
    /// A repeated group: goes to its end first.
    Repeat { until: u32 },
    /// End of a repeated group; the tail follows.
    MaxUntil { min: u32, max: u32, body: u32 },
    /// End of a group repeated as often as necessary; the tail follows.
    MinUntil { min: u32, max: u32, body: u32 },
    /// A group repeated without giving back.
    Possessive { min: u32, max: u32, tail: u32 },
    /// Its end.
    EndPossessive,
    /// An atomic group.
    Atomic { tail: u32 },
    /// Its end.
    EndAtomic,
    /// A look-around, from so many characters back.
    Assert { back: u32, tail: u32 },
    /// Its end.
    EndAssert,
    /// A negative look-around.
    AssertNot { back: u32, tail: u32 },
    /// Its end.
    EndAssertNot,
    /// What a group matched.
    GroupRef { group: u32, fold: Fold },
    /// Goes on here if a group took part, else elsewhere.
    GroupExists { group: u32, otherwise: u32 },
}

/// The first characters of a way to match.
pub(super) type Head = smallvec::SmallVec<[Single; HEAD_CHARS]>;
/// So many characters are looked at before a match is tried,
const HEAD_CHARS: usize = 4;
/// in so many ways.
const MOST_HEADS: usize = 8;

/// A pattern ready to run.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) insts: Vec<Inst>,
    pub(super) sets: Vec<Set>,
    /// Characters of literal texts.
    pub(super) text: Vec<u32>,
    /// Number of groups.
    pub(super) groups: usize,
    /// Least number of characters of a match.
    pub(super) min_width: usize,
    /// What every match begins with.
    pub(super) prefix: Vec<u32>,
    /// Nothing but the prefix has to match.
    pub(super) only_prefix: bool,
    /// Searches for the prefix in bytes.
    pub(super) finder: Option<memchr::memmem::Finder<'static>>,
    /// Where matches may begin in several ways: the first characters of each.
    pub(super) heads: Vec<Head>,
    /// What the first character of every match is in.
    pub(super) first: Option<Set>,
    /// The pattern matches at the beginning only.
    pub(super) anchored: bool,
}

impl Program {
    /// Whether a character matches.
    #[inline(always)]
    pub(super) fn single(&self, single: Single, c: u32) -> bool {
        match single {
            Single::Any => c != 10,
            Single::AnyAll => true,
            Single::Literal(wanted) => c == wanted,
            Single::NotLiteral(not) => c != not,
            Single::Set(set) => self.sets[set as usize].has(c),
        }
    }

    /// Finds out what matches may begin with, unless the code said so.
    pub(super) fn analyse(&mut self) {
        self.anchored = matches!(self.insts.first(), Some(Inst::At(0 | 2)));
        if self.prefix.is_empty() && self.first.is_none() {
            let mut first = First { bits: [0; 8], far: false, budget: 200 };
            if first.add(self, 0).is_some() {
                self.first = Some(Set::of_bits(first.bits, first.far));
            }
        }
        if self.prefix.len() > 1
            && let Ok(bytes) = self.prefix.iter().map(|&c| u8::try_from(c)).collect::<Result<Vec<u8>, _>>()
        {
            self.finder = Some(memchr::memmem::Finder::new(&bytes).into_owned());
        }
        let mut heads = Vec::new();
        // One character is what the first set tells already.
        if self.add_heads(0, Head::new(), 0, &mut heads) && heads.iter().all(|head| head.len() > 1) {
            self.heads = heads;
        }
    }

    /// Adds the heads of the ways to match from an instruction on, after those characters; false if there are too many.
    fn add_heads(&self, mut pc: usize, mut head: Head, nesting: usize, heads: &mut Vec<Head>) -> bool {
        if nesting > MOST_HEADS {
            return false;
        }
        while head.len() < HEAD_CHARS {
            pc = match self.insts[pc] {
                Inst::One(single) => {
                    head.push(single);
                    pc + 1
                }
                Inst::Text { from, len } => {
                    let text = &self.text[from as usize..(from + len) as usize];
                    head.extend(text.iter().map(|&c| Single::Literal(c)).take(HEAD_CHARS - head.len()));
                    pc + 1
                }
                Inst::Mark(_) => pc + 1,
                Inst::Jump(to) => to as usize,
                Inst::Alternative { next: NOWHERE } => pc + 1,
                Inst::Alternative { next } => {
                    if !self.add_heads(pc + 1, head.clone(), nesting + 1, heads) {
                        return false;
                    }
                    next as usize
                }
                Inst::Fail => return true,
                _ => break,
            };
        }
        heads.push(head);
        heads.len() <= MOST_HEADS
    }
}

/// The characters that a match may begin with, as they are collected.
struct First {
    bits: [u32; 8],
    far: bool,
    budget: u32,
}

impl First {
    fn single(&mut self, p: &Program, single: Single) -> Option<()> {
        match single {
            Single::Literal(c) if c < 256 => self.bits[(c >> 5) as usize] |= 1 << (c & 31),
            Single::Literal(_) => self.far = true,
            Single::Set(set) => {
                let set = &p.sets[set as usize];
                self.bits.iter_mut().zip(set.bits()).for_each(|(to, from)| *to |= from);
                self.far |= set.reaches_far();
            }
            _ => return None,
        }
        Some(())
    }

    /// Adds what a match from an instruction on may begin with; `None` if that may be anything, or nothing at all.
    fn add(&mut self, p: &Program, mut pc: usize) -> Option<()> {
        loop {
            self.budget = self.budget.checked_sub(1)?;
            pc = match p.insts[pc] {
                Inst::One(single) => return self.single(p, single),
                Inst::Text { from, .. } => return self.single(p, Single::Literal(p.text[from as usize])),
                Inst::At(_) | Inst::Mark(_) | Inst::EndAtomic | Inst::EndPossessive | Inst::MaxUntil { .. } | Inst::MinUntil { .. } => {
                    pc + 1
                }
                Inst::Jump(to) => to as usize,
                Inst::Alternative { next } => {
                    if next != NOWHERE {
                        self.add(p, next as usize)?;
                    }
                    pc + 1
                }
                Inst::RepeatOne { item, min, .. } | Inst::MinRepeatOne { item, min, .. } | Inst::PossessiveOne { item, min, .. } => {
                    self.single(p, item)?;
                    if min > 0 {
                        return Some(());
                    }
                    pc + 1
                }
                Inst::Repeat { until } => {
                    let (Inst::MaxUntil { min, .. } | Inst::MinUntil { min, .. }) = p.insts[until as usize] else { return None };
                    if min == 0 {
                        self.add(p, until as usize + 1)?;
                    }
                    pc + 1
                }
                Inst::Possessive { min, tail, .. } => {
                    if min == 0 {
                        self.add(p, tail as usize)?;
                    }
                    pc + 1
                }
                Inst::Atomic { .. } => pc + 1,
                Inst::Assert { tail, .. } | Inst::AssertNot { tail, .. } => tail as usize,
                Inst::GroupExists { otherwise, .. } => {
                    self.add(p, otherwise as usize)?;
                    pc + 1
                }
                Inst::Fail => return Some(()),
                Inst::Success | Inst::EndAssert | Inst::EndAssertNot | Inst::GroupRef { .. } => return None,
            };
        }
    }
}
