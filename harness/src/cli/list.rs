//! `harness list variants|workloads|opcodes [--json]`.

use clap::{Args, ValueEnum};
use dispatch_variants::Variant;
use serde_json::{Value, json};
use vm_core::opcodes::Opcode;

#[derive(Args)]
pub(super) struct ListArgs {
    /// What to list
    what: What,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// The era whose rules apply
    #[arg(long, default_value = "3.13", value_parser = super::era)]
    era: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Variants,
    Workloads,
    Opcodes,
}

/// Lists; the exit status.
pub(super) fn list(args: &ListArgs) -> i32 {
    let rows = match args.what {
        What::Variants => variants(),
        What::Opcodes => opcodes(),
        What::Workloads => match workloads() {
            Ok(rows) => rows,
            Err(message) => {
                eprintln!("harness: {message}");
                return 1;
            }
        },
    };
    let mut text = if args.json { serde_json::to_string_pretty(&rows).unwrap_or_default() } else { table(&rows) };
    text.push('\n');
    super::print_all(text.as_bytes())
}

fn variants() -> Vec<Value> {
    Variant::grid()
        .map(|v| {
            json!({
                "name": v.name(),
                "ladder": v.ladder_name().unwrap_or("-"),
                "dispatch": v.technique.name,
                "level": v.level.name(),
                "summary": v.technique.summary,
            })
        })
        .collect()
}

fn opcodes() -> Vec<Value> {
    Opcode::ALL
        .iter()
        .filter(|op| !op.is_pseudo())
        .map(|op| {
            let synopsis = vm_core::ops::synopsis(*op);
            let (effect, doc) = synopsis.split_once(':').unwrap_or(("", synopsis));
            json!({
                "name": op.name(),
                "number": op.number(),
                "caches": op.caches(),
                "family": op.family().name(),
                "effect": effect.trim(),
                "summary": doc.trim(),
            })
        })
        .collect()
}

fn workloads() -> Result<Vec<Value>, String> {
    let path = super::workloads_dir().join("workloads.json");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let manifest: Value = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows = manifest["workloads"].as_array().cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|w| json!({ "name": w["name"], "kind": w["kind"], "test_size": w["test_size"], "full_size": w["full_size"], "summary": w["summary"] }))
        .collect())
}

/// Columns of all keys, as wide as their widest value; the last one is not padded.
fn table(rows: &[Value]) -> String {
    let Some(first) = rows.first().and_then(Value::as_object) else { return String::new() };
    let keys: Vec<&String> = first.keys().collect();
    let cell = |row: &Value, key: &str| match &row[key] {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    let widths: Vec<usize> = keys.iter().map(|k| rows.iter().map(|r| cell(r, k).chars().count()).max().unwrap_or(0).max(k.len())).collect();
    let line = |cells: Vec<String>| {
        let last = cells.len() - 1;
        let padded: Vec<String> =
            cells.into_iter().enumerate().map(|(i, c)| if i == last { c } else { format!("{c:<w$}", w = widths[i]) }).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut out = vec![line(keys.iter().map(|k| (*k).clone()).collect())];
    out.extend(rows.iter().map(|r| line(keys.iter().map(|k| cell(r, k)).collect())));
    out.join("\n")
}
