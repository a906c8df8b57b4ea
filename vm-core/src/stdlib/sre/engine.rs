//! The matcher: backtracking over an explicit stack of choices, so that no pattern or subject can overflow the native stack.
//!
//! Whatever a failed attempt changed (groups, counts of repetitions) is recorded on a trail and undone exactly. CPython saves and
//! restores all groups at each choice instead; the results are the same.

use super::Scratch;
use super::chars::{self, Fold};
use super::program::{Head, Inst, NOWHERE, Program, Single, UNLIMITED};
use crate::machine::Breaker;
use std::sync::atomic::{AtomicU32, Ordering};

/// A character of a subject: a byte, or a code point.
pub(super) trait Char: Copy + Into<u32> {
    /// Place of the first such character.
    fn find(subject: &[Self], wanted: u32) -> Option<usize>;

    /// Place where what every match of the pattern begins with may stand first: there is at least its first character.
    fn find_prefix(subject: &[Self], program: &Program) -> Option<usize>;
}

impl Char for u8 {
    fn find(subject: &[u8], wanted: u32) -> Option<usize> {
        memchr::memchr(u8::try_from(wanted).ok()?, subject)
    }

    fn find_prefix(subject: &[u8], program: &Program) -> Option<usize> {
        match &program.finder {
            Some(finder) => finder.find(subject),
            None => Self::find(subject, *program.prefix.first()?),
        }
    }
}

impl Char for u32 {
    fn find(subject: &[u32], wanted: u32) -> Option<usize> {
        subject.iter().position(|&c| c == wanted)
    }

    fn find_prefix(subject: &[u32], program: &Program) -> Option<usize> {
        Self::find(subject, *program.prefix.first()?)
    }
}

/// The match was interrupted: the machine's breaker says why.
#[derive(Debug)]
pub(super) struct Interrupted;

/// A group, or an end of one, that did not take part.
pub(super) const UNSET: usize = usize::MAX;
const NO_REPEAT: u32 = u32::MAX;
const NO_BARRIER: usize = usize::MAX;

#[derive(Clone, Copy)]
enum Kind {
    /// Go on at `pc`.
    Resume,
    /// Give back one character of a repeated single.
    Greedy,
    /// Take one more character of a repeated single.
    Lazy,
    /// Leave a repetition.
    Leave,
    /// Repeat once more.
    More,
    /// Bottom of an atomic group or a look-around.
    Barrier,
    /// Bottom of a negative look-around.
    Not,
    /// Bottom of one round of a possessive repetition.
    Round,
}

/// A place to go back to.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    kind: Kind,
    pc: u32,
    repeat: u32,
    repeats: u32,
    ptr: usize,
    trail: usize,
    /// `Greedy`: the least end. `Lazy`: characters that may still be taken. Barriers: the barrier below.
    extra: usize,
    /// `Round`: rounds before this one.
    rounds: usize,
}

/// A repetition under way.
#[derive(Clone, Copy)]
pub(super) struct Repetition {
    /// Rounds begun, less one.
    count: i64,
    last: usize,
    outer: u32,
}

/// A change to be undone.
#[derive(Clone, Copy)]
pub(super) enum Undo {
    Mark { mark: u32, position: usize, last_group: i64 },
    Repetition { index: u32, count: i64, last: usize },
}

/// What to match, and how.
pub(super) struct Attempt<'a, C> {
    /// The pattern.
    pub(super) program: &'a Program,
    /// The subject, to the end of the part that is searched.
    pub(super) subject: &'a [C],
    /// The match must reach the end.
    pub(super) whole: bool,
    /// Set by interrupts and time limits.
    pub(super) breaker: &'a AtomicU32,
}

const INTERRUPTS: u32 = Breaker::INTERRUPT | Breaker::TIMEOUT;

impl<C: Char> Attempt<'_, C> {
    /// Whether the instruction may match here, as far as its first character tells.
    #[inline(always)]
    fn viable(&self, pc: usize, ptr: usize) -> bool {
        match self.program.insts[pc] {
            Inst::One(single) => ptr < self.subject.len() && self.program.single(single, self.subject[ptr].into()),
            Inst::Text { from, .. } => ptr < self.subject.len() && self.subject[ptr].into() == self.program.text[from as usize],
            _ => true,
        }
    }

    /// Whether a match may begin at a place, as far as its first few characters tell.
    #[inline]
    fn begins(&self, at: usize) -> bool {
        let rest = &self.subject[at..];
        let heads = &self.program.heads;
        let fits =
            |head: &Head| rest.len() >= head.len() && head.iter().zip(rest).all(|(&single, &c)| self.program.single(single, c.into()));
        heads.is_empty() || heads.iter().any(fits)
    }

    /// How many characters match from `ptr` on, at most `max`.
    fn count(&self, single: Single, ptr: usize, max: u32) -> usize {
        let rest = &self.subject[ptr..];
        let rest = if max != UNLIMITED && (max as usize) < rest.len() { &rest[..max as usize] } else { rest };
        match single {
            Single::AnyAll => rest.len(),
            Single::Any => C::find(rest, 10).unwrap_or(rest.len()),
            Single::NotLiteral(c) => C::find(rest, c).unwrap_or(rest.len()),
            Single::Literal(c) => rest.iter().position(|&x| x.into() != c).unwrap_or(rest.len()),
            Single::Set(set) => {
                let set = &self.program.sets[set as usize];
                rest.iter().position(|&x| !set.has(x.into())).unwrap_or(rest.len())
            }
        }
    }

    fn at(&self, kind: u32, ptr: usize) -> bool {
        let before = ptr.checked_sub(1).map(|i| self.subject[i].into());
        let after = self.subject.get(ptr).map(|&c| c.into());
        chars::at(kind, before, after, ptr + 1 == self.subject.len())
    }

    /// Where what a group matched ends when it is found again at `ptr`.
    fn again(&self, sc: &Scratch, group: u32, fold: Fold, ptr: usize) -> Option<usize> {
        let (from, to) = (sc.marks[2 * group as usize], sc.marks[2 * group as usize + 1]);
        if from == UNSET || to == UNSET || to < from {
            return None;
        }
        let there = self.subject.get(ptr..ptr + (to - from))?;
        let same = |(a, b): (&C, &C)| {
            let (a, b): (u32, u32) = ((*a).into(), (*b).into());
            a == b || (fold != Fold::None && fold.apply(a) == fold.apply(b))
        };
        self.subject[from..to].iter().zip(there).all(same).then_some(ptr + (to - from))
    }

    /// Matches from `start` on and gives the end of the match; groups are in `sc.marks`.
    pub(super) fn run(&self, sc: &mut Scratch, start: usize, must_advance: bool) -> Result<Option<usize>, Interrupted> {
        let insts = &self.program.insts[..];
        let end = self.subject.len();
        sc.begin(self.program.groups);
        let (mut pc, mut ptr) = (0usize, start);
        let (mut repeat, mut barrier) = (NO_REPEAT, NO_BARRIER);
        macro_rules! choice {
            ($kind:ident, $pc:expr, $ptr:expr, $extra:expr) => {
                choice!($kind, $pc, $ptr, $extra, 0)
            };
            ($kind:ident, $pc:expr, $ptr:expr, $extra:expr, $rounds:expr) => {
                sc.choices.push(Choice {
                    kind: Kind::$kind,
                    pc: $pc as u32,
                    repeat,
                    repeats: sc.repeats.len() as u32,
                    ptr: $ptr,
                    trail: sc.trail.len(),
                    extra: $extra,
                    rounds: $rounds,
                })
            };
        }
        'run: loop {
            sc.steps = sc.steps.wrapping_add(1);
            if sc.steps & 0xfff == 0 && self.breaker.load(Ordering::Relaxed) & INTERRUPTS != 0 {
                return Err(Interrupted);
            }
            'fail: {
                match insts[pc] {
                    Inst::One(single) => {
                        if ptr >= end || !self.program.single(single, self.subject[ptr].into()) {
                            break 'fail;
                        }
                        ptr += 1;
                        pc += 1;
                    }
                    Inst::Text { from, len } => {
                        let text = &self.program.text[from as usize..(from + len) as usize];
                        match self.subject.get(ptr..ptr + text.len()) {
                            Some(here) if here.iter().zip(text).all(|(&a, &b)| a.into() == b) => ptr += text.len(),
                            _ => break 'fail,
                        }
                        pc += 1;
                    }
                    Inst::Mark(mark) => {
                        sc.mark(mark, ptr);
                        pc += 1;
                    }
                    Inst::At(kind) => {
                        if !self.at(kind, ptr) {
                            break 'fail;
                        }
                        pc += 1;
                    }
                    Inst::Jump(to) => pc = to as usize,
                    Inst::Alternative { mut next } => {
                        while next != NOWHERE && !self.viable(next as usize + 1, ptr) {
                            let Inst::Alternative { next: after } = insts[next as usize] else { break };
                            next = after;
                        }
                        if !self.viable(pc + 1, ptr) {
                            if next == NOWHERE {
                                break 'fail;
                            }
                            pc = next as usize;
                            continue 'run;
                        }
                        if next != NOWHERE {
                            choice!(Resume, next, ptr, 0);
                        }
                        pc += 1;
                    }
                    Inst::RepeatOne { item, min, max } => {
                        let least = min as usize;
                        if least > end - ptr {
                            break 'fail;
                        }
                        let count = self.count(item, ptr, max);
                        if count < least {
                            break 'fail;
                        }
                        let (least, mut to) = (ptr + least, ptr + count);
                        while !self.viable(pc + 1, to) {
                            if to == least {
                                break 'fail;
                            }
                            to -= 1;
                        }
                        if to > least {
                            choice!(Greedy, pc, to, least);
                        }
                        ptr = to;
                        pc += 1;
                    }
                    Inst::MinRepeatOne { item, min, max } => {
                        let least = min as usize;
                        if least > end - ptr || (min > 0 && self.count(item, ptr, min) < least) {
                            break 'fail;
                        }
                        ptr += least;
                        let more = if max == UNLIMITED { usize::MAX } else { (max - min) as usize };
                        if more > 0 {
                            choice!(Lazy, pc, ptr, more);
                        }
                        pc += 1;
                    }
                    Inst::PossessiveOne { item, min, max } => {
                        if min as usize > end - ptr {
                            break 'fail;
                        }
                        let count = self.count(item, ptr, max);
                        if count < min as usize {
                            break 'fail;
                        }
                        ptr += count;
                        pc += 1;
                    }
                    Inst::Repeat { until } => {
                        sc.repeats.push(Repetition { count: -1, last: UNSET, outer: repeat });
                        repeat = sc.repeats.len() as u32 - 1;
                        pc = until as usize;
                    }
                    Inst::MaxUntil { min, max, body } => {
                        let r = sc.repeats[repeat as usize];
                        let count = r.count + 1;
                        if count < i64::from(min) {
                            sc.set_repetition(repeat, count, r.last);
                            pc = body as usize;
                        } else if (max == UNLIMITED || count < i64::from(max)) && ptr != r.last {
                            choice!(Leave, pc + 1, ptr, 0);
                            sc.set_repetition(repeat, count, ptr);
                            pc = body as usize;
                        } else {
                            repeat = r.outer;
                            pc += 1;
                        }
                    }
                    Inst::MinUntil { min, body, .. } => {
                        let r = sc.repeats[repeat as usize];
                        let count = r.count + 1;
                        if count < i64::from(min) {
                            sc.set_repetition(repeat, count, r.last);
                            pc = body as usize;
                        } else {
                            choice!(More, pc, ptr, 0);
                            repeat = r.outer;
                            pc += 1;
                        }
                    }
                    Inst::Possessive { max, tail, .. } => {
                        if max == 0 {
                            pc = tail as usize;
                        } else {
                            choice!(Round, pc, ptr, barrier);
                            barrier = sc.choices.len() - 1;
                            pc += 1;
                        }
                    }
                    Inst::EndPossessive => {
                        let round = sc.choices[barrier];
                        sc.choices.truncate(barrier);
                        (barrier, repeat) = (round.extra, round.repeat);
                        let Inst::Possessive { min, max, tail } = insts[round.pc as usize] else { break 'fail };
                        let count = round.rounds + 1;
                        let may = max == UNLIMITED || count < max as usize;
                        if count < min as usize || (may && (round.rounds < min as usize || ptr != round.ptr)) {
                            choice!(Round, round.pc, ptr, barrier, count);
                            barrier = sc.choices.len() - 1;
                            pc = round.pc as usize + 1;
                        } else {
                            pc = tail as usize;
                        }
                    }
                    Inst::Atomic { tail } => {
                        choice!(Barrier, tail, ptr, barrier);
                        barrier = sc.choices.len() - 1;
                        pc += 1;
                    }
                    Inst::Assert { back, tail } => {
                        if ptr < back as usize {
                            break 'fail;
                        }
                        choice!(Barrier, tail, ptr, barrier);
                        barrier = sc.choices.len() - 1;
                        ptr -= back as usize;
                        pc += 1;
                    }
                    Inst::EndAtomic | Inst::EndAssert => {
                        let c = sc.choices[barrier];
                        sc.choices.truncate(barrier);
                        if matches!(insts[pc], Inst::EndAssert) {
                            ptr = c.ptr;
                        }
                        (barrier, repeat, pc) = (c.extra, c.repeat, c.pc as usize);
                    }
                    Inst::AssertNot { back, tail } => {
                        if ptr < back as usize {
                            pc = tail as usize;
                        } else {
                            choice!(Not, tail, ptr, barrier);
                            barrier = sc.choices.len() - 1;
                            ptr -= back as usize;
                            pc += 1;
                        }
                    }
                    Inst::EndAssertNot => {
                        let c = sc.choices[barrier];
                        sc.choices.truncate(barrier);
                        sc.undo(c.trail, c.repeats);
                        barrier = c.extra;
                        break 'fail;
                    }
                    Inst::GroupRef { group, fold } => {
                        match self.again(sc, group, fold, ptr) {
                            Some(to) => ptr = to,
                            None => break 'fail,
                        }
                        pc += 1;
                    }
                    Inst::GroupExists { group, otherwise } => {
                        let (from, to) = (sc.marks[2 * group as usize], sc.marks[2 * group as usize + 1]);
                        pc = if from == UNSET || to == UNSET || to < from { otherwise as usize } else { pc + 1 };
                    }
                    Inst::Success => {
                        if (self.whole && ptr != end) || (must_advance && ptr == start) {
                            break 'fail;
                        }
                        return Ok(Some(ptr));
                    }
                    Inst::Fail => break 'fail,
                }
                continue 'run;
            }
            // No match this way: back to the last choice that has another.
            loop {
                let Some(&c) = sc.choices.last() else { return Ok(None) };
                sc.undo(c.trail, c.repeats);
                repeat = c.repeat;
                match c.kind {
                    Kind::Greedy => {
                        let (mut to, tail) = (c.ptr, c.pc as usize + 1);
                        let found = loop {
                            to -= 1;
                            if self.viable(tail, to) {
                                break true;
                            }
                            if to == c.extra {
                                break false;
                            }
                        };
                        match sc.choices.last_mut() {
                            Some(last) if found && to > c.extra => last.ptr = to,
                            _ => {
                                sc.choices.pop();
                            }
                        }
                        if found {
                            (ptr, pc) = (to, tail);
                            break;
                        }
                    }
                    Kind::Lazy => {
                        let Inst::MinRepeatOne { item, .. } = insts[c.pc as usize] else { return Ok(None) };
                        let (mut to, mut left, tail) = (c.ptr, c.extra, c.pc as usize + 1);
                        // Onwards to the next place where the tail may match.
                        let found = loop {
                            if left == 0 || to >= end || !self.program.single(item, self.subject[to].into()) {
                                break false;
                            }
                            to += 1;
                            left = left.saturating_sub(usize::from(left != usize::MAX));
                            if self.viable(tail, to) {
                                break true;
                            }
                        };
                        match sc.choices.last_mut() {
                            Some(last) if found && left > 0 => (last.ptr, last.extra) = (to, left),
                            _ => {
                                sc.choices.pop();
                            }
                        }
                        if found {
                            (ptr, pc) = (to, tail);
                            break;
                        }
                    }
                    Kind::Resume => {
                        sc.choices.pop();
                        (ptr, pc) = (c.ptr, c.pc as usize);
                        break;
                    }
                    Kind::Leave => {
                        sc.choices.pop();
                        repeat = sc.repeats[c.repeat as usize].outer;
                        (ptr, pc) = (c.ptr, c.pc as usize);
                        break;
                    }
                    Kind::More => {
                        sc.choices.pop();
                        let Inst::MinUntil { max, body, .. } = insts[c.pc as usize] else { return Ok(None) };
                        let r = sc.repeats[c.repeat as usize];
                        let count = r.count + 1;
                        if (max == UNLIMITED || count < i64::from(max)) && c.ptr != r.last {
                            sc.set_repetition(c.repeat, count, c.ptr);
                            (ptr, pc) = (c.ptr, body as usize);
                            break;
                        }
                    }
                    Kind::Barrier => {
                        sc.choices.pop();
                        barrier = c.extra;
                    }
                    Kind::Not => {
                        sc.choices.pop();
                        barrier = c.extra;
                        (ptr, pc) = (c.ptr, c.pc as usize);
                        break;
                    }
                    Kind::Round => {
                        sc.choices.pop();
                        barrier = c.extra;
                        if let Inst::Possessive { min, tail, .. } = insts[c.pc as usize]
                            && c.rounds >= min as usize
                        {
                            (ptr, pc) = (c.ptr, tail as usize);
                            break;
                        }
                    }
                }
            }
        }
    }

    /// The first match that starts at `from` or later: its start and end.
    pub(super) fn search(&self, sc: &mut Scratch, from: usize, must_advance: bool) -> Result<Option<(usize, usize)>, Interrupted> {
        let (p, end) = (self.program, self.subject.len());
        if from > end || end - from < p.min_width {
            return Ok(None);
        }
        let last = end - p.min_width;
        if p.anchored {
            return Ok(self.run(sc, from, must_advance)?.map(|to| (from, to)));
        }
        if !p.prefix.is_empty() {
            let mut at = from;
            while at <= last {
                let Some(skip) = C::find_prefix(&self.subject[at..end], p) else { return Ok(None) };
                at += skip;
                let Some(here) = self.subject.get(at..at + p.prefix.len()) else { return Ok(None) };
                if here.iter().zip(&p.prefix).all(|(&a, &b)| a.into() == b) {
                    if p.only_prefix {
                        sc.begin(p.groups);
                        return Ok(Some((at, at + p.prefix.len())));
                    }
                    if let Some(to) = self.run(sc, at, false)? {
                        return Ok(Some((at, to)));
                    }
                }
                at += 1;
            }
            return Ok(None);
        }
        if let Some(set) = &p.first {
            let mut at = from;
            while at < end {
                let Some(skip) = self.subject[at..].iter().position(|&c| set.has(c.into())) else { return Ok(None) };
                at += skip;
                if self.begins(at)
                    && let Some(to) = self.run(sc, at, false)?
                {
                    return Ok(Some((at, to)));
                }
                at += 1;
            }
            return Ok(None);
        }
        let mut advance = must_advance;
        for at in from..=last {
            if let Some(to) = self.run(sc, at, advance)? {
                return Ok(Some((at, to)));
            }
            advance = false;
        }
        Ok(None)
    }
}

impl Scratch {
    /// Forgets the last attempt.
    fn begin(&mut self, groups: usize) {
        self.choices.clear();
        self.trail.clear();
        self.repeats.clear();
        self.marks.clear();
        self.marks.resize(2 * groups + 2, UNSET);
        self.last_group = -1;
    }

    #[inline]
    fn mark(&mut self, mark: u32, ptr: usize) {
        let position = std::mem::replace(&mut self.marks[mark as usize], ptr);
        if !self.choices.is_empty() {
            self.trail.push(Undo::Mark { mark, position, last_group: self.last_group });
        }
        if mark & 1 != 0 {
            self.last_group = i64::from(mark / 2) + 1;
        }
    }

    #[inline]
    fn set_repetition(&mut self, index: u32, count: i64, last: usize) {
        let r = &mut self.repeats[index as usize];
        if !self.choices.is_empty() {
            self.trail.push(Undo::Repetition { index, count: r.count, last: r.last });
        }
        (r.count, r.last) = (count, last);
    }

    fn undo(&mut self, trail: usize, repeats: u32) {
        while self.trail.len() > trail {
            match self.trail.pop() {
                Some(Undo::Mark { mark, position, last_group }) => {
                    self.marks[mark as usize] = position;
                    self.last_group = last_group;
                }
                Some(Undo::Repetition { index, count, last }) => {
                    if let Some(r) = self.repeats.get_mut(index as usize) {
                        (r.count, r.last) = (count, last);
                    }
                }
                None => {}
            }
        }
        self.repeats.truncate(repeats as usize);
    }
}
