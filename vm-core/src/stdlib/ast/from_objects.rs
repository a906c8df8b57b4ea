//! Objects as trees, for `compile()`: fields are read and checked as CPython does.

use super::grammar::{Count, Field};
use super::{fields_of, node_class};
use crate::code::Const;
use crate::compile::ast_tree::Tree;
use crate::compile::instr::Location;
use crate::machine::{Machine, R};
use crate::object::bytes::Bytes;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// The tree of an object; `None` if it is no `ast` node.
pub(crate) fn tree_of(m: &mut Machine, v: Value) -> R<Option<Tree>> {
    if node_class(m, v).is_none() {
        let class = m.type_of(v);
        return if super::is_node(m, class) {
            Err(m.type_error(&format!("expected some sort of mod, but got {}", class.name_str())))
        } else {
            Ok(None)
        };
    }
    node(m, v, "mod").map(Some)
}

fn node(m: &mut Machine, v: Value, sort: &str) -> R<Tree> {
    m.check_native_stack()?;
    let Some((_, name)) = node_class(m, v) else {
        let shown = m.repr(v)?.to_string_lossy().into_owned();
        return Err(m.type_error(&format!("expected some sort of {sort}, but got {shown}")));
    };
    let (own_sort, positions, fields) = fields_of(name);
    if own_sort != sort {
        let shown = m.repr(v)?.to_string_lossy().into_owned();
        return Err(m.type_error(&format!("expected some sort of {sort}, but got {shown}")));
    }
    let mut out = Vec::with_capacity(fields.len());
    for field in fields {
        out.push((field.name, read_field(m, v, name, field)?));
    }
    let loc = if positions == 0 { None } else { Some(location(m, v, own_sort)?) };
    Ok(Tree::Node(name, out, loc))
}

fn read_field(m: &mut Machine, v: Value, name: &str, field: Field) -> R<Tree> {
    let key = m.intern(field.name);
    let found = m.get_attr_opt(v, key)?;
    match field.count {
        Count::Many => {
            let Some(found) = found else { return Ok(Tree::List(Vec::new())) };
            let Some(list) = found.downcast::<List>() else {
                let got = m.type_name(found);
                return Err(m.type_error(&format!("{name} field \"{}\" must be a list, not a {got}", field.name)));
            };
            let mut out = Vec::new();
            let mut i = 0;
            while let Some(item) = list.get(i) {
                // Keys of dicts and defaults of keyword-only parameters may be missing.
                let may_miss = matches!(field.name, "keys" | "kw_defaults");
                out.push(if item.is_none() && may_miss { Tree::Absent } else { single(m, item, field.kind)? });
                i += 1;
            }
            Ok(Tree::List(out))
        }
        Count::Optional => match found.filter(|f| !f.is_none()) {
            None => Ok(Tree::Absent),
            Some(found) => single(m, found, field.kind),
        },
        Count::One => match found {
            None => Err(m.type_error(&format!("required field \"{}\" missing from {name}", field.name))),
            Some(found) if found.is_none() && field.kind != "constant" => {
                Err(m.value_error(&format!("field '{}' is required for {name}", field.name)))
            }
            Some(found) => single(m, found, field.kind),
        },
    }
}

fn single(m: &mut Machine, v: Value, kind: &str) -> R<Tree> {
    Ok(match kind {
        "identifier" => match v.downcast::<Str>() {
            Some(s) => Tree::Text(Arc::from(&*s.to_string_lossy())),
            None => return Err(m.type_error("AST identifier must be of type str")),
        },
        "string" => match v.downcast::<Str>() {
            Some(s) => Tree::Text(Arc::from(&*s.to_string_lossy())),
            None => return Err(m.type_error("AST string must be of type str")),
        },
        "int" => match m.int_as_i64(v) {
            Some(n) => Tree::Number(n),
            None => {
                let shown = m.repr(v)?.to_string_lossy().into_owned();
                return Err(m.value_error(&format!("invalid integer value: {shown}")));
            }
        },
        "constant" => Tree::Constant(constant(m, v)?),
        sort => node(m, v, sort)?,
    })
}

fn location(m: &mut Machine, v: Value, sort: &str) -> R<Location> {
    let mut read = |name: &str, required: bool| -> R<Option<i32>> {
        let key = m.intern(name);
        match m.get_attr_opt(v, key)?.filter(|f| !f.is_none()) {
            Some(n) => match m.int_as_i64(n).and_then(|n| n.to_i32()) {
                Some(n) => Ok(Some(n)),
                None => {
                    let shown = m.repr(n)?.to_string_lossy().into_owned();
                    Err(m.value_error(&format!("invalid integer value: {shown}")))
                }
            },
            None if required => Err(m.type_error(&format!("required field \"{name}\" missing from {sort}"))),
            None => Ok(None),
        }
    };
    let line = read("lineno", true)?.unwrap_or(1);
    let col = read("col_offset", true)?.unwrap_or(0);
    let end_line = read("end_lineno", false)?.unwrap_or(line);
    let end_col = read("end_col_offset", false)?.unwrap_or(col);
    if line > end_line {
        return Err(m.value_error(&format!("AST node line range ({line}, {end_line}) is not valid")));
    }
    if (line < 0 && end_line != line) || (col < 0 && col != end_col) {
        return Err(m.value_error(&format!("AST node column range ({col}, {end_col}) for line range ({line}, {end_line}) is not valid")));
    }
    if line == end_line && col > end_col {
        return Err(m.value_error(&format!("line {line}, column {col}-{end_col} is not a valid range")));
    }
    Ok(Location { line, end_line, col, end_col })
}

/// A value as a constant of the program.
fn constant(m: &mut Machine, v: Value) -> R<Const> {
    m.check_native_stack()?;
    let items = |m: &mut Machine, values: &[Value]| -> R<Arc<[Const]>> {
        let mut out = Vec::with_capacity(values.len());
        for &v in values {
            out.push(constant(m, v)?);
        }
        Ok(out.into())
    };
    let ty = m.type_of(v);
    Ok(match v {
        Value::NONE => Const::None,
        Value::TRUE => Const::Bool(true),
        Value::FALSE => Const::Bool(false),
        Value::ELLIPSIS => Const::Ellipsis,
        _ if ty == m.types.int => Const::Int(m.int_to_bigint(v).unwrap_or_default().into()),
        _ if ty == m.types.float => Const::Float(m.float_value(v).unwrap_or_default()),
        _ if ty == m.types.complex => {
            let (re, im) = m.complex_value(v).unwrap_or_default();
            Const::Complex(re, im)
        }
        _ if ty == m.types.str => Const::Str(v.downcast::<Str>().map_or_else(|| Arc::from(&[][..]), |s| Arc::from(s.bytes()))),
        _ if ty == m.types.bytes => Const::Bytes(v.downcast::<Bytes>().map_or_else(|| Arc::from(&[][..]), |b| Arc::from(b.contents()))),
        _ if ty == m.types.tuple => Const::Tuple(items(m, v.downcast::<Tuple>().map_or(&[], Gc::<Tuple>::slice))?),
        _ if ty == m.types.frozenset => {
            let keys: Vec<Value> = v.downcast::<Set>().map_or_else(Vec::new, |s| s.iter().map(|(k, _)| k).collect());
            Const::FrozenSet(items(m, &keys)?)
        }
        _ => return Err(m.type_error(&format!("got an invalid type in Constant: {}", ty.name_str()))),
    })
}
