//! From CPython's regular-expression code to a [`Program`], checking it as CPython's `_validate` does.

use super::chars::{CATEGORIES, Fold, POSITIONS, Set, Source, part};
use super::program::{Inst, NOWHERE, Program, Single};
use crate::heap::stack::here;

/// Why code was refused.
pub(super) enum Refused {
    /// It is not what CPython's `re` makes.
    Invalid,
    /// It nests too deeply for the native stack.
    TooDeep,
}

type Checked<T> = Result<T, Refused>;

struct Translator<'a> {
    code: &'a [u32],
    groups: u32,
    out: Program,
    stack_limit: usize,
}

/// Translates the code of a pattern with that many groups.
pub(super) fn translate(code: &[u32], groups: u32, stack_limit: usize) -> Checked<Program> {
    let mut t = Translator { code, groups, out: Program { groups: groups as usize, ..Program::default() }, stack_limit };
    let Some((&1, body)) = code.split_last() else { return Err(Refused::Invalid) };
    let mut from = 0;
    if body.first() == Some(&14) {
        from = t.info()?;
    }
    if t.sequence(from, body.len())? {
        return Err(Refused::Invalid);
    }
    t.out.insts.push(Inst::Success);
    t.out.analyse();
    Ok(t.out)
}

fn check(ok: bool) -> Checked<()> {
    if ok { Ok(()) } else { Err(Refused::Invalid) }
}

impl Translator<'_> {
    fn word(&self, at: usize, end: usize) -> Checked<u32> {
        if at < end { Ok(self.code[at]) } else { Err(Refused::Invalid) }
    }

    /// The place that the skip at `at` leads to, which is not beyond `end`.
    fn skip(&self, at: usize, end: usize) -> Checked<usize> {
        let to = at.checked_add(self.word(at, end)? as usize).ok_or(Refused::Invalid)?;
        check(to <= end && to > at)?;
        Ok(to)
    }

    /// The information block at the start of the code; gives the place after it.
    fn info(&mut self) -> Checked<usize> {
        let code = self.code;
        let to = self.skip(1, code.len())?;
        let flags = self.word(2, to)?;
        self.out.min_width = self.word(3, to)? as usize;
        self.word(4, to)?;
        check(flags & !7 == 0 && flags & 5 != 5 && (flags & 2 == 0 || flags & 1 != 0))?;
        if flags & 1 != 0 {
            let (len, _) = (self.word(5, to)? as usize, self.word(6, to)?);
            check(to == 7 + 2 * len && code[7 + len..to].iter().all(|&i| (i as usize) < len))?;
            self.out.prefix = code[7..7 + len].to_vec();
            self.out.only_prefix = flags & 2 != 0;
        } else if flags & 4 != 0 {
            self.check_set(5, to)?;
            self.out.first = Some(Set::new(Source::Code(code[5..to].into(), Fold::None)));
        } else {
            check(to == 5)?;
        }
        Ok(to)
    }

    /// Checks the code of a set, which ends with FAILURE just before `end`.
    fn check_set(&self, mut at: usize, end: usize) -> Checked<()> {
        check(end > at && self.code[end - 1] == part::FAILURE)?;
        let end = end - 1;
        while at < end {
            at += match self.code[at] {
                part::NEGATE => 1,
                part::LITERAL => 2,
                part::RANGE | part::RANGE_UNI_IGNORE => 3,
                part::CHARSET => 9,
                part::CATEGORY => {
                    check(self.word(at + 1, end)? < CATEGORIES)?;
                    2
                }
                part::BIGCHARSET => {
                    let blocks = self.word(at + 1, end)?;
                    check(at + 66 <= end)?;
                    let valid = self.code[at + 2..at + 66].iter().all(|w| w.to_le_bytes().iter().all(|&b| u32::from(b) < blocks));
                    check(valid)?;
                    66 + (blocks as usize).checked_mul(8).ok_or(Refused::Invalid)?
                }
                _ => return Err(Refused::Invalid),
            };
        }
        check(at == end)
    }

    fn add_set(&mut self, source: Source) -> Single {
        self.out.sets.push(Set::new(source));
        Single::Set(self.out.sets.len() as u32 - 1)
    }

    /// What matches one character at `at`, if anything there does, and the place after it.
    fn single(&mut self, at: usize, end: usize) -> Checked<Option<(Single, usize)>> {
        let op = self.word(at, end)?;
        let folds = [Fold::None, Fold::Ascii, Fold::Locale, Fold::Unicode];
        let single = match op {
            2 => return Ok(Some((Single::Any, at + 1))),
            3 => return Ok(Some((Single::AnyAll, at + 1))),
            16 => Single::Literal(self.word(at + 1, end)?),
            20 => Single::NotLiteral(self.word(at + 1, end)?),
            32 | 36 | 40 => {
                let c = self.word(at + 1, end)?;
                self.add_set(Source::Literal(c, folds[(op as usize - 28) / 4], false))
            }
            33 | 37 | 41 => {
                let c = self.word(at + 1, end)?;
                self.add_set(Source::Literal(c, folds[(op as usize - 29) / 4], true))
            }
            13 | 31 | 35 | 39 => {
                let to = self.skip(at + 1, end)?;
                self.check_set(at + 2, to)?;
                let fold = if op == 13 { Fold::None } else { folds[(op as usize - 27) / 4] };
                let set = self.add_set(Source::Code(self.code[at + 2..to].into(), fold));
                return Ok(Some((set, to)));
            }
            _ => return Ok(None),
        };
        Ok(Some((single, at + 2)))
    }

    fn emit(&mut self, inst: Inst) -> usize {
        self.out.insts.push(inst);
        self.out.insts.len() - 1
    }

    fn here(&self) -> u32 {
        self.out.insts.len() as u32
    }

    /// Translates `at..end`; tells whether the last instruction is a JUMP, which is left out.
    fn sequence(&mut self, mut at: usize, end: usize) -> Checked<bool> {
        if here() < self.stack_limit {
            return Err(Refused::TooDeep);
        }
        check(at <= end)?;
        let mut after_literal = false;
        while at < end {
            if let Some((single, next)) = self.single(at, end)? {
                at = next;
                match single {
                    Single::Literal(c) if after_literal => self.lengthen(c),
                    _ => {
                        self.emit(Inst::One(single));
                    }
                }
                after_literal = matches!(single, Single::Literal(_));
                continue;
            }
            after_literal = false;
            let op = self.code[at];
            at += 1;
            match op {
                0 => {
                    self.emit(Inst::Fail);
                }
                17 => {
                    let mark = self.word(at, end)?;
                    check(mark <= 2 * self.groups + 1)?;
                    self.emit(Inst::Mark(mark));
                    at += 1;
                }
                6 => {
                    let position = self.word(at, end)?;
                    check(position < POSITIONS)?;
                    self.emit(Inst::At(position));
                    at += 1;
                }
                14 => at = self.skip(at, end)?,
                15 => {
                    check(at + 1 == end)?;
                    return Ok(true);
                }
                11 | 30 | 34 | 38 => {
                    let group = self.word(at, end)?;
                    check(group < self.groups)?;
                    let fold = match op {
                        11 => Fold::None,
                        30 => Fold::Ascii,
                        34 => Fold::Locale,
                        _ => Fold::Unicode,
                    };
                    self.emit(Inst::GroupRef { group, fold });
                    at += 1;
                }
                _ => at = self.group(op, at, end)?,
            }
        }
        Ok(false)
    }

    /// Adds a character to the literal just emitted.
    fn lengthen(&mut self, c: u32) {
        match self.out.insts.last_mut() {
            Some(Inst::Text { len, .. }) => *len += 1,
            Some(last) => {
                let Inst::One(Single::Literal(first)) = *last else { return };
                *last = Inst::Text { from: self.out.text.len() as u32, len: 2 };
                self.out.text.push(first);
            }
            None => {}
        }
        self.out.text.push(c);
    }

    /// The body `at..end` of a group that the code ends with SUCCESS at `end`.
    fn body(&mut self, at: usize, end: usize, limit: usize) -> Checked<()> {
        check(!self.sequence(at, end)?)?;
        check(self.word(end, limit)? == 1)
    }

    fn bounds(&self, at: usize, end: usize) -> Checked<(u32, u32)> {
        let (min, max) = (self.word(at, end)?, self.word(at + 1, end)?);
        check(min <= max)?;
        Ok((min, max))
    }

    /// An operation with a part inside; `at` is after its code.
    fn group(&mut self, op: u32, at: usize, end: usize) -> Checked<usize> {
        match op {
            7 => self.branch(at, end),
            24 | 26 | 29 => {
                let to = self.skip(at, end)?;
                let (min, max) = self.bounds(at + 1, to)?;
                let Some((item, after)) = self.single(at + 3, to)? else { return Err(Refused::Invalid) };
                check(after + 1 == to && self.code[after] == 1)?;
                self.emit(match op {
                    24 => Inst::RepeatOne { item, min, max },
                    26 => Inst::MinRepeatOne { item, min, max },
                    _ => Inst::PossessiveOne { item, min, max },
                });
                Ok(to)
            }
            23 => {
                let to = self.skip(at, end)?;
                let (min, max) = self.bounds(at + 1, to)?;
                let repeat = self.emit(Inst::Fail);
                check(!self.sequence(at + 3, to)?)?;
                let until = self.here();
                let body = repeat as u32 + 1;
                match self.word(to, end)? {
                    18 => self.emit(Inst::MaxUntil { min, max, body }),
                    19 => self.emit(Inst::MinUntil { min, max, body }),
                    _ => return Err(Refused::Invalid),
                };
                self.out.insts[repeat] = Inst::Repeat { until };
                Ok(to + 1)
            }
            28 => {
                let to = self.skip(at, end)?;
                let (min, max) = self.bounds(at + 1, to)?;
                let start = self.emit(Inst::Fail);
                self.body(at + 3, to, end)?;
                self.emit(Inst::EndPossessive);
                self.out.insts[start] = Inst::Possessive { min, max, tail: self.here() };
                Ok(to + 1)
            }
            27 => {
                let to = self.skip(at, end)?;
                let start = self.emit(Inst::Fail);
                self.body(at + 1, to - 1, to)?;
                self.emit(Inst::EndAtomic);
                self.out.insts[start] = Inst::Atomic { tail: self.here() };
                Ok(to)
            }
            4 | 5 => {
                let to = self.skip(at, end)?;
                let back = self.word(at + 1, to)?;
                let start = self.emit(Inst::Fail);
                self.body(at + 2, to - 1, to)?;
                self.emit(if op == 4 { Inst::EndAssert } else { Inst::EndAssertNot });
                let tail = self.here();
                self.out.insts[start] = if op == 4 { Inst::Assert { back, tail } } else { Inst::AssertNot { back, tail } };
                Ok(to)
            }
            12 => self.conditional(at, end),
            _ => Err(Refused::Invalid),
        }
    }

    fn branch(&mut self, mut at: usize, end: usize) -> Checked<usize> {
        let (mut jumps, mut target, mut previous) = (Vec::new(), None, None);
        while self.word(at, end)? != 0 {
            let next = self.skip(at, end)?;
            let alternative = self.emit(Inst::Alternative { next: NOWHERE });
            if let Some(previous) = previous {
                self.out.insts[previous] = Inst::Alternative { next: alternative as u32 };
            }
            previous = Some(alternative);
            check(next >= at + 3 && self.code[next - 2] == 15)?;
            check(!self.sequence(at + 1, next - 2)?)?;
            let to = self.skip(next - 1, end)?;
            check(target.is_none_or(|t| t == to))?;
            target = Some(to);
            jumps.push(self.emit(Inst::Jump(NOWHERE)));
            at = next;
        }
        at += 1;
        check(target.is_none_or(|t| t == at))?;
        if jumps.is_empty() {
            self.emit(Inst::Fail);
        }
        let after = self.here();
        for jump in jumps {
            self.out.insts[jump] = Inst::Jump(after);
        }
        Ok(at)
    }

    fn conditional(&mut self, at: usize, end: usize) -> Checked<usize> {
        let group = self.word(at, end)?;
        check(group < self.groups)?;
        let to = at.checked_add(self.word(at + 1, end)? as usize).ok_or(Refused::Invalid)?;
        check(to <= end && to >= at + 2)?;
        let start = self.emit(Inst::Fail);
        let mut after = to;
        if self.sequence(at + 2, to)? {
            after = self.skip(to - 1, end)?;
            let jump = self.emit(Inst::Fail);
            self.out.insts[start] = Inst::GroupExists { group, otherwise: self.here() };
            check(!self.sequence(to, after)?)?;
            self.out.insts[jump] = Inst::Jump(self.here());
        } else {
            self.out.insts[start] = Inst::GroupExists { group, otherwise: self.here() };
        }
        Ok(after)
    }
}
