//! `_md5`, `_sha1`, `_sha2`, `_sha3`, `_blake2`: what `hashlib` falls back to without OpenSSL, over the RustCrypto and BLAKE2 crates.

mod blake2;
mod object;
mod state;

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use object::{HASHERS, Kind};

macro_rules! constructor {
    ($name:literal, $kind:expr) => {
        MethodDef::new($name, Convention::FastKeywords, |m, _, args| construct(m, $name, $kind, args))
    };
}

/// `name(string=b'', *, usedforsecurity=True)`.
fn construct(m: &mut Machine, name: &str, kind: Kind, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [data, _] = args.bind(m, name, ["string", "usedforsecurity"], spec)?;
    object::make(m, kind, data)
}

fn add_types(m: &mut Machine, dict: crate::object::header::Gc<crate::object::dict::Dict>, names: &[(&str, Kind)]) {
    for &(name, kind) in names {
        let ty = m.native_type(HASHERS[kind as usize].spec).value();
        m.add_constant(dict, name, ty);
    }
}

/// `_md5`.
pub(super) static MD5: ModuleSpec = ModuleSpec {
    name: "_md5",
    functions: &[constructor!("md5", Kind::Md5)],
    init: Some(|m, dict| {
        add_types(m, dict, &[("MD5Type", Kind::Md5)]);
        Ok(())
    }),
    doc: "",
};

/// `_sha1`.
pub(super) static SHA1: ModuleSpec = ModuleSpec {
    name: "_sha1",
    functions: &[constructor!("sha1", Kind::Sha1)],
    init: Some(|m, dict| {
        add_types(m, dict, &[("SHA1Type", Kind::Sha1)]);
        Ok(())
    }),
    doc: "",
};

/// `_sha2`.
pub(super) static SHA2: ModuleSpec = ModuleSpec {
    name: "_sha2",
    functions: &[
        constructor!("sha224", Kind::Sha224),
        constructor!("sha256", Kind::Sha256),
        constructor!("sha384", Kind::Sha384),
        constructor!("sha512", Kind::Sha512),
    ],
    init: Some(|m, dict| {
        let names =
            [("SHA224Type", Kind::Sha224), ("SHA256Type", Kind::Sha256), ("SHA384Type", Kind::Sha384), ("SHA512Type", Kind::Sha512)];
        add_types(m, dict, &names);
        Ok(())
    }),
    doc: "",
};

/// `_sha3`, whose types are called directly.
pub(super) static SHA3: ModuleSpec = ModuleSpec {
    name: "_sha3",
    functions: &[],
    init: Some(|m, dict| {
        let names = [
            ("sha3_224", Kind::Sha3_224),
            ("sha3_256", Kind::Sha3_256),
            ("sha3_384", Kind::Sha3_384),
            ("sha3_512", Kind::Sha3_512),
            ("shake_128", Kind::Shake128),
            ("shake_256", Kind::Shake256),
        ];
        add_types(m, dict, &names);
        let implementation = m.str_value("RustCrypto");
        m.add_constant(dict, "implementation", implementation);
        Ok(())
    }),
    doc: "",
};

/// `_blake2`, whose types are called directly.
pub(super) static BLAKE2: ModuleSpec = ModuleSpec {
    name: "_blake2",
    functions: &[],
    init: Some(|m, dict| {
        add_types(m, dict, &[("blake2b", Kind::Blake2b), ("blake2s", Kind::Blake2s)]);
        for (letter, limits) in [("B", blake2::LIMITS_B), ("S", blake2::LIMITS_S)] {
            for (name, n) in [
                ("SALT_SIZE", limits.salt),
                ("PERSON_SIZE", limits.person),
                ("MAX_KEY_SIZE", limits.key),
                ("MAX_DIGEST_SIZE", limits.digest),
            ] {
                m.add_constant(dict, &format!("BLAKE2{letter}_{name}"), Value::small(n as i64));
            }
        }
        Ok(())
    }),
    doc: "_blake2b provides BLAKE2b for hashlib\n",
};
