//! `harness compare` from outside: what it says of interpreters that are not there, and that a page is written whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the command without the peers that the environment names.
fn compare(arguments: &[&str], page: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harness"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("HARNESS_PEER_") {
            command.env_remove(name);
        }
    }
    command.arg("compare").args(arguments).arg("-o").arg(page).output().unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let directory = std::env::temp_dir().join(format!("harness-compare-test-{name}-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    directory
}

#[test]
fn what_is_missing_is_skipped_with_its_reason() {
    let directory = scratch("missing");
    let page = directory.join("page.md");
    let ran = compare(&["--only", "startup", "--only", "lua", "--peer", "luajit=/no/such/luajit"], &page);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let (said, text) = (String::from_utf8_lossy(&ran.stderr).into_owned(), fs::read_to_string(&page).unwrap());
    for expected in ["'/no/such/luajit' cannot be started", "HARNESS_PEER_CPYTHON_3_13"] {
        assert!(said.contains(expected) && text.contains(expected), "{expected}: {said}\n{text}");
    }
    assert!(text.contains("| not measured |") && !text.contains("| yes |"), "{text}");
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_refused_command_leaves_the_page_alone() {
    let directory = scratch("refused");
    let page = directory.join("page.md");
    fs::write(&page, "old").unwrap();
    for arguments in [&["--only", "speed", "--workload", "nope"][..], &["--peer", "perl=/usr/bin/perl"], &["--only", "everything"]] {
        assert!(!compare(arguments, &page).status.success(), "{arguments:?}");
        assert_eq!(fs::read_to_string(&page).unwrap(), "old");
    }
    let nowhere = compare(&["--only", "startup"], &directory.join("no/such/directory/page.md"));
    assert!(!nowhere.status.success() && String::from_utf8_lossy(&nowhere.stderr).contains("no/such/directory"));
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    fs::remove_dir_all(directory).unwrap();
}
