//! The report end to end on made-up data: measurements only, profiles only, both, and data that is broken.
//! `target/tmp/report-both/index.html` stays behind for looking at.

mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};

use reports::{ReportError, pictures, report};

fn fresh(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn write_profile(directory: &Path, name: &str, seed: u64) {
    let profile = synthetic::profile(&format!("workloads/{name}.py"), seed);
    let text = serde_json::to_string_pretty(&profile).unwrap();
    fs::write(directory.join(format!("{name}.json")), text).unwrap();
}

#[test]
fn measurements_and_profiles_together() {
    let input = fresh("data-both");
    synthetic::measurements(8).save(&input).unwrap();
    write_profile(&input, "richards", 1);
    write_profile(&input, "fib", 2);
    write_profile(&input, "adversary_type_flip", 3);
    let output = fresh("report-both");
    let written = report(&input, &output).unwrap();
    assert!(written.measurements && written.profiles == 3 && written.skipped.is_empty());
    let html = fs::read_to_string(&written.index).unwrap();
    assert_eq!(html.matches("<svg ").count(), written.charts);
    assert!(html.contains("These measurements are made up"));
    // Self-contained: nothing is loaded from elsewhere.
    for loading in ["<link", "src=", "@import", "url("] {
        assert!(!html.contains(loading), "{loading}");
    }
    for name in ["grid", "ladder", "speedup", "instructions", "references", "calibration", "opcodes-fib", "pairs-fib", "hit-rates"] {
        let png = fs::read(output.join(format!("{name}.png"))).unwrap();
        assert!(png.starts_with(b"\x89PNG"), "{name}");
        assert!(fs::read_to_string(output.join(format!("{name}.svg"))).unwrap().starts_with("<svg"), "{name}");
        assert!(html.contains(&format!("href=\"{name}.png\"")), "{name}");
    }
    assert!(output.join("data/measurements.json").exists() && output.join("data/profile-fib.json").exists());
}

#[test]
fn no_labels_overlap() {
    let input = fresh("data-layout");
    for rounds in [1, 5] {
        synthetic::measurements(rounds).save(&input).unwrap();
        write_profile(&input, "richards", 1);
        write_profile(&input, "deltablue", 2);
        let pictures = pictures(&input).unwrap();
        assert!(pictures.len() >= 10);
        for picture in pictures {
            assert_eq!(picture.text_problems(), Vec::<String>::new(), "in {}", picture.name);
        }
    }
}

#[test]
fn the_same_data_gives_the_same_report() {
    let input = fresh("data-same");
    synthetic::measurements(3).save(&input).unwrap();
    let (a, b) = (fresh("report-same-a"), fresh("report-same-b"));
    report(&input, &a).unwrap();
    report(&input, &b).unwrap();
    assert_eq!(fs::read(a.join("index.html")).unwrap(), fs::read(b.join("index.html")).unwrap());
    assert_eq!(fs::read(a.join("grid.png")).unwrap(), fs::read(b.join("grid.png")).unwrap());
}

#[test]
fn one_profile_alone_and_a_foreign_file() {
    let input = fresh("data-profile");
    write_profile(&input, "fib", 1);
    fs::write(input.join("foreign.json"), "[1, 2]").unwrap();
    let written = report(&input, &fresh("report-profile")).unwrap();
    assert_eq!((written.measurements, written.profiles, written.skipped.len()), (false, 1, 1));
    // A profile may also be named directly.
    let written = report(&input.join("fib.json"), &fresh("report-single")).unwrap();
    assert_eq!(written.profiles, 1);
}

#[test]
fn a_bench_that_was_interrupted_at_once_still_gives_a_page() {
    let input = fresh("data-empty-bench");
    let mut measurements = synthetic::measurements(1);
    measurements.samples.clear();
    measurements.counts.clear();
    measurements.plan.complete = false;
    measurements.save(&input).unwrap();
    let written = report(&input, &fresh("report-empty-bench")).unwrap();
    let html = fs::read_to_string(written.index).unwrap();
    assert!(html.contains("The bench was interrupted") && html.contains("unavailable"));
}

#[test]
fn a_broken_identity_is_shouted_from_the_top() {
    let input = fresh("data-broken");
    let mut profile = synthetic::profile("x.py", 1);
    profile.families[0].hits += 1;
    fs::write(input.join("x.json"), serde_json::to_string(&profile).unwrap()).unwrap();
    let written = report(&input, &fresh("report-broken")).unwrap();
    let html = fs::read_to_string(written.index).unwrap();
    assert!(html.contains("class=\"warning\"") && html.contains("accounting identities"));
}

#[test]
fn errors_name_the_path() {
    let empty = fresh("data-empty");
    let output = fresh("report-empty");
    assert!(matches!(report(&empty, &output), Err(ReportError::Nothing { .. })));
    let missing = empty.join("missing");
    assert!(report(&missing, &output).unwrap_err().to_string().contains("missing"));
    let bad = fresh("data-bad");
    fs::write(bad.join("measurements.json"), "{").unwrap();
    assert!(matches!(report(&bad, &output), Err(ReportError::Json { .. })));
    // An output that is a file cannot become a directory.
    let file = fresh("data-file").join("file");
    fs::write(&file, "").unwrap();
    let input = fresh("data-one");
    write_profile(&input, "fib", 1);
    assert!(report(&input, &file).unwrap_err().to_string().contains("file"));
}
