//! Coefficients against num-bigint, and operations against each other: what conformance programs would show, but not where.

use super::binary::{from_big, to_big};
use super::limbs::{Limbs, RADIX, shift_left, shift_right};
use super::parse::parse_exact;
use super::product::multiply;
use super::quotient::{divide, square_root};
use super::text::{Notation, Style, to_text};
use super::{Dec, Env, Round, status, sum};

/// Pseudo-random coefficients, some with limbs of zeros and of nines.
struct Source(u64);

impl Source {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ self.0 >> 32
    }

    fn coefficient(&mut self, len: usize) -> Limbs {
        let mut limb = || match self.word() % 8 {
            0 => 0,
            1 => RADIX - 1,
            _ => self.word() % RADIX,
        };
        let mut out: Limbs = (0..len).map(|_| limb()).collect();
        out[len - 1] |= 1;
        out
    }
}

#[test]
fn products_and_quotients() {
    let mut source = Source(1);
    for (m, n) in [(1, 1), (1, 2), (2, 2), (5, 1), (7, 3), (40, 33), (64, 64), (130, 35), (200, 199), (320, 310), (700, 350), (1500, 301)] {
        let (a, b) = (source.coefficient(m), source.coefficient(n));
        let product = multiply(&a, &b);
        assert_eq!(to_big(&product), to_big(&a) * to_big(&b), "{m} by {n}");
        assert_eq!(from_big(&to_big(&a)), a);
        let rest = source.coefficient(n.max(2) - 1);
        let sum = from_big(&(to_big(&product) + to_big(&rest)));
        let (quotient, remainder) = divide(&sum, &b);
        assert_eq!(to_big(&quotient) * to_big(&b) + to_big(&remainder), to_big(&sum), "{m} by {n}");
        assert!(to_big(&remainder) < to_big(&b));
        assert_eq!(square_root(&multiply(&a, &a)), (a.clone(), true));
        let (root, exact) = square_root(&sum);
        assert_eq!(to_big(&root), to_big(&sum).sqrt());
        assert_eq!(exact, to_big(&root) * to_big(&root) == to_big(&sum));
    }
}

#[test]
fn shifts_keep_what_decides_rounding() {
    let mut source = Source(2);
    for len in 1..5 {
        for n in 0..(len as i64 * 19 + 5) {
            let a = source.coefficient(len);
            let mut back = shift_left(&a, n).unwrap_or_default();
            assert_eq!(shift_right(&mut back, n), 0);
            assert_eq!(back, a);
            let mut cut = a.clone();
            let rounding = shift_right(&mut cut, n);
            let text = to_big(&a).to_string();
            let (kept, lost) = text.split_at(text.len().saturating_sub(n as usize));
            assert_eq!(to_big(&cut).to_string(), if kept.is_empty() { "0" } else { kept });
            let padded = format!("{lost:0>width$}", width = n as usize);
            let digit = padded.as_bytes().first().map_or(0, |d| d - b'0');
            let more = padded.bytes().skip(1).any(|d| d != b'0');
            assert_eq!(rounding, digit + u8::from(more && digit % 5 == 0), "{text} >> {n}");
        }
    }
}

#[test]
fn quick_ways_give_what_the_general_ones_give() {
    let mut source = Source(3);
    let style = Style::new(Notation::Scientific, true);
    let shown = |d: &Dec| String::from_utf8(to_text(d.num(), &style).unwrap_or_default()).unwrap_or_default();
    for i in 0..20_000 {
        let mut operand = || {
            let len = 1 + source.word() as usize % 2;
            let mut coeff = source.coefficient(len);
            shift_right(&mut coeff, (source.word() % 18) as i64);
            Dec::finite(source.word().is_multiple_of(2), coeff, source.word() as i64 % 30)
        };
        let (a, b) = (operand(), operand());
        let env = Env {
            prec: 1 + (source.word() % 38) as i64,
            emax: 60,
            emin: -((source.word() % 60) as i64),
            round: Round::ALL[i % 8],
            clamp: false,
            status: 0,
        };
        // The general ways serve contexts that clamp, where nothing else differs with so many exponents above.
        for f in [sum::add, sum::subtract, sum::multiply, super::divide::divide] {
            let (mut quick, mut general) = (env, Env { clamp: true, emax: 10_000, ..env });
            let (x, y) = (f(a.num(), b.num(), &mut quick), f(a.num(), b.num(), &mut general));
            if quick.status & status::OVERFLOW == 0 {
                assert_eq!((shown(&x), quick.status), (shown(&y), general.status), "{} {} in {env:?}", shown(&a), shown(&b));
            }
        }
    }
}

#[test]
fn texts_come_back() {
    let style = Style::new(Notation::Scientific, true);
    for text in ["0", "-0", "1.50", "1E+19", "12345678901234567890.123456789012345678901234567890", "NaN12", "-sNaN", "Infinity", "0E-7"] {
        let number = parse_exact(text.as_bytes(), &mut Env::MAX.clone());
        assert_eq!(to_text(number.num(), &style).as_deref(), Some(text.as_bytes()));
    }
    for text in ["", ".", "1e", "e5", "1.2.3", "--1", "nan1x", "infin", "1 "] {
        let mut env = Env::MAX;
        parse_exact(text.as_bytes(), &mut env);
        assert_eq!(env.status, status::CONVERSION_SYNTAX, "{text:?}");
    }
}
