//! Properties and case mappings of single code points, as CPython 3.13 sees them (Unicode 15.1).
//!
//! Gives meaning to the generated `unicode_tables.rs`; the questions about whole strings are in `classify.rs` and
//! `case.rs`.

use std::sync::LazyLock;

use super::unicode_tables as tables;

static PAGE_OF: LazyLock<Vec<u16>> =
    LazyLock::new(|| tables::PAGE_RUNS.iter().flat_map(|&(page, count)| std::iter::repeat_n(page, usize::from(count))).collect());

static ASCII: LazyLock<[u16; 128]> = LazyLock::new(|| std::array::from_fn(|c| slow_flags(c as u32)));

fn slow_flags(code: u32) -> u16 {
    let code = code as usize;
    let page = PAGE_OF.get(code / tables::PAGE).copied().unwrap_or(0);
    let record = tables::PAGES[usize::from(page) * tables::PAGE + code % tables::PAGE];
    tables::RECORDS[usize::from(record)]
}

#[inline]
fn has(code: u32, flag: u16) -> bool {
    let flags = if code < 128 { ASCII[code as usize] } else { slow_flags(code) };
    flags & flag != 0
}

macro_rules! properties {
    ($($(#[$doc:meta])* $name:ident = $flag:ident;)*) => {
        $($(#[$doc])* pub fn $name(code: u32) -> bool { has(code, tables::$flag) })*
    };
}

properties! {
    /// `str.isalpha` of one character.
    is_alpha = ALPHA;
    /// `str.isdecimal` of one character.
    is_decimal = DECIMAL;
    /// `str.isdigit` of one character.
    is_digit = DIGIT;
    /// `str.isnumeric` of one character.
    is_numeric = NUMERIC;
    /// `str.isspace` of one character.
    is_space = SPACE;
    /// `str.isprintable` of one character.
    is_printable = PRINTABLE;
    /// Lower case.
    is_lower = LOWER;
    /// Upper case.
    is_upper = UPPER;
    /// Title case (a letter such as U+01C5).
    is_title = TITLE;
    /// May start an identifier.
    is_id_start = ID_START;
    /// May continue an identifier.
    is_id_continue = ID_CONTINUE;
    /// Cased, as `str.title` uses it.
    is_cased = CASED;
    /// Case-ignorable, as the rule of the final sigma uses it.
    is_case_ignorable = CASE_IGNORABLE;
    /// Ends a line for `str.splitlines`.
    is_line_break = LINE_BREAK;
}

/// Whether `str.isalnum` holds for one character.
pub fn is_alnum(code: u32) -> bool {
    has(code, tables::ALPHA | tables::DECIMAL | tables::DIGIT | tables::NUMERIC)
}

/// The value of a decimal digit of any script.
pub fn decimal_value(code: u32) -> Option<u32> {
    if code < 128 {
        return code.checked_sub(48).filter(|&d| d < 10);
    }
    let at = tables::DECIMAL_ZEROS.partition_point(|&zero| zero <= code);
    let zero = tables::DECIMAL_ZEROS[at.checked_sub(1)?];
    (code - zero < 10).then_some(code - zero)
}

type Runs = [(u32, u32, u32, i32)];
type Multi = [(u32, [u32; 3])];

fn map_one(runs: &Runs, code: u32) -> u32 {
    let at = runs.partition_point(|run| run.0 <= code);
    let Some(&(first, last, step, delta)) = at.checked_sub(1).and_then(|i| runs.get(i)) else {
        return code;
    };
    if code <= last && (code - first).is_multiple_of(step) { code.wrapping_add_signed(delta) } else { code }
}

/// A mapped character: one to three code points.
#[derive(Clone, Copy, Debug)]
pub struct Mapped {
    codes: [u32; 3],
}

impl Mapped {
    /// The code points.
    pub fn codes(self) -> impl Iterator<Item = u32> {
        let len = if self.codes[1] == 0 {
            1
        } else if self.codes[2] == 0 {
            2
        } else {
            3
        };
        self.codes.into_iter().take(len)
    }

    /// Whether the mapping left the character alone.
    pub fn is_only(self, code: u32) -> bool {
        self.codes == [code, 0, 0]
    }
}

fn map_full(runs: &Runs, multi: &Multi, code: u32) -> Mapped {
    // Only characters that have a case are in the tables.
    if !has(code, tables::UPPER | tables::LOWER | tables::TITLE | tables::CASED) {
        return Mapped { codes: [code, 0, 0] };
    }
    if code >= 128
        && let Ok(i) = multi.binary_search_by_key(&code, |m| m.0)
    {
        return Mapped { codes: multi[i].1 };
    }
    Mapped { codes: [map_one(runs, code), 0, 0] }
}

/// Full lower-case mapping, without the rule of the final sigma.
pub fn to_lower(code: u32) -> Mapped {
    map_full(&tables::LOWER_RUNS, &tables::LOWER_MULTI, code)
}

/// Full upper-case mapping.
pub fn to_upper(code: u32) -> Mapped {
    map_full(&tables::UPPER_RUNS, &tables::UPPER_MULTI, code)
}

/// Full title-case mapping.
pub fn to_title(code: u32) -> Mapped {
    map_full(&tables::TITLE_RUNS, &tables::TITLE_MULTI, code)
}

/// Full case folding.
pub fn to_fold(code: u32) -> Mapped {
    map_full(&tables::CASEFOLD_RUNS, &tables::CASEFOLD_MULTI, code)
}
