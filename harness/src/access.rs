//! What a program may touch outside the machine, as options of every command that runs one.

use std::path::PathBuf;

use clap::Args;
use vm_core::machine::access::{Access, Scope, Variables};

/// Options that allow a program to reach files and the environment. Without them it reaches none; imports and the program itself need none.
#[derive(Args, Clone, Debug, Default)]
pub struct AccessArgs {
    /// Let the program read files: all, or these and what is below these directories
    #[arg(long, value_name = "PATH", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub allow_read: Option<Vec<PathBuf>>,
    /// Let the program write, make, rename and delete files: all, or these and what is below these directories
    #[arg(long, value_name = "PATH", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub allow_write: Option<Vec<PathBuf>>,
    /// Let the program see environment variables: all, or those of these names
    #[arg(long, value_name = "NAME", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub allow_env: Option<Vec<String>>,
}

impl AccessArgs {
    /// What they allow.
    #[must_use]
    pub fn access(&self) -> Access {
        let scope = |paths: &Option<Vec<PathBuf>>| match paths.as_deref() {
            None => Scope::Nothing,
            Some([]) => Scope::All,
            Some(paths) => Scope::only(paths.to_vec()),
        };
        let environment = match self.allow_env.as_deref() {
            None => Variables::Nothing,
            Some([]) => Variables::All,
            Some(names) => Variables::Only(names.to_vec()),
        };
        Access { read: scope(&self.allow_read), write: scope(&self.allow_write), environment }
    }
}
