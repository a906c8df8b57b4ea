//! The bench without a clock: made-up launchers that succeed, fail, disagree and get interrupted.

use std::fs;
use std::process::Command;

use reports::measure::{Calibration, Section};

use super::child::Timed;
use super::launch::{Commands, ProcessLauncher};
use super::*;

/// Answers from a function, and remembers what it was asked.
struct Mock<F> {
    answer: F,
    asked: Vec<(String, String, bool)>,
}

impl<F: FnMut(&str, &Workload, bool) -> Result<Launched, String>> Launcher for Mock<F> {
    fn launch(&mut self, cell: &str, workload: &Workload, _: u32, keep: bool) -> Result<Launched, String> {
        self.asked.push((cell.to_owned(), workload.name.clone(), keep));
        (self.answer)(cell, workload, keep)
    }
}

fn launched(cpu_ns: u64, output: &str) -> Launched {
    let calibration = Some(Calibration { indirect_ns_per_call: 2.0, direct_ns_per_iter: 0.3 });
    Launched {
        iterations: vec![Timed { wall_ns: cpu_ns, cpu_ns, before: calibration, after: calibration }],
        section: Section::Run,
        process_wall_ns: cpu_ns,
        process_cpu_ns: cpu_ns,
        peak_rss_bytes: None,
        stdout: Some(output.into()),
    }
}

fn options(name: &str) -> Options {
    let output = std::env::temp_dir().join(format!("bench-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&output);
    Options {
        cells: vec!["switch/plain".into(), "tailcall/plain".into(), "tailcall/specialized".into()],
        workloads: ["fib", "nbody"].map(|name| Workload { name: name.into(), args: vec!["5".into()], ..Workload::default() }).to_vec(),
        rounds: 4,
        iterations: 1,
        seed: 9,
        quick: true,
        output,
        progress: false,
        build: BuildInfo::default(),
        machine: MachineInfo::default(),
    }
}

#[test]
fn everything_is_rehearsed_once_and_sampled_once_per_round() {
    let options = options("all");
    let mut mock = Mock { answer: |_: &str, _: &Workload, _| Ok(launched(100, "ok")), asked: Vec::new() };
    let measurements = run(&options, &mut mock, &AtomicBool::new(false)).unwrap();
    assert!(measurements.plan.complete && measurements.failures.is_empty());
    assert_eq!(measurements.samples.len(), 3 * 2 * 4);
    assert!(mock.asked[..6].iter().all(|asked| asked.2) && mock.asked[6..].iter().all(|asked| !asked.2));
    assert!(measurements.samples.iter().all(|sample| sample.phase == Phase::Stable));
    // What is on disk is what was returned.
    assert_eq!(Measurements::load(&options.output).unwrap(), measurements);
    fs::remove_dir_all(&options.output).unwrap();
}

#[test]
fn a_cell_that_prints_something_else_is_not_timed() {
    let options = options("differs");
    let mut mock = Mock {
        answer: |cell: &str, workload: &Workload, _| {
            let wrong = cell == "tailcall/specialized" && workload.name == "fib";
            Ok(launched(100, if wrong { "wrong" } else { "right" }))
        },
        asked: Vec::new(),
    };
    let measurements = run(&options, &mut mock, &AtomicBool::new(false)).unwrap();
    assert_eq!(measurements.samples.len(), 5 * 4);
    assert_eq!(measurements.failures.len(), 1);
    assert!(measurements.failures[0].reason.contains("differs from switch/plain's"));
    fs::remove_dir_all(&options.output).unwrap();
}

#[test]
fn a_sample_that_fails_is_recorded_and_the_rest_goes_on() {
    let options = options("fails");
    let mut calls = 0;
    let mut mock = Mock {
        answer: |_: &str, _: &Workload, _| {
            calls += 1;
            if calls == 10 { Err("signal 11".into()) } else { Ok(launched(100, "ok")) }
        },
        asked: Vec::new(),
    };
    let measurements = run(&options, &mut mock, &AtomicBool::new(false)).unwrap();
    assert_eq!((measurements.samples.len(), measurements.failures.len()), (23, 1));
    assert!(measurements.plan.complete);
    fs::remove_dir_all(&options.output).unwrap();
}

#[test]
fn an_interrupted_bench_keeps_what_it_had() {
    let options = options("interrupted");
    let flag = AtomicBool::new(false);
    let mut calls = 0;
    let mut mock = Mock {
        answer: |_: &str, _: &Workload, _| {
            calls += 1;
            if calls == 10 {
                flag.store(true, Ordering::SeqCst);
            }
            Ok(launched(100, "ok"))
        },
        asked: Vec::new(),
    };
    let measurements = run(&options, &mut mock, &flag).unwrap();
    // Six rehearsals, three samples, and the one during which the key was pressed is dropped.
    assert_eq!(measurements.samples.len(), 3);
    assert!(!measurements.plan.complete);
    assert_eq!(Measurements::load(&options.output).unwrap(), measurements);
    fs::remove_dir_all(&options.output).unwrap();
}

#[test]
fn an_unwritable_output_is_noticed_before_anything_runs() {
    let mut options = options("unwritable");
    fs::write(&options.output, "a file, not a directory").unwrap();
    let file = options.output.clone();
    options.output = file.join("below");
    let mut mock = Mock { answer: |_: &str, _: &Workload, _| Ok(launched(100, "ok")), asked: Vec::new() };
    let error = run(&options, &mut mock, &AtomicBool::new(false)).unwrap_err();
    assert!(error.to_string().contains("below"), "{error}");
    assert!(mock.asked.is_empty());
    fs::remove_file(file).unwrap();
}

/// Shell scripts in place of the harness.
struct Scripts;

impl Commands for Scripts {
    fn sample(&self, cell: &str, _: &Workload, _: u32, report_to: &Path) -> Command {
        let script = match cell {
            "reports" => format!(
                "echo hello; echo '{{\"iterations\":[{{\"wall_ns\":7,\"cpu_ns\":5,\"before\":null,\"after\":null}}],\"peak_rss_bytes\":9}}' > '{}'",
                report_to.display()
            ),
            "fails" => "echo first >&2; echo 'TypeError: no' >&2; exit 3".to_owned(),
            "hangs" => "exec sleep 60".to_owned(),
            _ => "echo hello".to_owned(),
        };
        let mut command = Command::new("sh");
        command.args(["-c", &script]);
        command
    }

    fn plain(&self, cell: &str, workload: &Workload) -> Command {
        self.sample(cell, workload, 1, Path::new("/dev/null"))
    }
}

#[test]
fn real_processes_report_fail_and_are_killed() {
    let scratch = std::env::temp_dir().join(format!("bench-launch-{}", std::process::id()));
    fs::create_dir_all(&scratch).unwrap();
    let mut launcher = ProcessLauncher { commands: Scripts, scratch: scratch.clone(), limit: Duration::from_millis(1500) };
    let workload = Workload::default();
    let own = launcher.launch("reports", &workload, 1, true).unwrap();
    assert_eq!((own.iterations[0].cpu_ns, own.section, own.peak_rss_bytes), (5, Section::Run, Some(9)));
    assert_eq!(own.stdout.as_deref(), Some(&b"hello\n"[..]));
    let whole = launcher.launch("reference", &workload, 1, false).unwrap();
    assert_eq!((whole.section, whole.stdout.as_deref()), (Section::Process, None));
    assert_eq!(whole.iterations[0].wall_ns, whole.process_wall_ns);
    let failure = launcher.launch("fails", &workload, 1, true).unwrap_err();
    assert!(failure.contains('3') && failure.ends_with("TypeError: no"), "{failure}");
    let killed = launcher.launch("hangs", &workload, 1, false).unwrap_err();
    assert!(killed.starts_with("killed after"), "{killed}");
    assert_eq!(fs::read_dir(&scratch).unwrap().count(), 0, "files were left behind");
    fs::remove_dir_all(&scratch).unwrap();
}
