//! Names this build of the compiler: a hash of everything that decides what code it makes. Packed code (`src/code/packed/`) that another
//! build has made must never be read, and the package's version does not change with every change.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = vec![package.join("Cargo.toml"), package.join("../Cargo.lock")];
    collect(&package.join("src"), &mut files);
    files.sort();
    // Two hashes of 64 bits that begin differently.
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u8(1);
    for file in &files {
        // Without the lock file, in a package taken out of the workspace, the rest still tells.
        let Ok(bytes) = std::fs::read(file) else { continue };
        let name = file.strip_prefix(&package).unwrap_or(file).to_string_lossy();
        for hasher in &mut hashers {
            hasher.write_usize(name.len());
            hasher.write(name.as_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
        if !file.starts_with(package.join("src")) {
            println!("cargo:rerun-if-changed={}", file.display());
        }
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rustc-env=VM_CORE_BUILD={:016x}{:016x}", hashers[0].finish(), hashers[1].finish());
}

/// Every file below a directory.
fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
