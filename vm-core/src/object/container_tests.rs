//! The tables of `dict` and `set` against a plain model and against CPython's order (`golden/set_table.txt`, made by
//! `scripts/set_table_golden.py`). What Python programs see of them is compared in the conformance programs.

use super::dict::OnDuplicate;
use super::header::Gc;
use super::set::Set;
use super::value::Value;
use crate::machine::Machine;

fn machine() -> Box<Machine> {
    Machine::boot(&super::bootstrap::BootConfig::default())
}

/// A deterministic stream of numbers.
struct Stream(u64);

impl Stream {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

#[test]
fn dict_keeps_order_and_finds_keys() {
    let mut m = machine();
    let mut stream = Stream(7);
    for span in [5u64, 100, 3000, 60_000] {
        let d = m.new_dict();
        let mut model: Vec<(u64, u64)> = Vec::new();
        let mut at = std::collections::BTreeMap::new();
        let names: Vec<_> = (0..span).map(|i| m.intern(&format!("name{i}"))).collect();
        for step in 0..span * 4 {
            let k = stream.next(span);
            let name = names[k as usize];
            if stream.next(4) == 0 {
                let removed = d.remove_str(&m, name).map(|v| v.as_int() as u64);
                assert_eq!(removed, at.remove(&k));
                model.retain(|&(key, _)| span > 5000 || key != k);
            } else {
                d.insert_str(&mut m, name, Value::small(step as i64));
                if at.insert(k, step).is_none() && span <= 5000 {
                    model.push((k, step));
                } else if let Some(e) = model.iter_mut().find(|e| e.0 == k) {
                    e.1 = step;
                }
            }
        }
        assert_eq!(d.len(), at.len());
        for (&k, &v) in &at {
            assert_eq!(d.get_str(&m, names[k as usize]), Some(Value::small(v as i64)));
        }
        if span <= 5000 {
            let walked: Vec<_> = d.iter().map(|(k, v)| (k, v.as_int() as u64)).collect();
            let expected: Vec<_> = model.iter().map(|&(k, v)| (names[k as usize].value(), v)).collect();
            assert_eq!(walked, expected);
        }
        let copy = d.copy(&mut m);
        assert!(copy.iter().eq(d.iter()));
        assert_eq!(copy.merge_dict(&mut m, d, OnDuplicate::Refuse).is_err(), !d.is_empty());
        m.take_raised();
        while let Some((key, _)) = copy.pop_last() {
            // SAFETY: all keys are strs.
            assert!(copy.get_str(&m, unsafe { key.cast() }).is_none());
        }
        assert!(copy.is_empty() && copy.iter().next().is_none());
        copy.insert_str(&mut m, names[0], Value::small(1));
        assert!(copy.iter().eq([(names[0].value(), Value::small(1))]));
    }
}

#[test]
fn keys_version_follows_keys_not_values() {
    let mut m = machine();
    let d = m.new_dict();
    let (a, b) = (m.intern("a"), m.intern("b"));
    d.insert_str(&mut m, a, Value::small(1));
    let version = d.keys_version(&mut m);
    assert!(version != 0 && version == d.keys_version(&mut m));
    let i = d.index_of_str(a).expect("present");
    d.insert_str(&mut m, a, Value::small(2));
    assert_eq!(d.keys_version.get(), version);
    // SAFETY: the index of an entry.
    assert_eq!(unsafe { d.value_at(i) }, Value::small(2));
    d.insert_str(&mut m, b, Value::small(3));
    assert_eq!(d.keys_version.get(), 0);
    assert!(d.keys_version(&mut m) != version);
    d.remove_str(&m, b);
    assert_eq!(d.keys_version.get(), 0);
    d.keys_version(&mut m);
    d.clear(&mut m);
    assert_eq!(d.keys_version.get(), 0);
}

#[test]
fn one_table_for_strs_and_other_keys() {
    let mut m = machine();
    let d = m.new_dict();
    let a = m.intern("a");
    d.insert_str(&mut m, a, Value::small(1));
    assert!(d.all_keys_are_str());
    d.insert(&mut m, Value::small(5), Value::small(2)).expect("inserted");
    assert!(!d.all_keys_are_str());
    // Equal text in another object is the same key.
    let other = m.str("a");
    assert_eq!(d.get(&mut m, other.value()), Ok(Some(Value::small(1))));
    assert_eq!(d.get(&mut m, Value::small(5)), Ok(Some(Value::small(2))));
    assert_eq!(d.get(&mut m, Value::small(6)), Ok(None));
    assert_eq!(d.get_str(&m, a), Some(Value::small(1)));
}

/// `hash(int)` of the golden's keys, which are below 2^61 - 1.
fn add(m: &mut Machine, set: Gc<Set>, key: i64) {
    set.add_hashed(m, Value::small(key), if key == -1 { -2 } else { key }).expect("no Python runs");
}

fn walk(set: Gc<Set>) -> Vec<i64> {
    set.iter().map(|(key, _)| key.as_int()).collect()
}

#[test]
fn sets_are_walked_as_cpython_does() {
    let mut m = machine();
    let (mut a, mut b) = (m.new_set(), m.new_set());
    for (number, line) in include_str!("golden/set_table.txt").lines().enumerate() {
        let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
        let numbers = || rest.split_whitespace().map(|n| n.parse::<i64>().expect("a number"));
        let other = b.value();
        match what {
            "#" => {}
            "new" => (a, b) = (m.new_set(), m.new_set()),
            "add" => numbers().for_each(|n| add(&mut m, a, n)),
            "discard" => numbers().for_each(|n| {
                assert_eq!(a.discard_hashed(&mut m, Value::small(n), if n == -1 { -2 } else { n }), Ok(true));
            }),
            "pop" => assert_eq!(a.pop().map(Value::as_int), numbers().next()),
            "exchange" => std::mem::swap(&mut a, &mut b),
            "update" => a.update(&mut m, other).expect("no Python runs"),
            "difference_update" => a.difference_update(&mut m, other).expect("no Python runs"),
            "symmetric_difference_update" => a.symmetric_difference_update(&mut m, other).expect("no Python runs"),
            "intersection_update" => {
                let result = a.intersection(&mut m, other).expect("no Python runs");
                a.swap(&result);
            }
            "union" => {
                a = a.copy(&mut m).expect("no Python runs");
                a.update(&mut m, other).expect("no Python runs");
            }
            "intersection" => a = a.intersection(&mut m, other).expect("no Python runs"),
            "difference" => a = a.difference(&mut m, other).expect("no Python runs"),
            "symmetric_difference" => a = a.symmetric_difference(&mut m, other).expect("no Python runs"),
            "copy" => a = a.copy(&mut m).expect("no Python runs"),
            "walk" => assert_eq!(walk(a), numbers().collect::<Vec<_>>(), "line {}", number + 1),
            "hash" => {
                let class = m.types.frozenset;
                let frozen = m.new_set_of(class);
                frozen.merge(&mut m, a).expect("no Python runs");
                assert_eq!(m.hash(frozen.value()), Ok(numbers().next().unwrap_or(0)), "line {}", number + 1);
            }
            other => panic!("unknown step {other}"),
        }
    }
}
