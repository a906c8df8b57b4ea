//! The state of a hash under way, whichever algorithm it is.

use sha3::digest::{Digest, ExtendableOutput, Update, XofReader};

/// See the module's description.
#[derive(Clone)]
pub(super) enum State {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
    Sha3_224(sha3::Sha3_224),
    Sha3_256(sha3::Sha3_256),
    Sha3_384(sha3::Sha3_384),
    Sha3_512(sha3::Sha3_512),
    Shake128(sha3::Shake128),
    Shake256(sha3::Shake256),
    Blake2b(blake2b_simd::State),
    Blake2s(blake2s_simd::State),
}

macro_rules! with_digest {
    ($state:expr, $h:ident => $digest:expr, $x:ident => $xof:expr, $b:ident => $blake:expr) => {
        match $state {
            State::Md5($h) => $digest,
            State::Sha1($h) => $digest,
            State::Sha224($h) => $digest,
            State::Sha256($h) => $digest,
            State::Sha384($h) => $digest,
            State::Sha512($h) => $digest,
            State::Sha3_224($h) => $digest,
            State::Sha3_256($h) => $digest,
            State::Sha3_384($h) => $digest,
            State::Sha3_512($h) => $digest,
            State::Shake128($x) => $xof,
            State::Shake256($x) => $xof,
            State::Blake2b($b) => $blake,
            State::Blake2s($b) => $blake,
        }
    };
}

impl State {
    pub(super) fn update(&mut self, data: &[u8]) {
        with_digest!(self, h => Update::update(h, data), x => Update::update(x, data), b => {
            b.update(data);
        });
    }

    /// The digest so far; `length` is for those that have any length.
    pub(super) fn digest(&self, length: usize) -> Vec<u8> {
        with_digest!(self, h => h.clone().finalize().to_vec(), x => {
            let mut out = vec![0; length];
            x.clone().finalize_xof().read(&mut out);
            out
        }, b => b.finalize().as_bytes().to_vec())
    }
}
