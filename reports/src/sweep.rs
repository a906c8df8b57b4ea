//! Sweeps over policies: what was counted at each point, as a chart, a table and JSON.
//!
//! Unlike a [`profile`](crate::profile), which is all of one run, a point keeps a few sums of a run; unlike
//! [`measure`](crate::measure), its counts repeat exactly, and its times, if there are any, are few.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::atomic;
use crate::chart::lines::{Lines, LinesPanel, MOST_SERIES};
use crate::chart::picture::Picture;
use crate::error::ReportError;
use crate::page::{Block, Page, Section, Table, draw_all};

/// The number written to [`Sweep::schema`]; raised when a field changes its meaning.
pub const SWEEP_SCHEMA: u32 = 1;

/// Everything that one sweep recorded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// The version of this format, [`SWEEP_SCHEMA`].
    pub schema: u32,
    /// The cell, `dispatch/level`.
    pub variant: String,
    /// The era whose policy was varied.
    pub era: String,
    /// Options that every point had.
    pub options: Vec<String>,
    /// What was varied; the first is the horizontal axis.
    pub axes: Vec<Axis>,
    /// The programs.
    pub programs: Vec<String>,
    /// One entry per program and combination of values.
    pub points: Vec<Point>,
}

/// A number of the policy that was varied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// The option's name.
    pub name: String,
    /// What it means.
    pub label: String,
    /// Its values, in order.
    pub values: Vec<String>,
    /// The era's value, if the option has one.
    pub default: Option<String>,
}

/// One program under one policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The program.
    pub program: String,
    /// The value on each axis.
    pub values: Vec<String>,
    /// Unfused instructions executed.
    pub base_instructions: u64,
    /// Instructions dispatched.
    pub dispatches: u64,
    /// Executions of instructions that adapt.
    pub adaptive: u64,
    /// Those whose specialised form's guard held.
    pub hits: u64,
    /// Those whose specialised form's guard failed.
    pub misses: u64,
    /// Times the specialiser was asked.
    pub attempts: u64,
    /// Times an instruction left a specialised form.
    pub deopts: u64,
    /// Instructions rewritten by quickening.
    pub quickened: u64,
    /// Processor times of runs without a probe.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cpu_ns: Vec<u64>,
}

/// What is plotted of a point: its label, and its value (`None` if it means nothing there).
type Measure = (&'static str, fn(&Point) -> Option<f64>);

const MEASURES: [Measure; 7] = [
    ("dispatches, % of base", |p| share(p.dispatches, p.base_instructions)),
    ("hits, % of adaptive", |p| share(p.hits, p.adaptive)),
    ("misses, % of adaptive", |p| share(p.misses, p.adaptive)),
    ("attempts", |p| (p.adaptive > 0).then_some(p.attempts as f64)),
    ("deopts", |p| (p.adaptive > 0).then_some(p.deopts as f64)),
    ("quickened in place", |p| (p.quickened > 0).then_some(p.quickened as f64)),
    ("CPU time, ms", |p| p.cpu_ns.iter().min().map(|&ns| ns as f64 / 1e6)),
];

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

impl Sweep {
    /// The points of one line: a program (or all), and the values on the axes behind the first. In the order of the first axis.
    fn line(&self, program: Option<&str>, others: &[String], measure: Measure) -> Vec<Option<f64>> {
        let values = self.axes.first().map(|axis| &axis.values[..]).unwrap_or_default();
        let at = |x: &String| {
            let points = self.points.iter().filter(|p| p.values.first() == Some(x) && p.values[1..] == *others);
            let found: Vec<f64> = points.filter(|p| program.is_none_or(|name| p.program == name)).filter_map(measure.1).collect();
            (!found.is_empty()).then(|| found.iter().sum::<f64>() / found.len() as f64)
        };
        values.iter().map(at).collect()
    }

    /// Every combination of values on the axes behind the first.
    fn others(&self) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        for point in &self.points {
            let rest = point.values[1..].to_vec();
            if !out.contains(&rest) {
                out.push(rest);
            }
        }
        out
    }

    /// The chart, if anything was varied.
    pub fn picture(&self) -> Option<Picture> {
        let axis = self.axes.first()?;
        let others = self.others();
        // A line for each program; for each combination if there are several; one for the mean where there are too many programs.
        let combined = others.len() > 1;
        let lines: Vec<(String, Option<&str>, &[String])> = if combined {
            others.iter().take(MOST_SERIES).map(|o| (self.combination(o), None, &o[..])).collect()
        } else {
            let only = others.first().map(|o| &o[..]).unwrap_or_default();
            match self.programs.len() {
                0..=MOST_SERIES => self.programs.iter().map(|p| (p.clone(), Some(&**p), only)).collect(),
                n => vec![(format!("mean of {n} programs"), None, only)],
            }
        };
        let one_by_one: Vec<(&str, &[String])> = if !combined && lines.len() == 1 && self.programs.len() > 1 {
            self.programs.iter().map(|p| (&**p, lines[0].2)).collect()
        } else {
            Vec::new()
        };
        let panels: Vec<LinesPanel> = MEASURES
            .iter()
            .map(|&measure| LinesPanel {
                label: measure.0.to_owned(),
                values: lines.iter().map(|(_, program, others)| self.line(*program, others, measure)).collect(),
                context: one_by_one.iter().map(|(program, others)| self.line(Some(program), others, measure)).collect(),
            })
            .filter(|panel| panel.values.iter().flatten().any(Option::is_some))
            .collect();
        let marked = axis.default.as_ref().and_then(|default| {
            let at = axis.values.iter().position(|v| v == default)?;
            Some((at, format!("CPython {}: {default}", self.era)))
        });
        let mut caption = vec![format!("{}; each point is one observed run of the program.", self.variant)];
        if combined {
            caption.push(match others.len() {
                0..=MOST_SERIES => format!("Means over {}.", self.programs.join(", ")),
                n => format!("Means over {}; {MOST_SERIES} of {n} combinations, the others are in the table.", self.programs.join(", ")),
            });
        }
        if !one_by_one.is_empty() {
            caption.push("Thin lines are single programs.".to_owned());
        }
        if !self.options.is_empty() {
            caption.push(format!("With {}.", self.options.join(" ")));
        }
        let chart = Lines {
            name: "sweep".to_owned(),
            title: format!("What {} changes", axis.name),
            x_label: axis.label.clone(),
            x: axis.values.clone(),
            marked,
            series: lines.into_iter().map(|line| line.0).collect(),
            panels,
            caption,
        };
        Some(chart.draw())
    }

    fn combination(&self, values: &[String]) -> String {
        let names = self.axes.iter().skip(1).map(|axis| &axis.name);
        names.zip(values).map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
    }

    fn table(&self) -> Table {
        let timed = self.points.iter().any(|p| !p.cpu_ns.is_empty());
        let mut columns = vec!["program".to_owned()];
        columns.extend(self.axes.iter().map(|axis| axis.name.clone()));
        columns.extend(["base", "dispatches", "adaptive", "hits", "misses", "attempts", "deopts", "quickened"].map(str::to_owned));
        if timed {
            columns.push("CPU ms".to_owned());
        }
        let row = |p: &Point| {
            let mut row = vec![p.program.clone()];
            row.extend(p.values.iter().cloned());
            let counts = [p.base_instructions, p.dispatches, p.adaptive, p.hits, p.misses, p.attempts, p.deopts, p.quickened];
            row.extend(counts.map(|n| n.to_string()));
            if timed {
                row.push(p.cpu_ns.iter().min().map_or_else(String::new, |&ns| format!("{:.1}", ns as f64 / 1e6)));
            }
            row
        };
        Table {
            caption: "Every point".to_owned(),
            columns,
            text_columns: 1,
            rows: self.points.iter().map(row).collect(),
            folded: self.points.len() > 40,
        }
    }
}

/// Writes `sweep.json`, the chart and the page; how many charts there are.
pub fn write(sweep: &Sweep, directory: &Path) -> Result<usize, ReportError> {
    let path = directory.join("sweep.json");
    let mut json = serde_json::to_vec_pretty(sweep).map_err(|source| ReportError::Json { path: path.clone(), source })?;
    json.push(b'\n');
    let pictures: Vec<Picture> = sweep.picture().into_iter().collect();
    let drawn = draw_all(&pictures)?;
    atomic::create_directory(directory)?;
    atomic::write(&path, &json)?;
    let mut blocks = Vec::new();
    for chart in &drawn {
        atomic::write(&directory.join(format!("{}.svg", chart.name)), chart.svg.as_bytes())?;
        atomic::write(&directory.join(format!("{}.png", chart.name)), &chart.png)?;
        blocks.push(Block::Figure { name: chart.name.clone(), svg: chart.svg.clone(), width: chart.width });
    }
    blocks.push(Block::Table(sweep.table()));
    blocks.push(Block::Links { files: vec![("sweep.json".to_owned(), "the same numbers as JSON".to_owned())] });
    let page = Page {
        title: format!("Sweep over {}", sweep.axes.iter().map(|a| &*a.name).collect::<Vec<_>>().join(" and ")),
        warnings: Vec::new(),
        sections: vec![Section {
            id: "sweep".to_owned(),
            title: format!("{} under different policies", sweep.programs.join(", ")),
            paragraphs: vec![format!(
                "Each program ran on {} under each policy, observed once: the counts repeat exactly. The vertical line is what CPython {} does.",
                sweep.variant, sweep.era
            )],
            blocks,
            folded: false,
        }],
    };
    atomic::write(&directory.join("index.html"), page.html()?.as_bytes())?;
    Ok(drawn.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(programs: usize, second: &[&str]) -> Sweep {
        let names: Vec<String> = (0..programs).map(|i| format!("program_{i}")).collect();
        let xs = ["1", "2", "4", "8", "4096"];
        let mut axes =
            vec![Axis { name: "warmup".into(), label: "starts".into(), values: xs.map(String::from).to_vec(), default: Some("8".into()) }];
        if !second.is_empty() {
            axes.push(Axis { name: "backoff-max".into(), values: second.iter().map(|&s| s.into()).collect(), ..Axis::default() });
        }
        let mut points = Vec::new();
        for (i, program) in names.iter().enumerate() {
            for (k, x) in xs.iter().enumerate() {
                for y in if second.is_empty() { vec![None] } else { second.iter().map(Some).collect() } {
                    points.push(Point {
                        program: program.clone(),
                        values: std::iter::once((*x).to_owned()).chain(y.map(|&y| y.to_owned())).collect(),
                        base_instructions: 1000,
                        dispatches: 500 + 10 * k as u64 + i as u64,
                        adaptive: 400,
                        hits: 300 - k as u64,
                        misses: k as u64,
                        attempts: 12,
                        deopts: 3,
                        quickened: 0,
                        cpu_ns: Vec::new(),
                    });
                }
            }
        }
        Sweep {
            schema: SWEEP_SCHEMA,
            variant: "tailcall/specialized".into(),
            era: "3.13".into(),
            axes,
            programs: names,
            points,
            options: vec![],
        }
    }

    #[test]
    fn no_text_of_the_chart_overlaps() {
        for sweep in
            [sweep(1, &[]), sweep(6, &[]), sweep(20, &[]), sweep(2, &["1", "6", "12"]), sweep(1, &["0", "1", "2", "3", "4", "5", "6", "7"])]
        {
            let picture = sweep.picture().unwrap();
            assert_eq!(picture.text_problems(), Vec::<String>::new());
        }
    }

    #[test]
    fn lines_hold_means_in_the_order_of_the_axis() {
        let sweep = sweep(2, &[]);
        let line = sweep.line(None, &[], MEASURES[0]);
        assert_eq!(line, [50.05, 51.05, 52.05, 53.05, 54.05].map(Some));
        assert_eq!(sweep.line(Some("program_1"), &[], MEASURES[0])[0], Some(50.1));
        assert!(sweep.line(None, &[], MEASURES[6]).iter().all(Option::is_none));
    }

    #[test]
    fn json_round_trip() {
        let sweep = sweep(1, &["1"]);
        assert_eq!(serde_json::from_str::<Sweep>(&serde_json::to_string(&sweep).unwrap()).unwrap(), sweep);
    }
}
