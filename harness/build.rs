//! Hands the program what only the build knows: profile, optimisation level, compiler, target, source revision. Reports and
//! the summary line name them.

use std::env;
use std::path::Path;
use std::process::Command;

fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

fn main() {
    // `target/<profile>/build/harness-<hash>/out`: cargo tells the profile's real name in no other way.
    let out_dir = env::var("OUT_DIR").unwrap_or_default();
    let profile = Path::new(&out_dir)
        .ancestors()
        .nth(3)
        .and_then(|directory| directory.file_name()?.to_str())
        .map(|name| if name == "debug" { "dev" } else { name });
    let revision = output("git", &["rev-parse", "--short=12", "HEAD"]).map(|revision| {
        match output("git", &["status", "--porcelain", "--untracked-files=no"]) {
            Some(_) => format!("{revision} with changes"),
            None => revision,
        }
    });
    let facts = [
        ("HARNESS_PROFILE", profile.map(str::to_owned)),
        ("HARNESS_OPT_LEVEL", env::var("OPT_LEVEL").ok()),
        ("HARNESS_RUSTC", output(&env::var("RUSTC").unwrap_or("rustc".into()), &["--version"])),
        ("HARNESS_TARGET", env::var("TARGET").ok()),
        ("HARNESS_REVISION", revision),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            println!("cargo::rustc-env={name}={value}");
        }
    }
    pack_relocations();
    println!("cargo::rerun-if-changed=build.rs");
    // The sources, because editing one makes the revision "with changes"; not git's index, which even `git status` rewrites.
    for file in ["../.git/logs/HEAD", "../vm-core/src", "../dispatch-variants/src", "src"] {
        if Path::new(file).exists() {
            println!("cargo::rerun-if-changed={file}");
        }
    }
}

/// Relocations take half a megabyte of the executable, all of it read at start-up; packed, a few kilobytes. The C library understands
/// them since 2.36, and only where the program is built for this machine is its version known. A linker without the option ignores it.
fn pack_relocations() {
    if env::var("HOST") != env::var("TARGET") || env::var("CARGO_CFG_TARGET_ENV").as_deref() != Ok("gnu") {
        return;
    }
    let version = output("getconf", &["GNU_LIBC_VERSION"]);
    let minor = version.as_deref().and_then(|v| v.strip_prefix("glibc 2.")).and_then(|v| v.parse::<u32>().ok());
    if minor.is_some_and(|minor| minor >= 36) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
