//! What stands around a packed module: whose it is, and whether it is whole.

use twox_hash::XxHash3_128;

/// The build of this compiler, in hexadecimal digits: other builds' entries are not read.
pub const BUILD: &str = env!("VM_CORE_BUILD");

/// What an entry begins with.
const MAGIC: [u8; 8] = *b"DHCODE\x0d\x0a";
/// The header: magic, build, name, hash of the source, its length, length of the body, checksum.
const HEADER_BYTES: usize = CHECKSUM_AT + 16;
const CHECKSUM_AT: usize = 8 + BUILD.len() + 16 + 16 + 8 + 8;

/// What a module was compiled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    name: u128,
    source: u128,
    source_bytes: u64,
}

impl Key {
    /// The key of a source text, of the name its code will show, and of the optimisation level. The hashes tell texts apart that were not
    /// made to be taken for one another.
    #[must_use]
    pub fn of(source: &[u8], filename: &str, optimize: u8) -> Key {
        let mut name = filename.as_bytes().to_vec();
        name.extend([0, optimize]);
        Key { name: XxHash3_128::oneshot(&name), source: XxHash3_128::oneshot(source), source_bytes: source.len() as u64 }
    }

    /// What the entry is to be called: the same for every text of a file, so that a changed one replaces what it was.
    #[must_use]
    pub fn entry_name(&self) -> String {
        format!("{:032x}", self.name)
    }

    /// The entry for a body.
    #[must_use]
    pub fn seal(&self, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_BYTES + body.len());
        out.extend(self.header(body.len()));
        let checksum = checksum(&out, body);
        out.extend(checksum.to_le_bytes());
        out.extend_from_slice(body);
        out
    }

    /// Where the body starts in an entry; `None` if the entry is another's, or not whole.
    #[must_use]
    pub fn open(&self, entry: &[u8]) -> Option<usize> {
        let body = entry.get(HEADER_BYTES..)?;
        let (header, sum) = (&entry[..CHECKSUM_AT], &entry[CHECKSUM_AT..HEADER_BYTES]);
        let whole = header == self.header(body.len()) && sum == checksum(header, body).to_le_bytes();
        whole.then_some(HEADER_BYTES)
    }

    fn header(&self, body_bytes: usize) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(BUILD.bytes());
        out.extend(self.name.to_le_bytes());
        out.extend(self.source.to_le_bytes());
        out.extend(self.source_bytes.to_le_bytes());
        out.extend((body_bytes as u64).to_le_bytes());
        out
    }
}

fn checksum(header: &[u8], body: &[u8]) -> u128 {
    // The header's own hash is short; turning it keeps the two from cancelling out.
    XxHash3_128::oneshot(body) ^ XxHash3_128::oneshot(header).rotate_left(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_its_keys_alone() {
        let key = Key::of(b"x = 1", "a.py", 0);
        let entry = key.seal(b"body");
        assert_eq!(key.open(&entry), Some(entry.len() - 4));
        for other in [Key::of(b"x = 2", "a.py", 0), Key::of(b"x = 1", "b.py", 0), Key::of(b"x = 1", "a.py", 1)] {
            assert_eq!(other.open(&entry), None);
        }
        assert_eq!(key.entry_name(), Key::of(b"x = 2", "a.py", 0).entry_name());
        assert_ne!(key.entry_name(), Key::of(b"x = 1", "b.py", 0).entry_name());
    }

    #[test]
    fn an_entry_with_a_changed_byte_or_another_length_is_refused() {
        let key = Key::of(b"x = 1", "a.py", 0);
        let entry = key.seal(b"some body");
        for at in 0..entry.len() {
            for bit in 0..8 {
                let mut damaged = entry.clone();
                damaged[at] ^= 1 << bit;
                assert_eq!(key.open(&damaged), None, "byte {at}");
            }
            assert_eq!(key.open(&entry[..at]), None, "cut at {at}");
        }
        let mut longer = entry;
        longer.push(0);
        assert_eq!(key.open(&longer), None);
    }
}
