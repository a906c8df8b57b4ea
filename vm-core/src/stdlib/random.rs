//! `_random`: the Mersenne Twister, with CPython's seeding, so that every stream of `random` is CPython's.

use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use num_bigint::{BigInt, Sign};
use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, Hasher};

const WORDS: usize = 624;
const MIDDLE: usize = 397;

/// The generator's state.
struct Twister {
    words: [u32; WORDS],
    next: usize,
}

impl Twister {
    fn seeded(seed: u32) -> Twister {
        let mut words = [0; WORDS];
        words[0] = seed;
        for i in 1..WORDS {
            let previous: u32 = words[i - 1];
            words[i] = 1_812_433_253u32.wrapping_mul(previous ^ previous >> 30).wrapping_add(i as u32);
        }
        Twister { words, next: WORDS }
    }

    fn from_key(key: &[u32]) -> Twister {
        let mut t = Twister::seeded(19_650_218);
        let mt = &mut t.words;
        let (mut i, mut j) = (1, 0);
        let mix = |mt: &[u32; WORDS], i: usize, factor: u32| mt[i] ^ (mt[i - 1] ^ mt[i - 1] >> 30).wrapping_mul(factor);
        for _ in 0..WORDS.max(key.len()) {
            mt[i] = mix(mt, i, 1_664_525).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= WORDS {
                mt[0] = mt[WORDS - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 1..WORDS {
            mt[i] = mix(mt, i, 1_566_083_941).wrapping_sub(i as u32);
            i += 1;
            if i >= WORDS {
                mt[0] = mt[WORDS - 1];
                i = 1;
            }
        }
        mt[0] = 0x8000_0000;
        t
    }

    #[cold]
    fn refill(&mut self) {
        let mt = &mut self.words;
        for k in 0..WORDS {
            let y = (mt[k] & 0x8000_0000) | (mt[(k + 1) % WORDS] & 0x7fff_ffff);
            mt[k] = mt[(k + MIDDLE) % WORDS] ^ y >> 1 ^ if y & 1 != 0 { 0x9908_b0df } else { 0 };
        }
        self.next = 0;
    }

    fn word(&mut self) -> u32 {
        if self.next >= WORDS {
            self.refill();
        }
        let mut y = self.words[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }

    fn float(&mut self) -> f64 {
        let (a, b) = (f64::from(self.word() >> 5), f64::from(self.word() >> 6));
        (a * 67_108_864.0 + b) * (1.0 / 9_007_199_254_740_992.0)
    }
}

/// A `_random.Random` object.
#[repr(C)]
struct Random {
    header: Header,
    twister: RefCell<Box<Twister>>,
    seeded: Cell<bool>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Random {
    const LAYOUT: &'static Layout = &layout_of::<Random>(LayoutId::Random);
    fn trace(&self, _: &mut Marker<'_>) {}
}

static RANDOM: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new), init: Some(init), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("random", Convention::NoArgs, |m, v, _| {
            let f = this(v).twister.borrow_mut().float();
            Ok(m.new_float(f))
        }),
        MethodDef::new("seed", Convention::Fast, |m, v, args| {
            let args = args.between(m, "seed", 0, 1)?;
            seed(m, v, args.first().copied().unwrap_or(Value::NONE))?;
            Ok(Value::NONE)
        }),
        MethodDef::new("getstate", Convention::NoArgs, get_state),
        MethodDef::new("setstate", Convention::O, set_state),
        MethodDef::new("getrandbits", Convention::O, get_random_bits),
    ],
    doc: "Random() -> create a random number generator with its own internal state.",
    ..TypeSpec::new("_random.Random", Random::LAYOUT)
};

/// `_random`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_random",
    functions: &[],
    init: Some(|m, dict| {
        let ty = m.native_type(&RANDOM).value();
        m.add_constant(dict, "Random", ty);
        Ok(())
    }),
    doc: "Module implements the Mersenne Twister random number generator.",
};

fn this(v: Value) -> Gc<Random> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let twister = RefCell::new(Box::new(Twister::seeded(0)));
    Ok(m.new_object(Random { header: Header::new(ty), twister, seeded: Cell::new(false) }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    if m.type_of(v) == m.native_type(&RANDOM) {
        args.no_keywords(m, "Random")?;
    }
    if args.len() > 1 {
        return Err(m.type_error("Random() requires 0 or 1 argument"));
    }
    seed(m, v, args.pos().first().copied().unwrap_or(Value::NONE))
}

/// A key that differs from run to run.
fn entropy() -> [u32; 8] {
    let mut key = [0; 8];
    for (i, pair) in key.chunks_exact_mut(2).enumerate() {
        let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
        hasher.write_usize(i);
        let word = hasher.finish();
        (pair[0], pair[1]) = (word as u32, (word >> 32) as u32);
    }
    key
}

fn seed(m: &mut Machine, v: Value, from: Value) -> R<()> {
    let twister = if from.is_none() {
        Twister::from_key(&entropy())
    } else {
        let n = match m.int_to_bigint(from) {
            Some(n) => n,
            None => BigInt::from(m.hash(from)?.cast_unsigned()),
        };
        let key = n.magnitude().to_u32_digits();
        Twister::from_key(if key.is_empty() { &[0] } else { &key })
    };
    **this(v).twister.borrow_mut() = twister;
    this(v).seeded.set(true);
    Ok(())
}

fn get_state(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let mut items: Vec<Value> = this(v).twister.borrow().words.iter().map(|&w| Value::small(i64::from(w))).collect();
    items.push(Value::small(this(v).twister.borrow().next as i64));
    Ok(m.new_tuple(&items).value())
}

fn set_state(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let Some(state) = args.pos()[0].downcast::<Tuple>() else { return Err(m.type_error("state vector must be a tuple")) };
    if state.len() != WORDS + 1 {
        return Err(m.value_error("state vector is the wrong size"));
    }
    let mut words = [0; WORDS];
    for (i, &item) in state.slice().iter().enumerate() {
        if !m.is_int_instance(item) {
            return Err(m.type_error("an integer is required"));
        }
        let Some(n) = m.int_to_bigint(item) else { continue };
        let word = match u64::try_from(&n) {
            Ok(word) => word,
            Err(_) if i == WORDS => return Err(m.value_error("invalid state")),
            Err(_) if n.sign() == Sign::Minus => return Err(m.overflow_error("can't convert negative value to unsigned int")),
            Err(_) => return Err(m.overflow_error("Python int too large to convert to C unsigned long")),
        };
        match words.get_mut(i) {
            Some(to) => *to = word as u32,
            None if word > WORDS as u64 => return Err(m.value_error("invalid state")),
            None => **this(v).twister.borrow_mut() = Twister { words, next: word as usize },
        }
    }
    Ok(Value::NONE)
}

fn get_random_bits(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let bits = m.index(args.pos()[0])?;
    let Some(mut bits) = m.int_as_i64(bits) else {
        return Err(m.overflow_error("Python int too large to convert to C long"));
    };
    if bits < 0 {
        return Err(m.value_error("number of bits must be non-negative"));
    }
    if bits == 0 {
        return Ok(Value::small(0));
    }
    if bits <= 32 {
        let word = this(v).twister.borrow_mut().word() >> (32 - bits);
        return Ok(Value::small(i64::from(word)));
    }
    if bits > 1 << 35 {
        return Err(m.memory_error());
    }
    let mut words = Vec::with_capacity((bits / 32 + 1) as usize);
    while bits > 0 {
        let word = this(v).twister.borrow_mut().word();
        words.push(if bits < 32 { word >> (32 - bits) } else { word });
        bits -= 32;
    }
    Ok(m.int_from_bigint(BigInt::new(Sign::Plus, words)))
}
