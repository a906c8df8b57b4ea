//! What a program may touch: nothing without a flag, and with one no more than it says, whatever links and `..` lead to.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory with two files and a link from one half to the other; removed at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let root = std::env::temp_dir().join(format!("harness-access-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        for half in ["open", "shut"] {
            std::fs::create_dir_all(root.join(half)).unwrap();
            std::fs::write(root.join(half).join("file"), half).unwrap();
        }
        std::os::unix::fs::symlink(root.join("shut/file"), root.join("open/link")).unwrap();
        std::os::unix::fs::symlink(root.join("shut/fresh"), root.join("open/dangling")).unwrap();
        Place(root.canonicalize().unwrap())
    }

    /// Runs a program with flags; its exit status, and what it wrote to both streams.
    fn run(&self, flags: &[String], program: &str) -> (i32, String) {
        let file = self.0.join("program.py");
        std::fs::write(&file, program).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_harness"))
            .args(["--quiet", "--no-code-cache", "--variant", "switch"])
            .args(flags)
            .arg(&file)
            .current_dir(&self.0)
            .env("HARNESS_ACCESS_TEST", "seen")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
    }

    fn path(&self, inner: &str) -> String {
        self.0.join(inner).to_string_lossy().into_owned()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn nothing_is_allowed_without_a_flag() {
    let place = Place::new("none");
    let (status, text) = place.run(&[], "open('open/file')\n");
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("PermissionError: [Errno 13]") && text.contains("--allow-read"), "{text}");
    let program = "
import posix
tries = [
    lambda: open('open/file'), lambda: open('new', 'w'), lambda: open('open/file', 'r+'), lambda: posix.listdir('.'),
    lambda: posix.scandir('.'), lambda: posix.stat('open/file'), lambda: posix.mkdir('new'), lambda: posix.unlink('open/file'),
    lambda: posix.rename('open/file', 'moved'), lambda: posix.symlink('open', 'other'), lambda: posix.chmod('open/file', 0),
    lambda: posix.open('open/file', 0), lambda: posix.utime('open/file'), lambda: posix.truncate('open/file', 0),
    lambda: posix.system('true'), lambda: posix.fork(), lambda: posix.chdir('open'), lambda: posix.readlink('open/link'),
]
for i, attempt in enumerate(tries):
    try:
        attempt()
        print(i, 'was allowed')
    except PermissionError as error:
        assert error.errno == 13, i
print(posix.environ, posix.access('open/file', 4))
print(open(__file__).readline() == '\\n')
";
    assert_eq!(place.run(&[], program), (0, "{} False\nTrue\n".to_owned()));
    assert!(Path::new(&place.path("open/file")).is_file());
}

#[test]
fn a_flag_allows_what_it_names_and_no_more() {
    let place = Place::new("some");
    let read = format!("--allow-read={}", place.path("open"));
    let program = "
def show(name):
    try:
        print(open(name).read())
    except PermissionError:
        print('denied')
for name in ('open/file', 'shut/file', 'open/link', 'open/../shut/file', 'open/../open/file', 'open/none/../../shut/file'):
    show(name)
try:
    open('open/missing')
except FileNotFoundError as error:
    print(error.filename)
show('open/dangling')
try:
    open('open/file', 'w')
except PermissionError as error:
    print('--allow-write' in str(error))
";
    let expected = "open\ndenied\ndenied\ndenied\nopen\ndenied\nopen/missing\ndenied\nTrue\n";
    assert_eq!(place.run(&[read], program), (0, expected.to_owned()));
    let write = format!("--allow-write={}", place.path("open"));
    let program = "
import posix
for name in ('open/new', 'shut/new', 'open/link', 'open/dangling', 'open/../shut/new'):
    try:
        with open(name, 'w') as file:
            file.write('new')
        print(name)
    except PermissionError:
        print('denied')
posix.unlink('open/link')
try:
    posix.rename('open/new', 'shut/new')
except PermissionError as error:
    print(error.filename)
";
    assert_eq!(place.run(&[write], program), (0, "open/new\ndenied\ndenied\ndenied\ndenied\nshut/new\n".to_owned()));
    assert_eq!(std::fs::read_to_string(place.path("open/new")).unwrap(), "new");
    assert_eq!(std::fs::read_to_string(place.path("shut/file")).unwrap(), "shut");
    assert!(!Path::new(&place.path("shut/fresh")).exists());
}

#[test]
fn environment_variables_are_shown_by_name() {
    let place = Place::new("env");
    let program = "import posix\nprint(posix.environ.get(b'HARNESS_ACCESS_TEST'), len(posix.environ) > 1)\n";
    assert_eq!(place.run(&["--allow-env".to_owned()], program), (0, "b'seen' True\n".to_owned()));
    let named = "--allow-env=HARNESS_ACCESS_TEST".to_owned();
    assert_eq!(place.run(&[named], program), (0, "b'seen' False\n".to_owned()));
    assert_eq!(place.run(&["--allow-env=OTHER".to_owned()], program), (0, "None False\n".to_owned()));
}

#[test]
fn unclosed_files_are_written_at_the_end() {
    let place = Place::new("unclosed");
    let flags = ["--allow-read".to_owned(), "--allow-write".to_owned()];
    let program = "
def lose():
    open('lost', 'w').write('lost')
lose()
print(open('lost').read())
kept = open('kept', 'w')
kept.write('kept')
raw = open('raw', 'wb')
raw.write(b'raw')
";
    assert_eq!(place.run(&flags, program), (0, "lost\n".to_owned()));
    assert_eq!(std::fs::read_to_string(place.path("kept")).unwrap(), "kept");
    assert_eq!(std::fs::read_to_string(place.path("raw")).unwrap(), "raw");
}
