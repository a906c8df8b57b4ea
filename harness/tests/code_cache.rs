//! The cache of compiled modules from outside: what a program does is the same without it, when it is made and when it is used; when it is
//! written, and when not.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use support::repository;

/// A directory with a program, a module and a package, and a cache directory of its own; removed at the end.
struct Place(PathBuf);

const PROGRAM: &str = "
import sys, lib, pkg.inner as inner
from pkg import outer
print(lib.__doc__, lib.twice.__doc__, lib.twice(3), lib.Point(1, y=2), lib.Point.__doc__, list(lib.count(3)))
print(lib.twice.__code__.co_consts, lib.twice.__code__.co_varnames, lib.never.__code__.co_consts, lib.never.__code__.co_names)
print(lib.never.__defaults__, lib.never.__kwdefaults__, lib.never.__code__.co_firstlineno, lib.never.__code__.co_filename == lib.__file__)
print([p for p in lib.never.__code__.co_positions()][:4], lib.never.__code__ == lib.never.__code__.replace(co_name='never'))
print(inner.VALUE, outer(), lib.adder(2)(3), lib.never.__code__.co_flags, hash(lib.never.__code__) == hash(lib.never.__code__))
try:
    lib.never(1, 2, 3, 4, 5)
except TypeError as error:
    print(error)
try:
    lib.twice(b=1)
except TypeError as error:
    print(error)
sys.stdout.flush()
lib.fail(0)
";

const MODULE: &str = "'The module.'
import sys
def twice(x):
    'Twice as much.'
    return 2 * x
def never(a, b=(1, 'two', 3.5), *, c: int = {'four': 2 ** 70}, **rest):
    if a in {'left', 'right'}:
        return [b for b in c if b is not None], lambda: rest
    raise ValueError(f'{a!r} is neither')
def count(n):
    for i in range(n):
        try:
            yield i
        finally:
            pass
def adder(n):
    def add(m):
        return n + m
    return add
class Point:
    'A place.'
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __repr__(self):
        return f'Point({self.x}, {self.y})'
def fail(n):
    return 1 / n
";

impl Place {
    fn new(name: &str) -> Place {
        let root = std::env::temp_dir().join(format!("harness-cached-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("pkg")).unwrap();
        fs::write(root.join("program.py"), PROGRAM).unwrap();
        fs::write(root.join("lib.py"), MODULE).unwrap();
        fs::write(root.join("pkg/__init__.py"), "def outer():\n    return __name__\n").unwrap();
        fs::write(root.join("pkg/inner.py"), "from . import outer\nVALUE = outer() + '!'\n").unwrap();
        Place(root.canonicalize().unwrap())
    }

    fn command(&self, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_harness"));
        command.args(["--quiet", "--variant", "switch"]).args(options).arg("program.py").current_dir(&self.0);
        command.env("XDG_CACHE_HOME", self.0.join("cache")).env_remove("PYTHONDONTWRITEBYTECODE").stdin(Stdio::null());
        command
    }

    fn run(&self, options: &[&str]) -> Ran {
        Ran::of(self.command(options).output().unwrap())
    }

    /// The cache's files.
    fn entries(&self) -> Vec<PathBuf> {
        let root = self.0.join("cache/dispatch-harness/code");
        let mut out: Vec<PathBuf> = children(&root).iter().flat_map(|build| children(build)).collect();
        out.sort();
        out
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn children(directory: &Path) -> Vec<PathBuf> {
    fs::read_dir(directory).map(|entries| entries.map(|e| e.unwrap().path()).collect()).unwrap_or_default()
}

/// The text with nothing left of addresses but `0x`.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("0x");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

#[derive(Debug, PartialEq)]
struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    fn of(output: Output) -> Ran {
        let text = |bytes: &[u8]| without_addresses(&String::from_utf8_lossy(bytes));
        Ran { status: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }
}

#[test]
fn the_same_happens_without_with_a_new_and_with_a_used_cache() {
    let place = Place::new("same");
    let without = place.run(&["--no-code-cache"]);
    assert_eq!(without.status, Some(1), "{without:?}");
    assert!(without.stdout.contains("Point(1, 2)") && without.stderr.ends_with("ZeroDivisionError: division by zero\n"), "{without:?}");
    assert!(without.stderr.contains("line 27, in fail\n    return 1 / n\n           ~~^~~\n"), "{without:?}");
    assert!(place.entries().is_empty());
    assert_eq!(place.run(&[]), without);
    let entries = place.entries();
    assert_eq!(entries.len(), 3, "the program itself is not kept: {entries:?}");
    assert!(!place.0.join("__pycache__").exists() && !place.0.join("pkg/__pycache__").exists());
    let bytes = |paths: &[PathBuf]| paths.iter().map(|p| fs::read(p).unwrap()).collect::<Vec<_>>();
    let before = bytes(&entries);
    for variant in dispatch_variants::Variant::grid() {
        // Levels without superinstructions run the other form.
        assert_eq!(place.run(&["--variant", &variant.name()]), place.run(&["--no-code-cache", "--variant", &variant.name()]));
    }
    assert_eq!(place.run(&["--count"]).stdout, without.stdout);
    assert_eq!((place.entries(), bytes(&place.entries())), (entries, before), "nothing was written again");
}

#[test]
fn a_changed_source_is_compiled_again_even_if_size_and_time_are_the_same() {
    let place = Place::new("changed");
    fs::write(place.0.join("program.py"), "import pkg.inner\nprint(pkg.inner.VALUE)\n").unwrap();
    let inner = place.0.join("pkg/inner.py");
    let time = fs::metadata(&inner).unwrap().modified().unwrap();
    assert_eq!(place.run(&[]).stdout, "pkg!\n");
    fs::write(&inner, "from . import outer\nVALUE = outer() + '?'\n").unwrap();
    fs::File::options().write(true).open(&inner).unwrap().set_modified(time).unwrap();
    assert_eq!(place.run(&[]).stdout, "pkg?\n");
    assert_eq!(place.run(&[]).stdout, "pkg?\n");
    assert_eq!(place.entries().len(), 2, "the new entry stands in place of the old one");
}

#[test]
fn damaged_entries_are_ignored_and_written_again() {
    let place = Place::new("damaged");
    let first = place.run(&[]);
    let entries = place.entries();
    let whole: Vec<Vec<u8>> = entries.iter().map(|p| fs::read(p).unwrap()).collect();
    for damage in 0..5 {
        for (path, bytes) in entries.iter().zip(&whole) {
            let mut bytes = bytes.clone();
            let middle = bytes.len() / 2;
            match damage {
                0 => bytes.clear(),
                1 => bytes.truncate(middle),
                2 => bytes[middle] ^= 1,
                3 => bytes.fill(0xff),
                _ => bytes.clone_from(whole.iter().find(|other| **other != bytes).unwrap()),
            }
            fs::write(path, bytes).unwrap();
        }
        assert_eq!(place.run(&[]), first, "damage {damage}");
        assert!(entries.iter().zip(&whole).all(|(path, bytes)| fs::read(path).unwrap() == *bytes), "damage {damage}");
    }
    // Something stands in the way that is no file.
    fs::remove_file(&entries[0]).unwrap();
    fs::create_dir(&entries[0]).unwrap();
    assert_eq!(place.run(&[]), first);
}

#[test]
fn nothing_is_written_when_it_is_forbidden_or_impossible() {
    let place = Place::new("forbidden");
    let ran = place.run(&["--no-code-cache"]);
    let with = |change: &dyn Fn(&mut Command)| {
        let mut command = place.command(&[]);
        change(&mut command);
        Ran::of(command.output().unwrap())
    };
    assert_eq!(with(&|c| _ = c.env("XDG_CACHE_HOME", place.0.join("lib.py"))), ran);
    assert_eq!(with(&|c| _ = c.env("XDG_CACHE_HOME", "/dev/null")), ran);
    assert_eq!(with(&|c| _ = c.env_remove("XDG_CACHE_HOME").env_remove("HOME")), ran);
    assert!(place.entries().is_empty() && children(&place.0.join("cache")).is_empty());
}

#[test]
fn what_is_said_of_bytecode_files_beside_the_source_is_not_said_of_it() {
    let place = Place::new("beside");
    fs::write(place.0.join("program.py"), "import sys\nprint(sys.dont_write_bytecode, sys.flags.dont_write_bytecode)\nimport lib\n")
        .unwrap();
    let forbidden = Ran::of(place.command(&[]).env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap());
    assert!(forbidden.stdout.starts_with("True 1\n"), "{forbidden:?}");
    assert_eq!(place.entries().len(), 1);
    assert!(place.run(&[]).stdout.starts_with("False 0\n"));
    assert!(children(&place.0).iter().all(|path| path.file_name().is_some_and(|n| n != "__pycache__")));
}

#[test]
fn what_does_not_compile_is_not_kept_and_warnings_come_with_compiling() {
    let place = Place::new("warned");
    fs::write(place.0.join("program.py"), "try:\n    import bad\nexcept SyntaxError as error:\n    print(error.msg)\nimport warned\n")
        .unwrap();
    fs::write(place.0.join("bad.py"), "x = = 1\n").unwrap();
    fs::write(place.0.join("warned.py"), "x = 1 is 1\n").unwrap();
    let (first, second) = (place.run(&[]), place.run(&[]));
    assert_eq!((&*first.stdout, &*second.stdout), ("invalid syntax\n", "invalid syntax\n"));
    assert!(first.stderr.contains("SyntaxWarning: \"is\" with 'int' literal"), "{first:?}");
    assert_eq!(second.stderr, "");
    // The warning itself may have imported modules of the library.
    let kept = |name: &str| {
        let entry = vm_core::code::packed::entry::Key::of(b"", &place.0.join(name).to_string_lossy(), 0).entry_name();
        place.entries().iter().any(|path| path.file_name().is_some_and(|n| *n == *entry))
    };
    assert_eq!((kept("warned.py"), kept("bad.py")), (true, false));
}

#[test]
fn processes_may_fill_it_at_the_same_time() {
    let place = Place::new("together");
    let alone = place.run(&["--no-code-cache"]);
    let start = |_| place.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let children: Vec<_> = (0..6).map(start).collect();
    for child in children {
        assert_eq!(Ran::of(child.wait_with_output().unwrap()), alone);
    }
    assert_eq!(place.entries().len(), 3);
    assert_eq!(place.run(&[]), alone);
}

/// Programs that import their neighbours, and those of the library if there is one, twice with the same cache.
#[test]
fn conformance_programs_do_not_notice_it() {
    let cache = std::env::temp_dir().join(format!("harness-cached-programs-{}", std::process::id()));
    let library = harness::stdlib::discover();
    if library.is_none() {
        eprintln!("SKIPPED: the programs that need the standard library; none was found");
    }
    let cases = harness::verify::case::programs(&repository("tests/programs"), &[]).unwrap();
    let wanted =
        ["imports/", "stdlib_dataclasses/", "stdlib_enum/", "stdlib_functools/", "stdlib_interpreter/", "stdlib_runtime/", "stdlib_re/"];
    let mut count = 0;
    for case in
        cases.iter().filter(|c| wanted.iter().any(|w| c.name.starts_with(w)) && (library.is_some() || c.name.starts_with("imports/")))
    {
        for round in 0..2 {
            let mut command = Command::new(env!("CARGO_BIN_EXE_harness"));
            command.args(["--quiet", "--variant", "switch/specialized"]).args(&case.options).arg(&case.file).args(&case.args);
            command.current_dir(&case.directory).env("XDG_CACHE_HOME", &cache).env("PYTHONHASHSEED", "0").stdin(Stdio::null());
            let output = command.env_remove("PYTHONDONTWRITEBYTECODE").output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&case.stdout), "{}, round {round}", case.name);
            assert_eq!(output.status.code(), Some(case.status), "{}, round {round}", case.name);
        }
        count += 1;
    }
    let _ = fs::remove_dir_all(&cache);
    assert!(count >= 4);
}

/// Nothing of the library's code is lost, and all of it is kept.
#[test]
fn the_standard_library_comes_back_as_it_was() {
    use vm_core::code::packed::{PackedModule, entry::Key, pack};
    let Some(library) = harness::stdlib::discover() else {
        eprintln!("SKIPPED: no standard library was found");
        return;
    };
    let mut waiting = vec![library];
    let (mut modules, mut codes) = (0, 0);
    while let Some(directory) = waiting.pop() {
        for path in children(&directory) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(&*name, "test" | "tests" | "site-packages" | "__pycache__" | "lib2to3") {
                waiting.push(path);
                continue;
            }
            let Ok(source) = fs::read(&path) else { continue };
            if !name.ends_with(".py") {
                continue;
            }
            let name = path.to_string_lossy();
            let Ok(code) = vm_core::compile::compile_module(&source, &name) else { continue };
            let body = pack(&code).unwrap_or_else(|| panic!("{name} is not packed"));
            let key = Key::of(&source, &name, 0);
            let module = PackedModule::open(key.seal(&body), &key, &name).unwrap();
            assert!(format!("{:?}", module.code(0).unwrap()) == format!("{code:?}"), "{name}");
            modules += 1;
            codes += module.code_count();
        }
    }
    assert!(modules > 400 && codes > 10_000, "{modules} modules, {codes} code objects");
}
