//! Against num-bigint, on numbers of many lengths, runs of equal bits among them.

use super::*;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// A generator of test numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn word(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number of at most `limbs` limbs, without leading zeros.
    fn limbs(&mut self, limbs: usize) -> Vec<Limb> {
        let mut a: Vec<Limb> = (0..limbs)
            .map(|_| match self.word() % 5 {
                0 => 0,
                1 => Limb::MAX,
                2 => 1 << (self.word() % 64),
                _ => self.word(),
            })
            .collect();
        a.truncate(significant(&a));
        a
    }
}

fn big(a: &[Limb]) -> BigUint {
    BigUint::from_bytes_le(&a.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<_>>())
}

const LENGTHS: [usize; 16] = [0, 1, 1, 2, 2, 3, 4, 7, 19, 39, 40, 41, 79, 90, 161, 330];

#[test]
fn arithmetic_agrees_with_num_bigint() {
    let mut numbers = Numbers(88_172_645_463_325_252);
    for &x in &LENGTHS {
        for &y in &LENGTHS {
            for _ in 0..3 {
                let (a, b) = (numbers.limbs(x), numbers.limbs(y));
                let (p, q) = (big(&a), big(&b));
                assert_eq!(compare(&a, &b), p.cmp(&q));
                let mut sum = vec![7; a.len().max(b.len()) + 1];
                add(&mut sum, &a, &b);
                assert_eq!(big(&sum), &p + &q);
                if p >= q {
                    let mut difference = vec![7; a.len()];
                    sub(&mut difference, &a, &b);
                    assert_eq!(big(&difference), &p - &q);
                }
                let mut product = vec![7; a.len() + b.len()];
                mul(&mut product, &a, &b);
                assert_eq!(big(&product), &p * &q, "{a:x?} * {b:x?}");
                if a.len() >= b.len() && !b.is_empty() {
                    let (mut quotient, mut rest) = (vec![7; a.len() - b.len() + 1], vec![7; a.len() + 1]);
                    div_rem(&mut quotient, &mut rest, &a, &b);
                    assert_eq!((big(&quotient), big(&rest[..b.len()])), p.div_rem(&q), "{a:x?} / {b:x?}");
                }
            }
        }
    }
}

#[test]
fn one_operand_agrees_with_num_bigint() {
    let mut numbers = Numbers(3_141_592_653_589_793);
    for &length in &LENGTHS {
        for shift in [0, 1, 63, 64, 65, 128, 1000] {
            let a = numbers.limbs(length);
            let p = big(&a);
            let mut shifted = vec![7; a.len() + shift / 64 + 1];
            shift_left(&mut shifted, &a, shift);
            assert_eq!(big(&shifted), &p << shift);
            if shift / 64 < a.len() {
                let mut shifted = vec![7; a.len() - shift / 64];
                let lost = shift_right(&mut shifted, &a, shift);
                assert_eq!((big(&shifted), lost), (&p >> shift, p.trailing_zeros().is_some_and(|z| z < shift as u64)));
            }
            let mut squared = vec![7; 2 * a.len()];
            square(&mut squared, &a);
            assert_eq!(big(&squared), &p * &p);
            assert_eq!(mod_mersenne_61(&a), (&p % ((1u64 << 61) - 1)).iter_u64_digits().next().unwrap_or(0));
            assert_eq!(bits(&a), p.bits());
            assert_eq!(to_bigint(true, &a), -num_bigint::BigInt::from(p.clone()));
            if !a.is_empty() {
                assert_eq!(to_f64(false, &a), p.to_f64().unwrap_or(f64::INFINITY), "{a:x?}");
            }
            let mut text = Vec::new();
            if !a.is_empty() {
                append_decimal(&mut text, &a);
                assert_eq!(String::from_utf8_lossy(&text), p.to_string());
                if length < 20 {
                    assert_eq!(big(&pow(&a, shift / 10)), p.pow((shift / 10) as u32));
                }
            }
        }
    }
}
