//! Yes-or-no questions about whole strings: `isalpha`, `istitle`, `isidentifier` and so on.
//!
//! The questions about single characters are in `unicode.rs`.

use super::unicode;
use super::wtf8::StrRef;

macro_rules! all_of {
    ($($(#[$doc:meta])* $name:ident = $test:path;)*) => {
        $($(#[$doc])* pub fn $name(text: StrRef<'_>) -> bool { !text.is_empty() && text.code_points().all($test) })*
    };
}

all_of! {
    /// `text.isalpha()`
    is_alpha = unicode::is_alpha;
    /// `text.isalnum()`
    is_alnum = unicode::is_alnum;
    /// `text.isdecimal()`
    is_decimal = unicode::is_decimal;
    /// `text.isdigit()`
    is_digit = unicode::is_digit;
    /// `text.isnumeric()`
    is_numeric = unicode::is_numeric;
    /// `text.isspace()`
    is_space = unicode::is_space;
}

/// `text.isascii()`
pub fn is_ascii(text: StrRef<'_>) -> bool {
    text.ascii
}

/// `text.isprintable()`; true of the empty string.
pub fn is_printable(text: StrRef<'_>) -> bool {
    text.code_points().all(unicode::is_printable)
}

/// `text.isidentifier()`
pub fn is_identifier(text: StrRef<'_>) -> bool {
    let mut codes = text.code_points();
    codes.next().is_some_and(unicode::is_id_start) && codes.all(unicode::is_id_continue)
}

/// `text.isupper()`
pub fn is_upper(text: StrRef<'_>) -> bool {
    if text.ascii {
        return !text.bytes.iter().any(u8::is_ascii_lowercase) && text.bytes.iter().any(u8::is_ascii_uppercase);
    }
    let wrong = |c| unicode::is_lower(c) || unicode::is_title(c);
    !text.code_points().any(wrong) && text.code_points().any(unicode::is_upper)
}

/// `text.islower()`
pub fn is_lower(text: StrRef<'_>) -> bool {
    if text.ascii {
        return !text.bytes.iter().any(u8::is_ascii_uppercase) && text.bytes.iter().any(u8::is_ascii_lowercase);
    }
    let wrong = |c| unicode::is_upper(c) || unicode::is_title(c);
    !text.code_points().any(wrong) && text.code_points().any(unicode::is_lower)
}

/// `text.istitle()`
pub fn is_title(text: StrRef<'_>) -> bool {
    let (mut any, mut inside) = (false, false);
    for c in text.code_points() {
        if unicode::is_upper(c) || unicode::is_title(c) {
            if inside {
                return false;
            }
            (any, inside) = (true, true);
        } else if unicode::is_lower(c) {
            if !inside {
                return false;
            }
            any = true;
        } else {
            inside = false;
        }
    }
    any
}
