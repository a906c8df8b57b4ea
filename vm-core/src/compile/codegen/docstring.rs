//! Docstrings, with the indentation of the source taken out as CPython does since 3.13.
//!
//! `fold` finds docstrings; this file only cleans them.

use crate::code::Const;
use smallvec::SmallVec;
use std::borrow::Cow;

const TAB: usize = 8;

/// `text.expandtabs()`.
fn expand_tabs(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\t', text).is_none() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut column) = (Vec::with_capacity(text.len()), 0);
    for &byte in text {
        match byte {
            b'\t' => {
                let fill = TAB - column % TAB;
                out.resize(out.len() + fill, b' ');
                column += fill;
            }
            b'\n' | b'\r' => {
                out.push(byte);
                column = 0;
            }
            _ => {
                out.push(byte);
                // Bytes inside a code point take no column.
                column += usize::from(byte & 0xC0 != 0x80);
            }
        }
    }
    Cow::Owned(out)
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|b| **b == b' ').count()
}

/// The docstring as it is stored.
pub(super) fn clean(text: &[u8]) -> Const {
    let text = expand_tabs(text);
    let mut starts = memchr::memchr_iter(b'\n', &text).map(|at| at + 1);
    let mut lines = SmallVec::<[&[u8]; 16]>::new();
    let mut start = 0;
    loop {
        let next = starts.next();
        lines.push(&text[start..next.map_or(text.len(), |next| next - 1)]);
        let Some(next) = next else { break };
        start = next;
    }
    let (first, rest) = (lines[0], &lines[1..]);
    let margin = rest.iter().filter(|line| indent(line) < line.len()).map(|line| indent(line)).min().unwrap_or(0);
    let mut out = Vec::with_capacity(text.len());
    out.extend_from_slice(&first[indent(first)..]);
    for line in rest {
        out.push(b'\n');
        out.extend_from_slice(&line[margin.min(indent(line))..]);
    }
    Const::Str(out.into())
}
