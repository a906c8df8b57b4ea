//! Docstrings, with the indentation of the source taken out as CPython does since 3.13.
//!
//! `fold` finds docstrings; this file only cleans them.

use crate::code::Const;

const TAB: usize = 8;

/// `text.expandtabs()`.
fn expand_tabs(text: &[u8]) -> Vec<u8> {
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
    out
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|b| **b == b' ').count()
}

/// The docstring as it is stored.
pub(super) fn clean(text: &[u8]) -> Const {
    let text = expand_tabs(text);
    let mut lines = text.split(|b| *b == b'\n');
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&[u8]> = lines.collect();
    let margin = rest.iter().filter(|line| indent(line) < line.len()).map(|line| indent(line)).min().unwrap_or(0);
    let mut out = first[indent(first)..].to_vec();
    for line in rest {
        out.push(b'\n');
        out.extend_from_slice(&line[margin.min(indent(line))..]);
    }
    Const::Str(out.into())
}
