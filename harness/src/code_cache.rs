//! Compiled modules in files: where `vm_core`'s stored code lies, and how much of it is kept.
//!
//! `code/BUILD/NAME` below the user's cache directory, never beside the source. `BUILD` names the compiler that made the code
//! (`vm_core::code::packed::entry::BUILD`): an entry of another build is not even looked at. An entry is written to a file of its own and
//! then renamed, so that a reader sees all of it or none. Whatever goes wrong, there is no cache, and nobody is told; what an entry holds is
//! checked by whoever reads it.

use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;
use vm_core::code::packed::entry::BUILD;
use vm_core::machine::code_store::CodeStore;

/// What one build's entries may take before the oldest of them go. Half of the standard library, 167 modules, takes 9 MB.
const MOST_BYTES: u64 = 256 << 20;
/// Builds whose entries are kept: two that are used in turn do not drive each other's out.
const BUILDS: usize = 3;

/// The files of this build.
#[derive(Debug)]
pub struct CodeCache {
    /// Of all builds.
    root: PathBuf,
    directory: PathBuf,
    /// Whether the directory may be used, once that has been looked at.
    usable: std::cell::Cell<Option<bool>>,
    /// Something was saved.
    saved: std::cell::Cell<bool>,
    most_bytes: u64,
}

impl CodeCache {
    /// The user's; `None` for a user without a cache directory.
    #[must_use]
    pub fn of_user() -> Option<CodeCache> {
        crate::directories::user_cache().map(|cache| CodeCache::at(&cache.join("code"), MOST_BYTES))
    }

    fn at(root: &Path, most_bytes: u64) -> CodeCache {
        let directory = root.join(BUILD);
        CodeCache { root: root.to_owned(), directory, usable: None.into(), saved: false.into(), most_bytes }
    }

    /// Whether the directory is there, and this user's own: code that others may write is not run.
    fn is_usable(&self) -> bool {
        self.usable.get().unwrap_or_else(|| {
            let usable = fs::symlink_metadata(&self.directory).is_ok_and(|d| is_own(&d));
            self.usable.set(Some(usable));
            usable
        })
    }

    /// Makes the directory, and room for what is to come; once.
    fn prepare(&self) -> bool {
        if self.saved.replace(true) {
            return self.is_usable();
        }
        let make = |recursive: bool, path: &Path| DirBuilder::new().recursive(recursive).mode(0o700).create(path).is_ok();
        if self.is_usable() {
            self.shrink();
        } else if make(true, &self.root) && make(false, &self.directory) {
            self.usable.set(None);
            self.forget_builds();
        }
        self.is_usable()
    }

    /// Removes the entries of builds that were made before the last few.
    fn forget_builds(&self) {
        let is_build = |path: &Path| {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            name.len() == BUILD.len() && name.bytes().all(|b| b.is_ascii_hexdigit())
        };
        for (_, _, old) in oldest_first(&self.root, is_build).into_iter().rev().skip(BUILDS) {
            let _ = fs::remove_dir_all(old);
        }
    }

    /// Removes the oldest entries if there are too many, until half of what may be there is left.
    fn shrink(&self) {
        let entries = oldest_first(&self.directory, |_| true);
        let mut bytes: u64 = entries.iter().map(|e| e.1).sum();
        if bytes <= self.most_bytes {
            return;
        }
        for (_, size, path) in entries {
            if bytes <= self.most_bytes / 2 {
                break;
            }
            let _ = fs::remove_file(path);
            bytes -= size;
        }
    }
}

/// Whether a directory is one, of this user, and writable by nobody else.
fn is_own(metadata: &fs::Metadata) -> bool {
    metadata.is_dir() && metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o022 == 0
}

/// What is in a directory: when it was changed, its size, its path.
fn oldest_first(directory: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<(SystemTime, u64, PathBuf)> {
    let entries = fs::read_dir(directory).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_else(|_| Vec::new());
    let mut out: Vec<_> = entries
        .into_iter()
        .filter(|path| wanted(path))
        .filter_map(|path| {
            let metadata = fs::symlink_metadata(&path).ok()?;
            Some((metadata.modified().ok()?, metadata.len(), path))
        })
        .collect();
    out.sort();
    out
}

impl CodeStore for CodeCache {
    fn load(&self, name: &str) -> Option<Vec<u8>> {
        if self.is_usable() { fs::read(self.directory.join(name)).ok() } else { None }
    }

    fn save(&self, name: &str, entry: &[u8]) {
        if !self.prepare() {
            return;
        }
        // Several writers may be at the same entry; the last one's stays. The name is one that no other has, in whatever process.
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        let temporary = self.directory.join(format!("{name}.{}-{number}-{moment}", std::process::id()));
        let Ok(mut file) = File::create_new(&temporary) else { return };
        if file.write_all(entry).is_err() || fs::rename(&temporary, self.directory.join(name)).is_err() {
            let _ = fs::remove_file(&temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Place {
            let root = std::env::temp_dir().join(format!("harness-code-cache-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            Place(root)
        }

        fn cache(&self, most_bytes: u64) -> CodeCache {
            CodeCache::at(&self.0, most_bytes)
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700));
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let place = Place::new("plain");
        let cache = place.cache(MOST_BYTES);
        assert_eq!(cache.load("a"), None);
        assert!(!place.0.exists(), "looking writes nothing");
        cache.save("a", b"one");
        assert_eq!(cache.load("a").as_deref(), Some(&b"one"[..]));
        cache.save("a", b"two");
        assert_eq!(place.cache(MOST_BYTES).load("a").as_deref(), Some(&b"two"[..]));
        assert_eq!(fs::read_dir(&cache.directory).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn writers_at_the_same_time_leave_one_whole_entry() {
        let place = Place::new("writers");
        std::thread::scope(|scope| {
            for n in 0..8_u8 {
                let root = &place.0;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let cache = CodeCache::at(root, MOST_BYTES);
                        cache.save("a", &vec![n; 100_000]);
                        if let Some(entry) = cache.load("a") {
                            assert!(entry.len() == 100_000 && entry.iter().all(|b| *b == entry[0]));
                        }
                    }
                });
            }
        });
        assert_eq!(place.cache(MOST_BYTES).load("a").map(|e| e.len()), Some(100_000));
    }

    #[test]
    fn a_directory_that_others_may_write_is_not_used() {
        let place = Place::new("others");
        place.cache(MOST_BYTES).save("a", b"one");
        fs::set_permissions(place.0.join(BUILD), fs::Permissions::from_mode(0o777)).unwrap();
        let cache = place.cache(MOST_BYTES);
        cache.save("b", b"two");
        assert_eq!((cache.load("a"), cache.load("b")), (None, None));
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is() {
        let place = Place::new("file");
        fs::write(&place.0, b"a file stands there").unwrap();
        let cache = place.cache(MOST_BYTES);
        cache.save("a", b"one");
        assert_eq!(cache.load("a"), None);
        fs::remove_file(&place.0).unwrap();
    }

    #[test]
    fn old_builds_and_old_entries_go() {
        let place = Place::new("old");
        let build = |n: usize| place.0.join(format!("{n:0width$x}", width = BUILD.len()));
        let age = |path: &Path, hours: u64| {
            File::open(path).unwrap().set_modified(SystemTime::now() - Duration::from_secs(3600 * hours)).unwrap();
        };
        for n in 1..=4 {
            fs::create_dir_all(build(n)).unwrap();
            fs::write(build(n).join("entry"), b"old").unwrap();
            age(&build(n), 10 - n as u64);
        }
        fs::create_dir(place.0.join("notes")).unwrap();
        let cache = place.cache(10);
        cache.save("a", b"12345");
        assert_eq!([1, 2, 3, 4].map(|n| build(n).exists()), [false, false, true, true]);
        assert!(place.0.join("notes").exists());
        for (name, hours) in [("b", 5), ("c", 3), ("d", 1)] {
            cache.save(name, b"12345");
            age(&cache.directory.join(name), hours);
        }
        age(&cache.directory.join("a"), 9);
        place.cache(10).save("e", b"12345");
        assert_eq!(["a", "b", "c", "d", "e"].map(|n| cache.load(n).is_some()), [false, false, false, true, true]);
    }
}
