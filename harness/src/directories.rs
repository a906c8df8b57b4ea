//! Where this program may keep what it could make or fetch again.

use std::path::PathBuf;

/// The directory for that below the user's cache directory; `None` if the user has none.
#[must_use]
pub fn user_cache() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = named("XDG_CACHE_HOME").filter(|p| p.is_absolute()).or_else(|| named("HOME").map(|home| home.join(".cache")));
    base.map(|base| base.join("dispatch-harness"))
}

/// The same, or a directory for temporary files: for what is checked before it is used.
#[must_use]
pub fn any_cache() -> PathBuf {
    user_cache().unwrap_or_else(|| std::env::temp_dir().join("dispatch-harness"))
}
