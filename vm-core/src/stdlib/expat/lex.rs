//! XML's lexical grammar on bytes of UTF-8, without any state: what stands at an offset, or that more input or nothing legal follows.

use super::events::Code;

/// Why nothing was read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// The input ends inside a token.
    Partial,
    /// An error at an offset.
    Fail(Code, usize),
}

pub(super) type Lex<T> = Result<T, Stop>;

/// A piece of the text: start and end.
pub(super) type Span = (usize, usize);

/// What stands in content.
#[derive(Debug)]
pub(super) enum Content {
    Start { name: Span, attributes: Vec<(Span, Span)>, empty: bool },
    End(Span),
    Text,
    Newline,
    Character(char),
    Entity(Span),
    Comment(Span),
    Instruction { target: Span, data: Span },
    Cdata,
}

pub(super) const fn invalid<T>(at: usize) -> Lex<T> {
    Err(Stop::Fail(Code::INVALID_TOKEN, at))
}

/// The byte at an offset.
pub(super) fn at(s: &[u8], i: usize) -> Lex<u8> {
    s.get(i).copied().ok_or(Stop::Partial)
}

pub(super) const fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

pub(super) fn skip_space(s: &[u8], mut i: usize) -> usize {
    while s.get(i).is_some_and(|&b| is_space(b)) {
        i += 1;
    }
    i
}

/// Fails unless all of `word` stands here; partial if the input ends before that can be known.
pub(super) fn word(s: &[u8], i: usize, word: &[u8]) -> Lex<usize> {
    for (k, &b) in word.iter().enumerate() {
        if at(s, i + k)? != b {
            return invalid(i + k);
        }
    }
    Ok(i + word.len())
}

/// The character at an offset, which XML must allow, and where it ends.
pub(super) fn character(s: &[u8], i: usize) -> Lex<(char, usize)> {
    let first = at(s, i)?;
    let length = match first {
        0..0x80 => 1,
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF5 => 4,
        _ => return invalid(i),
    };
    let Some(bytes) = s.get(i..i + length) else { return Err(Stop::Partial) };
    match std::str::from_utf8(bytes).ok().and_then(|t| t.chars().next()) {
        Some(c) if is_char(c) => Ok((c, i + length)),
        _ => invalid(i),
    }
}

/// Whether XML 1.0 allows a character.
pub(super) const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

const fn starts_name(c: char) -> bool {
    matches!(c, ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}')
}

const fn continues_name(c: char) -> bool {
    starts_name(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}

/// The end of the name that starts here; with `colons`, at most one may divide it, as namespaces demand.
pub(super) fn name(s: &[u8], start: usize, colons: bool) -> Lex<usize> {
    let (first, mut i) = character(s, start)?;
    if !starts_name(first) || (colons && first == ':') {
        return invalid(start);
    }
    let mut divided = false;
    loop {
        let (c, next) = character(s, i)?;
        if !continues_name(c) {
            return Ok(i);
        }
        if colons && c == ':' {
            if divided {
                return invalid(i);
            }
            divided = true;
            if !starts_name(character(s, next)?.0) {
                return invalid(next);
            }
        }
        i = next;
    }
}

/// The end of a name token, which may start with a digit.
pub(super) fn nmtoken(s: &[u8], start: usize) -> Lex<usize> {
    let mut i = start;
    loop {
        let (c, next) = character(s, i)?;
        if !continues_name(c) {
            return if i == start { invalid(start) } else { Ok(i) };
        }
        i = next;
    }
}

/// What is between the quotes that start here, and where the closing one ends.
pub(super) fn literal(s: &[u8], start: usize) -> Lex<(Span, usize)> {
    let quote = at(s, start)?;
    if quote != b'"' && quote != b'\'' {
        return invalid(start);
    }
    let mut i = start + 1;
    while at(s, i)? != quote {
        i = character(s, i)?.1;
    }
    Ok(((start + 1, i), i + 1))
}

/// A reference, whose `&` is here.
pub(super) fn reference(s: &[u8], start: usize, colons: bool) -> Lex<(Content, usize)> {
    if at(s, start + 1)? != b'#' {
        let end = name(s, start + 1, colons)?;
        return if at(s, end)? == b';' { Ok((Content::Entity((start + 1, end)), end + 1)) } else { invalid(end) };
    }
    let radix = if at(s, start + 2)? == b'x' { 16 } else { 10 };
    let first = start + if radix == 16 { 3 } else { 2 };
    let (mut i, mut n) = (first, 0u32);
    loop {
        let b = at(s, i)?;
        match char::from(b).to_digit(radix) {
            Some(d) => n = n.saturating_mul(radix).saturating_add(d),
            None if b == b';' && i > first => break,
            None => return invalid(i),
        }
        i += 1;
    }
    match char::from_u32(n).filter(|&c| is_char(c)) {
        Some(c) => Ok((Content::Character(c), i + 1)),
        None => Err(Stop::Fail(Code::BAD_CHAR_REF, start)),
    }
}

/// A comment, whose `<!--` ends here.
pub(super) fn comment(s: &[u8], start: usize) -> Lex<(Span, usize)> {
    let mut i = start;
    loop {
        if at(s, i)? == b'-' && at(s, i + 1)? == b'-' {
            return if at(s, i + 2)? == b'>' { Ok(((start, i), i + 3)) } else { invalid(i + 2) };
        }
        i = character(s, i)?.1;
    }
}

/// A processing instruction, whose `<?` is here.
pub(super) fn instruction(s: &[u8], start: usize, colons: bool) -> Lex<(Content, usize)> {
    let end = name(s, start + 2, colons)?;
    let target = (start + 2, end);
    let text = &s[start + 2..end];
    if text == b"xml" {
        return Err(Stop::Fail(Code::MISPLACED_XML_PI, start));
    }
    if text.eq_ignore_ascii_case(b"xml") {
        return invalid(end);
    }
    let next = at(s, end)?;
    if next == b'?' {
        return match at(s, end + 1)? {
            b'>' => Ok((Content::Instruction { target, data: (end, end) }, end + 2)),
            _ => invalid(end + 1),
        };
    }
    if !is_space(next) {
        return invalid(end);
    }
    let data = skip_space(s, end);
    let mut i = data;
    loop {
        if at(s, i)? == b'?' && at(s, i + 1)? == b'>' {
            return Ok((Content::Instruction { target, data: (data, i) }, i + 2));
        }
        i = character(s, i)?.1;
    }
}

/// A start tag, whose `<` is here.
fn start_tag(s: &[u8], start: usize, colons: bool) -> Lex<(Content, usize)> {
    let end = name(s, start + 1, colons)?;
    let (tag, mut i, mut attributes) = ((start + 1, end), end, Vec::new());
    loop {
        let after = skip_space(s, i);
        match at(s, after)? {
            b'>' => return Ok((Content::Start { name: tag, attributes, empty: false }, after + 1)),
            b'/' => {
                return match at(s, after + 1)? {
                    b'>' => Ok((Content::Start { name: tag, attributes, empty: true }, after + 2)),
                    _ => invalid(after + 1),
                };
            }
            _ if after == i => return invalid(i),
            _ => {}
        }
        let key = (after, name(s, after, colons)?);
        i = skip_space(s, key.1);
        if at(s, i)? != b'=' {
            return invalid(i);
        }
        i = skip_space(s, i + 1);
        let quote = at(s, i)?;
        if quote != b'"' && quote != b'\'' {
            return invalid(i);
        }
        let value = i + 1;
        i = value;
        loop {
            match at(s, i)? {
                b if b == quote => break,
                b'<' => return invalid(i),
                b'&' => i = reference(s, i, colons)?.1,
                _ => i = character(s, i)?.1,
            }
        }
        attributes.push((key, (value, i)));
        i += 1;
    }
}

/// What stands in content at an offset, and where it ends; `last`: no more input follows.
pub(super) fn content(s: &[u8], start: usize, last: bool, colons: bool) -> Lex<(Content, usize)> {
    match at(s, start)? {
        b'<' => match at(s, start + 1)? {
            b'!' => match at(s, start + 2)? {
                b'-' => {
                    let i = word(s, start + 3, b"-")?;
                    let (text, end) = comment(s, i)?;
                    Ok((Content::Comment(text), end))
                }
                b'[' => Ok((Content::Cdata, word(s, start + 3, b"CDATA[")?)),
                _ => invalid(start + 2),
            },
            b'?' => instruction(s, start, colons),
            b'/' => {
                let end = name(s, start + 2, colons)?;
                let close = skip_space(s, end);
                if at(s, close)? == b'>' { Ok((Content::End((start + 2, end)), close + 1)) } else { invalid(close) }
            }
            _ => start_tag(s, start, colons),
        },
        b'&' => reference(s, start, colons),
        b'\n' => Ok((Content::Newline, start + 1)),
        b'\r' => carriage_return(s, start, last),
        _ => Ok((Content::Text, run(s, start, last, b"<&")?)),
    }
}

fn carriage_return(s: &[u8], start: usize, last: bool) -> Lex<(Content, usize)> {
    match s.get(start + 1) {
        Some(b'\n') => Ok((Content::Newline, start + 2)),
        None if !last => Err(Stop::Partial),
        _ => Ok((Content::Newline, start + 1)),
    }
}

/// The end of a run of text that has no line end, nor any of the stops; `]]>` must not stand in it.
fn run(s: &[u8], start: usize, last: bool, stops: &[u8]) -> Lex<usize> {
    let mut i = start;
    while let Some(&b) = s.get(i) {
        if b == b'\n' || b == b'\r' || stops.contains(&b) {
            break;
        }
        if b == b']' {
            let rest = &s[i..];
            if rest.starts_with(b"]]>") {
                return if i == start { invalid(i + 2) } else { Ok(i) };
            }
            if b"]]>".starts_with(rest) && !last {
                return if i == start { Err(Stop::Partial) } else { Ok(i) };
            }
        }
        match character(s, i) {
            Ok((_, next)) => i = next,
            Err(stop) if i == start => return Err(stop),
            Err(_) => break,
        }
    }
    Ok(i)
}

/// What stands in a CDATA section: text, a line end, or `None`, its end.
pub(super) fn cdata(s: &[u8], start: usize, last: bool) -> Lex<(Option<Content>, usize)> {
    match at(s, start)? {
        b'\n' => Ok((Some(Content::Newline), start + 1)),
        b'\r' => carriage_return(s, start, last).map(|(c, end)| (Some(c), end)),
        b']' if at(s, start + 1)? == b']' && at(s, start + 2)? == b'>' => Ok((None, start + 3)),
        b']' => Ok((Some(Content::Text), run(s, start + 1, last, b"]")?)),
        _ => Ok((Some(Content::Text), run(s, start, last, b"]")?)),
    }
}

/// The pieces of an XML or text declaration, whose `<?xml` ends at `i`: version, encoding, standalone, and where the declaration ends.
/// `version`: whether the first one must be there.
#[expect(clippy::type_complexity, reason = "three optional pieces and an offset")]
pub(super) fn declaration(s: &[u8], mut i: usize, code: Code, version: bool) -> Lex<(Option<Span>, Option<Span>, Option<Span>, usize)> {
    let mut found = [None; 3];
    let mut least = 0;
    loop {
        let after = skip_space(s, i);
        if at(s, after)? == b'?' {
            return match at(s, after + 1)? {
                b'>' if !version || found[0].is_some() => Ok((found[0], found[1], found[2], after + 2)),
                _ => Err(Stop::Fail(code, after)),
            };
        }
        let names: [&[u8]; 3] = [b"version", b"encoding", b"standalone"];
        let mut end = after;
        while at(s, end)?.is_ascii_alphabetic() {
            end += 1;
        }
        let Some(k) = names
            .iter()
            .position(|&n| n == &s[after..end])
            .filter(|&k| k >= least && after > i && (k == 0 || !version || found[0].is_some()))
        else {
            return Err(Stop::Fail(code, after));
        };
        let equals = skip_space(s, end);
        if at(s, equals)? != b'=' {
            return Err(Stop::Fail(code, equals));
        }
        let quote = skip_space(s, equals + 1);
        let Ok((value, next)) = literal(s, quote) else {
            at(s, s.len().min(quote + 64))?;
            return Err(Stop::Fail(code, quote));
        };
        let text = &s[value.0..value.1];
        let good = match k {
            0 => !text.is_empty() && text.iter().all(|b| b.is_ascii_alphanumeric() || b"._-:".contains(b)),
            1 => text.first().is_some_and(u8::is_ascii_alphabetic) && text.iter().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)),
            _ => text == b"yes" || text == b"no",
        };
        if !good {
            return Err(Stop::Fail(code, value.0));
        }
        found[k] = Some(value);
        least = k + 1;
        i = next;
    }
}
