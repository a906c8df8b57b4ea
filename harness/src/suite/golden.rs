//! The benchmarks of a suite, and what CPython made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A suite: where it comes from and which benchmarks it has.
#[derive(Clone, Debug, Deserialize)]
pub struct Suite {
    /// The distribution with the benchmarks.
    pub distribution: Distribution,
    /// Pure Python packages that benchmarks import.
    pub packages: BTreeMap<String, Distribution>,
    /// The benchmarks that run on CPython with the stand-in.
    pub benchmarks: Vec<Benchmark>,
}

/// A file of the package index.
#[derive(Clone, Debug, Deserialize)]
pub struct Distribution {
    /// The project.
    pub project: String,
    /// Its version.
    pub version: String,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// One script of a suite.
#[derive(Clone, Debug, Deserialize)]
pub struct Benchmark {
    /// Its name, without the prefix `bm_`.
    pub name: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// Packages it imports.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Why it cannot work here.
    #[serde(default)]
    pub unsupported: Option<String>,
}

/// One measured part of a benchmark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// Time of one repetition.
    pub seconds: f64,
    /// Digest of the result; nothing where it differs from run to run.
    pub digest: Option<String>,
}

/// What CPython made of a benchmark.
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    /// Exit status.
    pub status: i32,
    /// Standard output, apart from the results.
    pub stdout: String,
    /// The results.
    pub results: Vec<Measured>,
}

/// What CPython made of a suite.
#[derive(Clone, Debug, Deserialize)]
pub struct Golden {
    /// The interpreter.
    pub python: String,
    /// By benchmark.
    pub benchmarks: BTreeMap<String, Expected>,
}

const SUITE: &str = include_str!("pyperformance.json");
const GOLDEN: &str = include_str!("pyperformance_golden.json");

/// The suite of that name.
pub fn suite(name: &str) -> Result<(Suite, Golden), String> {
    if name != "pyperformance" {
        return Err(format!("unknown suite '{name}'; there is pyperformance"));
    }
    let suite = serde_json::from_str(SUITE).map_err(|e| e.to_string())?;
    let golden = serde_json::from_str(GOLDEN).map_err(|e| e.to_string())?;
    Ok((suite, golden))
}

#[cfg(test)]
mod tests {
    use super::suite;

    #[test]
    fn every_benchmark_has_a_recorded_result() {
        let (suite, golden) = suite("pyperformance").unwrap();
        assert_eq!(suite.benchmarks.len(), 50);
        assert_eq!(golden.benchmarks.len(), 50);
        for benchmark in &suite.benchmarks {
            let expected = &golden.benchmarks[&benchmark.name];
            assert!(expected.status == 0 && !expected.results.is_empty(), "{}", benchmark.name);
            assert!(benchmark.packages.iter().all(|p| suite.packages.contains_key(p)), "{}", benchmark.name);
        }
    }
}
