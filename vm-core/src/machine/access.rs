//! What a program may touch outside the machine: nothing, unless it was allowed on the command line. Imports do not ask here.
//!
//! Paths are resolved before they are compared, symbolic links and `..` included, and what was compared is what is then opened.

use super::{Machine, R, Raised};
use crate::object::value::Value;
use std::ffi::OsStr;
use std::io::{Error, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// Which files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// None.
    #[default]
    Nothing,
    /// Every file the process may touch.
    All,
    /// These files, and what is below these directories; resolved by [`Scope::only`].
    Only(Vec<PathBuf>),
}

impl Scope {
    /// These files, and what is below these directories.
    #[must_use]
    pub fn only(paths: impl IntoIterator<Item = PathBuf>) -> Scope {
        Scope::Only(paths.into_iter().map(|p| resolve(&p).unwrap_or(p)).collect())
    }

    fn covers(&self, resolved: &Path) -> bool {
        match self {
            Scope::Nothing => false,
            Scope::All => true,
            Scope::Only(paths) => paths.iter().any(|p| resolved.starts_with(p)),
        }
    }
}

/// Which environment variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Variables {
    /// None.
    #[default]
    Nothing,
    /// All.
    All,
    /// Those of these names.
    Only(Vec<String>),
}

impl Variables {
    /// Whether the program may see the variable.
    #[must_use]
    pub fn covers(&self, name: &OsStr) -> bool {
        match self {
            Variables::Nothing => false,
            Variables::All => true,
            Variables::Only(names) => names.iter().any(|n| OsStr::new(n) == name),
        }
    }
}

/// What the program may do.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Files it may read.
    pub read: Scope,
    /// Files it may write, make, rename and delete.
    pub write: Scope,
    /// Environment variables it may see.
    pub environment: Variables,
}

/// What is to be done with a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Intent {
    /// Read it.
    Read,
    /// Write it, or change the directory entry.
    Write,
}

/// The path without symbolic links and `..`; what does not exist yet stands at its end.
pub fn resolve(path: &Path) -> Result<PathBuf, Error> {
    resolve_within(path, 40)
}

fn resolve_within(path: &Path, links: usize) -> Result<PathBuf, Error> {
    let whole = if path.is_absolute() { path.to_owned() } else { std::env::current_dir()?.join(path) };
    match whole.canonicalize() {
        Err(e) if e.kind() == ErrorKind::NotFound => {}
        done => return done,
    }
    let (Some(parent), Some(Component::Normal(name))) = (whole.parent(), whole.components().next_back()) else {
        return Err(Error::from(ErrorKind::NotFound));
    };
    let place = resolve_within(parent, links)?.join(name);
    match std::fs::read_link(&place) {
        // A link to what does not exist.
        Ok(target) if links > 0 => resolve_within(&place.parent().unwrap_or(Path::new("/")).join(target), links - 1),
        Ok(_) => Err(Error::from_raw_os_error(40)),
        Err(_) => Ok(place),
    }
}

/// As [`resolve`], but the last component is not followed.
pub fn resolve_entry(path: &Path) -> Result<PathBuf, Error> {
    let whole = if path.is_absolute() { path.to_owned() } else { std::env::current_dir()?.join(path) };
    match (whole.parent(), whole.components().next_back()) {
        (Some(parent), Some(Component::Normal(name))) => Ok(resolve(parent)?.join(name)),
        _ => resolve(&whole),
    }
}

impl Machine {
    /// The path to use for `path`, if the program may; `shown` is what an error names.
    pub fn permit(&mut self, path: &Path, intent: Intent, follow: bool, shown: Value) -> R<PathBuf> {
        let scope = match intent {
            Intent::Read => &self.access.read,
            Intent::Write => &self.access.write,
        };
        match scope {
            Scope::All => return Ok(path.to_owned()),
            Scope::Nothing if intent == Intent::Write => return Err(self.denied(intent, shown)),
            _ => {}
        }
        let resolved = if follow { resolve(path) } else { resolve_entry(path) };
        let Ok(resolved) = resolved else { return Err(self.denied(intent, shown)) };
        let imported = intent == Intent::Read && self.is_imported_from(path, &resolved);
        let scope = match intent {
            Intent::Read => &self.access.read,
            Intent::Write => &self.access.write,
        };
        if imported || scope.covers(&resolved) {
            // A trailing slash asks for a directory.
            return Ok(if path.as_os_str().as_encoded_bytes().ends_with(b"/") { resolved.join("") } else { resolved });
        }
        Err(self.denied(intent, shown))
    }

    /// Whether a file is the main program, the source of a loaded module, or part of the standard library.
    fn is_imported_from(&self, path: &Path, resolved: &Path) -> bool {
        let known = |p: &Path| p.to_str().is_some_and(|p| self.imports.is_loaded_source(p));
        let library = self.imports.stdlib.as_deref().and_then(|p| p.canonicalize().ok());
        // The file's own name, but not one that leads through a link to somewhere else by now.
        known(resolved)
            || known(path) && resolve_entry(path).is_ok_and(|p| p == resolved)
            || library.is_some_and(|l| resolved.starts_with(l))
    }

    /// Raises the `PermissionError` of what was not allowed.
    #[cold]
    pub fn denied(&mut self, intent: Intent, shown: Value) -> Raised {
        match intent {
            Intent::Read => self.denied_text("Permission denied (reading needs --allow-read)", shown),
            Intent::Write => self.denied_text("Permission denied (writing needs --allow-write)", shown),
        }
    }

    /// Raises `PermissionError(EACCES, text[, shown])`.
    #[cold]
    pub fn denied_text(&mut self, text: &str, shown: Value) -> Raised {
        let (class, text) = (self.exceptions.permission_error, self.str_value(text));
        let errno = Value::small(13);
        if shown.is_null() { self.raise_with(class, &[errno, text]) } else { self.raise_with(class, &[errno, text, shown]) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, resolve, resolve_entry};
    use std::path::Path;

    #[test]
    fn links_and_dots_are_resolved_before_they_are_compared() {
        let root = std::env::temp_dir().join(format!("access-test-{}", std::process::id()));
        let inside = root.join("inside");
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::write(root.join("secret"), "x").unwrap();
        std::os::unix::fs::symlink(root.join("secret"), inside.join("link")).unwrap();
        std::os::unix::fs::symlink("../new", inside.join("dangling")).unwrap();
        let scope = Scope::only([inside.clone()]);
        let allowed = |p: &Path| resolve(p).is_ok_and(|p| scope.covers(&p));
        assert!(allowed(&inside.join("fresh")) && allowed(&inside));
        assert!(allowed(&inside.join("../inside/fresh")));
        assert!(!allowed(&inside.join("link")) && !allowed(&inside.join("dangling")));
        assert!(!allowed(&inside.join("../secret")) && !allowed(&root.join("inside2")));
        assert!(resolve_entry(&inside.join("link")).is_ok_and(|p| scope.covers(&p)));
        assert!(!allowed(&inside.join("missing/../../secret")));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
