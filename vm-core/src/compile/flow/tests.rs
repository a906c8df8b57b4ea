//! Compares the graph's passes and the assembler with CPython's, fed with the same instruction sequences.
//!
//! `FLOW_GOLDEN=FILE` compares a dump of one's own, as `scripts/flow_golden.py` makes it over any set of files.

use super::*;
use crate::code::Const;
use crate::compile::instr::{Instr, Location};
use crate::opcodes::Opcode;
use serde_json::Value;

type Listing = Vec<(Opcode, u32, [i32; 4])>;

fn listing(rows: &Value) -> Listing {
    let number = |v: &Value| v.as_i64().unwrap_or(0) as i32;
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let op = Opcode::from_number(number(&row[0]) as u16).unwrap();
            (op, number(&row[1]) as u32, [number(&row[2]), number(&row[3]), number(&row[4]), number(&row[5])])
        })
        .collect()
}

fn decode(value: &Value) -> Const {
    match value {
        Value::Null => Const::None,
        Value::Bool(b) => Const::Bool(*b),
        Value::String(s) => Const::Str(s.as_bytes().into()),
        Value::Array(items) => Const::Tuple(items.iter().map(decode).collect()),
        other => {
            let text = other["other"].as_str().unwrap();
            match text {
                "int 0" => Const::Int(0.into()),
                "float 0.0" => Const::Float(0.0),
                "float -0.0" => Const::Float(-0.0),
                "bytes b''" => Const::Bytes([].into()),
                _ if other["true"] == Value::Bool(false) => Const::Complex(0.0, 0.0),
                // Bytes stand for whatever else there is.
                _ => Const::Bytes(text.as_bytes().into()),
            }
        }
    }
}

fn names(value: &Value) -> Vec<std::sync::Arc<str>> {
    value.as_array().unwrap().iter().map(|n| n.as_str().unwrap().into()).collect()
}

fn unit(case: &Value) -> Unit {
    let mut unit = Unit { firstlineno: 1, ..Unit::default() };
    let rows = listing(&case["instrs"]);
    unit.instrs.labels = (0..rows.len() as u32).collect();
    unit.instrs.instrs = rows
        .into_iter()
        .map(|(op, oparg, [line, end_line, col, end_col])| Instr { op, oparg, loc: Location { line, end_line, col, end_col } })
        .collect();
    for (index, value) in case["consts"].as_array().unwrap().iter().enumerate() {
        if unit.consts.add(decode(value)) != index as u32 {
            unit.consts.add(Const::Str(format!("filler {index}").into_bytes().into()));
        }
    }
    unit.varnames = names(&case["varnames"]);
    unit.cellvars = names(&case["cellvars"]);
    unit.freevars = names(&case["freevars"]);
    unit
}

/// The graph as CPython's `optimize_cfg` lists it: jumps and set-ups hold instruction indices.
fn list(graph: &Graph) -> Listing {
    let order = graph.order();
    let mut start = vec![0; graph.blocks.len()];
    let mut count = 0;
    for &b in &order {
        start[b.index()] = count;
        count += graph.blocks[b].len() as u32;
    }
    order
        .iter()
        .flat_map(|&b| graph.instrs(b))
        .map(|i| {
            let loc = i.loc;
            (i.op, i.target.map_or(i.oparg, |t| start[t.index()]), [loc.line, loc.end_line, loc.col, loc.end_col])
        })
        .collect()
}

fn optimized(case: &Value) -> Listing {
    let mut unit = unit(case);
    let mut graph = Graph::from_sequence(&unit.instrs).unwrap();
    except::mark_handlers(&mut graph);
    except::label_targets(&mut graph).unwrap();
    optimize(&mut graph, &mut unit).unwrap();
    consts::remove_unused(&mut graph, &mut unit.consts).unwrap();
    unbound::add_checks(&mut graph, unit.varnames.len(), 0);
    superinstructions::mark(&mut graph, unit.varnames.len());
    superinstructions::insert(&mut graph);
    cold::push_to_end(&mut graph);
    lines::resolve(&mut graph);
    list(&graph)
}

fn assembled(case: &Value) -> Result<[String; 3], CompileError> {
    let mut unit = unit(case);
    let mut graph = Graph::from_sequence(&unit.instrs)?;
    except::label_targets(&mut graph)?;
    depth::compute(&mut graph)?;
    let layout = locals::Layout::of(&mut unit);
    locals::prepare(&mut graph, &unit, &layout)?;
    lower::convert_pseudo_ops(&mut graph);
    lower::normalize_jumps(&mut graph);
    let written = Writer::default().write(&mut graph, 1)?;
    let form = written.form();
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    Ok([hex(form.code), hex(form.linetable), hex(form.exceptiontable)])
}

fn compare(text: &str) -> (usize, Vec<String>) {
    let mut failures = Vec::new();
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        count += 1;
        let (ours, theirs) = (optimized(&case), listing(&case["optimized"]));
        if ours != theirs {
            let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
            failures.push(format!(
                "line {}: graph differs at {at} (lengths {} and {}): {:?} for {:?}",
                index + 1,
                ours.len(),
                theirs.len(),
                ours.get(at),
                theirs.get(at)
            ));
        }
        match assembled(&case) {
            // The unoptimised sequence has an unreachable POP_BLOCK, of which CPython assembles the low byte.
            Err(CompileError::Internal(message)) if message.starts_with("POP_BLOCK") => {}
            Err(error) => failures.push(format!("line {}: {error:?}", index + 1)),
            Ok(forms) => {
                for (ours, key) in forms.iter().zip(["code", "lines", "exceptions"]) {
                    if ours != case[key].as_str().unwrap() {
                        let at = ours.bytes().zip(case[key].as_str().unwrap().bytes()).take_while(|(a, b)| a == b).count();
                        failures.push(format!("line {}: {key} differs at byte {}", index + 1, at / 2));
                    }
                }
            }
        }
    }
    (count, failures)
}

#[test]
fn as_cpython() {
    let text = match std::env::var("FLOW_GOLDEN") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("../../../tests/golden/flow.jsonl").to_owned(),
    };
    let (count, failures) = compare(&text);
    assert!(count > 0);
    assert!(
        failures.is_empty(),
        "{} failures in {count} cases, first ones:\n{}",
        failures.len(),
        failures.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
