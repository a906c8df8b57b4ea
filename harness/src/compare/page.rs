//! The page: a table of all figures, and below it one table per figure with every workload.

use std::fmt::Write;

use super::machine_line::machine_lines;
use super::peers::Peers;
use reports::stats::geometric_mean;

/// Whether a figure is where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Met,
    Missed,
    /// There is no bar.
    Reported,
    Skipped,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Verdict::Met => "yes",
            Verdict::Missed => "no",
            Verdict::Reported => "–",
            Verdict::Skipped => "not measured",
        }
    }
}

struct Row {
    figure: String,
    bar: String,
    found: String,
    verdict: Verdict,
}

/// Ratios by workload.
pub(super) struct Column {
    pub(super) title: String,
    pub(super) ratios: Vec<(String, f64)>,
}

/// Everything that was found.
pub(super) struct Page {
    head: Vec<String>,
    rows: Vec<Row>,
    sections: Vec<String>,
    failures: Vec<String>,
}

/// A bar: what a number may be at most, or must be at least.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bar {
    Most(f64),
    Least(f64),
    /// None, and lower is better.
    Lower,
    /// None, and higher is better.
    Higher,
}

impl Bar {
    fn verdict(self, value: f64) -> Verdict {
        let met = match self {
            Bar::Lower | Bar::Higher => return Verdict::Reported,
            Bar::Most(bar) => value <= bar,
            Bar::Least(bar) => value >= bar,
        };
        if met { Verdict::Met } else { Verdict::Missed }
    }

    pub(super) fn text(self) -> String {
        match self {
            Bar::Most(bar) => format!("≤ {bar}"),
            Bar::Least(bar) => format!("≥ {bar}"),
            Bar::Lower | Bar::Higher => "–".to_owned(),
        }
    }
}

impl Page {
    pub(super) fn new(peers: &Peers, rounds: u32) -> Page {
        let mut head = machine_lines();
        head.push(format!("CPU times are those of whole processes, the best of {rounds} interleaved runs; figures are ratios."));
        for (name, peer) in peers.iter() {
            head.push(match peer {
                Ok(peer) => format!("{name}: {}", peer.version),
                Err(_) => format!("{name}: not given"),
            });
        }
        Page { head, rows: Vec::new(), sections: Vec::new(), failures: Vec::new() }
    }

    /// A figure that is one number.
    pub(super) fn number(&mut self, figure: impl Into<String>, bar: Bar, value: f64) {
        let row = Row { figure: figure.into(), bar: bar.text(), found: format!("{value:.2}"), verdict: bar.verdict(value) };
        self.rows.push(row);
    }

    /// A figure that is words.
    pub(super) fn words(&mut self, figure: impl Into<String>, bar: &str, found: String, met: Option<bool>) {
        let verdict = met.map_or(Verdict::Reported, |met| if met { Verdict::Met } else { Verdict::Missed });
        self.rows.push(Row { figure: figure.into(), bar: bar.to_owned(), found, verdict });
    }

    /// A figure that could not be measured.
    pub(super) fn skipped(&mut self, figure: impl Into<String>, bar: &str, reason: &str) {
        let figure = figure.into();
        eprintln!("harness: skipped: {figure}: {reason}");
        self.rows.push(Row { figure, bar: bar.to_owned(), found: reason.to_owned(), verdict: Verdict::Skipped });
    }

    /// The geometric mean of ratios, and the worst of them; which side is bad the bar of the worst tells.
    pub(super) fn ratios(&mut self, figure: &str, mean: Bar, worst: Bar, ratios: &[(String, f64)]) {
        let values: Vec<f64> = ratios.iter().map(|(_, ratio)| *ratio).collect();
        let Some(geometric) = geometric_mean(&values) else {
            return self.skipped(figure, &mean.text(), "no workload ran on both");
        };
        self.number(format!("{figure}, geometric mean of {}", values.len()), mean, geometric);
        let order = |a: &&(String, f64), b: &&(String, f64)| a.1.total_cmp(&b.1);
        let extreme = match worst {
            Bar::Least(_) | Bar::Higher => ratios.iter().min_by(order),
            _ => ratios.iter().max_by(order),
        };
        if let Some((name, value)) = extreme {
            let found = format!("{value:.2} ({name})");
            self.rows.push(Row { figure: format!("{figure}, worst"), bar: worst.text(), found, verdict: worst.verdict(*value) });
        }
    }

    /// A table of ratios by workload.
    pub(super) fn table(&mut self, title: &str, columns: &[Column]) {
        let columns: Vec<&Column> = columns.iter().filter(|column| !column.ratios.is_empty()).collect();
        let mut names: Vec<&String> = columns.iter().flat_map(|column| column.ratios.iter().map(|(name, _)| name)).collect();
        names.sort();
        names.dedup();
        let mut out = format!("## {title}\n\n| workload |");
        columns.iter().for_each(|column| out += &format!(" {} |", column.title));
        out += &format!("\n|---|{}\n", "---:|".repeat(columns.len()));
        for name in names {
            let _ = write!(out, "| {name} |");
            for column in &columns {
                match column.ratios.iter().find(|(n, _)| n == name) {
                    Some((_, ratio)) => out += &format!(" {ratio:.2} |"),
                    None => out += " |",
                }
            }
            out.push('\n');
        }
        self.sections.push(out);
    }

    /// Runs that ended wrongly.
    pub(super) fn failures(&mut self, failures: &[String]) {
        self.failures.extend_from_slice(failures);
    }

    /// The table of figures, for the terminal.
    pub(super) fn summary(&self) -> Vec<String> {
        let line = |row: &Row| format!("{}: {} (bar {}; {})", row.figure, row.found, row.bar, row.verdict.word());
        self.rows.iter().map(line).chain(self.failures.iter().map(|failure| format!("failed: {failure}"))).collect()
    }

    /// The whole page.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::from("# Results\n\nWritten by `harness compare`; do not edit.\n\n");
        self.head.iter().for_each(|line| out += &format!("- {line}\n"));
        out += "\n| figure | bar | found | reached |\n|---|---|---|---|\n";
        for row in &self.rows {
            let _ = writeln!(out, "| {} | {} | {} | {} |", row.figure, row.bar, row.found.replace('|', "\\|"), row.verdict.word());
        }
        for section in &self.sections {
            let _ = write!(out, "\n{section}");
        }
        if !self.failures.is_empty() {
            out += "\n## Not measured\n\n";
            self.failures.iter().for_each(|failure| out += &format!("- {failure}\n"));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_is_on_the_side_that_the_bar_forbids() {
        let mut page = Page { head: Vec::new(), rows: Vec::new(), sections: Vec::new(), failures: Vec::new() };
        let ratios = [("x".to_owned(), 0.5), ("y".to_owned(), 2.0)];
        page.ratios("memory", Bar::Most(1.2), Bar::Most(1.9), &ratios);
        page.ratios("speed", Bar::Least(1.1), Bar::Least(0.4), &ratios);
        let shown: Vec<(&str, &str)> = page.rows.iter().map(|row| (row.found.as_str(), row.verdict.word())).collect();
        assert_eq!(shown, [("1.00", "yes"), ("2.00 (y)", "no"), ("1.00", "no"), ("0.50 (x)", "yes")]);
        page.table("Speed", &[Column { title: "a".into(), ratios: ratios.to_vec() }]);
        assert!(page.markdown().contains("| y | 2.00 |"));
    }
}
