//! `harness tokenize|ast|dis`: what CPython's modules of the same names print.

use clap::Args;
use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output, StartError, execute, on_big_stack, read_source};
use harness::policy::PolicyArgs;
use std::sync::{Arc, Mutex};
use vm_core::adapt::policy::Policy;
use vm_core::code::{CodeObject, DisOptions, StaticView, disassemble};
use vm_core::compile;

#[derive(Args)]
pub(super) struct DisArgs {
    /// Run the program first (its output goes to standard error) and show the code as it was rewritten
    #[arg(long)]
    adaptive: bool,
    /// The variant that runs it, at the level `specialized`
    #[arg(long, default_value = "specialized", value_parser = super::variant, requires = "adaptive")]
    variant: Variant,
    /// Show inline cache entries
    #[arg(long)]
    show_caches: bool,
    /// Show instruction offsets
    #[arg(long)]
    show_offsets: bool,
    #[command(flatten)]
    access: harness::access::AccessArgs,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
    #[command(flatten)]
    policy: PolicyArgs,
    /// The program
    file: String,
    /// Its arguments, with --adaptive
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Reads the file and prints what `f` makes of it on a thread with a large stack.
fn show(file: &str, f: impl FnOnce(&[u8], &str) -> Result<String, Failure> + Send + 'static) -> i32 {
    let source = match read_source(file) {
        Ok(source) => source,
        Err(error) => return error.report(),
    };
    let name = file.to_owned();
    match on_big_stack(move || f(&source, &name)) {
        Ok(text) => super::print_all(text.as_bytes()),
        Err(Failure::Message(message)) => {
            eprintln!("{}", message.trim_end());
            1
        }
        Err(Failure::Syntax(error)) => StartError::Syntax(error).report(),
    }
}

enum Failure {
    Message(String),
    Syntax(Box<compile::SyntaxError>),
}

impl From<compile::SyntaxError> for Failure {
    fn from(error: compile::SyntaxError) -> Failure {
        Failure::Syntax(Box::new(error))
    }
}

/// Prints the tokens.
pub(super) fn tokenize(file: &str) -> i32 {
    show(file, |source, name| {
        let dump = compile::tokenize::dump(source, name);
        match dump.error {
            None => Ok(dump.output),
            Some(error) => Err(Failure::Message(error)),
        }
    })
}

/// Prints the syntax tree.
pub(super) fn ast(file: &str) -> i32 {
    show(file, |source, name| {
        let tree = compile::parse(source, name)?;
        Ok(compile::ast_dump::dump(&tree, false))
    })
}

/// Prints the bytecode.
pub(super) fn dis(args: &DisArgs) -> i32 {
    let options = DisOptions { show_caches: args.show_caches, show_offsets: args.show_offsets };
    if !args.adaptive {
        return show(&args.file, move |source, name| {
            let code = compile::compile_module(source, name)?;
            Ok(disassemble(&code, &StaticView, &options))
        });
    }
    if !args.variant.level.fused() {
        eprintln!("harness: --adaptive shows the level specialized, not {}", args.variant.level.name());
        return 2;
    }
    let mut job = Job {
        variant: args.variant,
        file: args.file.clone(),
        args: args.args.clone(),
        watch: Watch::Nothing,
        policy: Policy::default(),
        gc_stress: false,
        output: Output::Stderr,
        time_limit: None,
        stdlib: None,
        access: args.access.access(),
        code_cache: false,
    };
    job.policy = match args.policy.policy(&args.era, &job) {
        Ok(policy) => policy,
        Err(message) => {
            eprintln!("harness: {message}");
            return 2;
        }
    };
    let text = Arc::new(Mutex::new(String::new()));
    let shared = text.clone();
    let outcome = execute(
        &job,
        None,
        Some(Box::new(move |m, code: &Arc<CodeObject>| {
            let view = vm_core::adapt::view::AdaptedView::of(m);
            *shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = disassemble(code, &view, &options);
        })),
    );
    if let Err(error) = outcome {
        return error.report();
    }
    let text = text.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    super::print_all(text.as_bytes())
}
