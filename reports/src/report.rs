//! From a directory of data to a directory of pages: finds the files, draws the charts, writes everything.

use std::fs;
use std::path::{Path, PathBuf};

use crate::atomic;
use crate::chart::picture::Picture;
use crate::error::ReportError;
use crate::measure::{MEASUREMENTS_FILE, Measurements, SAMPLES_FILE};
use crate::page::{Block, Drawn, Page, Section, Table, draw_all};
use crate::profile::{PROFILE_SCHEMA, Profile};
use crate::{measured, traced};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The page.
    pub index: PathBuf,
    /// How many charts, each as SVG and PNG.
    pub charts: usize,
    /// Whether there were measurements.
    pub measurements: bool,
    /// How many profiles there were.
    pub profiles: usize,
    /// Files that were passed over, with the reason.
    pub skipped: Vec<String>,
}

/// A section before its charts are drawn.
pub(crate) struct Draft {
    section: Section,
    parts: Vec<Part>,
}

/// A piece of a [`Draft`].
pub(crate) enum Part {
    /// A chart to be drawn.
    Picture(Picture),
    /// Anything that is ready.
    Block(Block),
}

impl Part {
    pub(crate) fn table(table: Table) -> Part {
        Part::Block(Block::Table(table))
    }
}

impl Draft {
    pub(crate) fn new(id: &str, title: &str) -> Draft {
        Draft { section: Section { id: id.to_owned(), title: title.to_owned(), ..Section::default() }, parts: Vec::new() }
    }

    pub(crate) fn paragraph(mut self, text: impl Into<String>) -> Draft {
        self.section.paragraphs.push(text.into());
        self
    }

    /// Adds `part`, unless it is a table without rows.
    pub(crate) fn part(mut self, part: Part) -> Draft {
        if !matches!(&part, Part::Block(Block::Table(table)) if table.rows.is_empty()) {
            self.parts.push(part);
        }
        self
    }

    pub(crate) fn set_folded(&mut self, folded: bool) {
        self.section.folded = folded;
    }
}

/// What a data directory holds.
#[derive(Debug, Default)]
struct Data {
    measurements: Option<Measurements>,
    /// Slug (unique, fit for file names) and profile.
    profiles: Vec<(String, Profile)>,
    /// Files to copy beside the page: source, name, description.
    raw: Vec<(PathBuf, String, String)>,
    skipped: Vec<String>,
}

/// Reads `input` (a directory written by `harness bench` or holding trace profiles, or one profile) and writes
/// `index.html`, one SVG and one PNG per chart, and a copy of the raw data to `output`.
pub fn report(input: &Path, output: &Path) -> Result<Written, ReportError> {
    let data = read(input)?;
    let drafts = drafts(input, &data)?;
    let drawn = draw_all(&pictures_of(&drafts))?;
    write(output, data, drafts, drawn)
}

/// The charts that [`report`] would draw, undrawn: for checks on their layout.
pub fn pictures(input: &Path) -> Result<Vec<Picture>, ReportError> {
    Ok(pictures_of(&drafts(input, &read(input)?)?))
}

fn pictures_of(drafts: &[Draft]) -> Vec<Picture> {
    drafts
        .iter()
        .flat_map(|draft| &draft.parts)
        .filter_map(|part| match part {
            Part::Picture(picture) => Some(picture.clone()),
            Part::Block(_) => None,
        })
        .collect()
}

fn drafts(input: &Path, data: &Data) -> Result<Vec<Draft>, ReportError> {
    if data.measurements.is_none() && data.profiles.is_empty() {
        return Err(ReportError::Nothing { path: input.to_owned() });
    }
    let mut drafts = Vec::new();
    if let Some(measurements) = &data.measurements {
        drafts.extend(measured::sections(measurements));
    }
    drafts.extend(traced::sections(&data.profiles));
    if let Some(measurements) = &data.measurements {
        drafts.push(measured::method(measurements));
    }
    let links = data.raw.iter().map(|(_, name, description)| (format!("data/{name}"), description.clone())).collect();
    drafts.push(measured::links(links));
    Ok(drafts)
}

fn write(output: &Path, data: Data, drafts: Vec<Draft>, drawn: Vec<Drawn>) -> Result<Written, ReportError> {
    // Everything that can fail without touching the disk has happened; the page itself is written last.
    atomic::create_directory(output)?;
    for chart in &drawn {
        atomic::write(&output.join(format!("{}.svg", chart.name)), chart.svg.as_bytes())?;
        atomic::write(&output.join(format!("{}.png", chart.name)), &chart.png)?;
    }
    let raw_directory = output.join("data");
    atomic::create_directory(&raw_directory)?;
    for (source, name, _) in &data.raw {
        let bytes = fs::read(source).map_err(|error| ReportError::io("read", source, error))?;
        atomic::write(&raw_directory.join(name), &bytes)?;
    }
    let charts = drawn.len();
    let mut drawn = drawn.into_iter();
    let sections = drafts
        .into_iter()
        .map(|draft| {
            let mut section = draft.section;
            section.blocks = draft
                .parts
                .into_iter()
                .filter_map(|part| match part {
                    Part::Block(block) => Some(block),
                    Part::Picture(_) => drawn.next().map(|chart| Block::Figure { name: chart.name, svg: chart.svg, width: chart.width }),
                })
                .collect();
            section
        })
        .collect();
    let page = Page { title: "Dispatch and adaptation of CPython bytecode: report".into(), warnings: warnings(&data), sections };
    let index = output.join("index.html");
    atomic::write(&index, page.html()?.as_bytes())?;
    Ok(Written { index, charts, measurements: data.measurements.is_some(), profiles: data.profiles.len(), skipped: data.skipped })
}

fn warnings(data: &Data) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(measurements) = &data.measurements {
        if measurements.synthetic {
            warnings.push("These measurements are made up, to develop and test the report. They say nothing about any program.".into());
        }
        if !measurements.plan.complete {
            warnings.push("The bench was interrupted: some rounds are missing.".into());
        }
        if measurements.plan.quick {
            warnings.push("A quick bench: a look, not a result.".into());
        }
        if !matches!(measurements.build.profile.as_str(), "release" | "bench") {
            warnings.push(format!(
                "Measured on a '{}' build; only release and bench builds are fit for publication.",
                measurements.build.profile
            ));
        }
        if !measurements.failures.is_empty() {
            warnings.push(format!("Samples that failed: {}; see Times and memory.", measurements.failures.len()));
        }
    }
    for (_, profile) in &data.profiles {
        let broken = profile.broken_identities().len();
        if broken > 0 {
            warnings.push(format!(
                "The trace of {} on {} breaks {broken} of its accounting identities: do not believe it.",
                profile.file,
                profile.variant.cell()
            ));
        }
    }
    warnings.extend(data.skipped.iter().cloned());
    warnings
}

fn read(input: &Path) -> Result<Data, ReportError> {
    let mut data = Data::default();
    let information = fs::metadata(input).map_err(|error| ReportError::io("read", input, error))?;
    if information.is_file() {
        let text = fs::read_to_string(input).map_err(|error| ReportError::io("read", input, error))?;
        let profile = serde_json::from_str(&text).map_err(|source| ReportError::Json { path: input.to_owned(), source })?;
        data.add_profile(input, profile);
        return Ok(data);
    }
    let measurements = input.join(MEASUREMENTS_FILE);
    if measurements.exists() {
        data.measurements = Some(Measurements::load(input)?);
        data.raw.push((
            measurements,
            MEASUREMENTS_FILE.into(),
            "all samples with their calibrations, the machine and the build, as JSON".into(),
        ));
        let samples = input.join(SAMPLES_FILE);
        if samples.exists() {
            data.raw.push((samples, SAMPLES_FILE.into(), "the samples as comma-separated values".into()));
        }
    }
    for path in json_files(input)? {
        let text = fs::read_to_string(&path).map_err(|error| ReportError::io("read", &path, error))?;
        match serde_json::from_str::<Profile>(&text) {
            Ok(profile) if profile.schema == PROFILE_SCHEMA => data.add_profile(&path, profile),
            Ok(profile) => data.skipped.push(format!(
                "'{}' was passed over: profile format {} instead of {PROFILE_SCHEMA}.",
                path.display(),
                profile.schema
            )),
            Err(error) => data.skipped.push(format!("'{}' was passed over: not a trace profile ({error}).", path.display())),
        }
    }
    Ok(data)
}

/// The JSON files in `input` and in its `profiles` directory, but for the measurements, sorted.
fn json_files(input: &Path) -> Result<Vec<PathBuf>, ReportError> {
    let mut files = Vec::new();
    for directory in [input.to_owned(), input.join("profiles")] {
        if !directory.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&directory).map_err(|error| ReportError::io("read", &directory, error))?;
        for entry in entries {
            let path = entry.map_err(|error| ReportError::io("read", &directory, error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.ends_with(".json") && !name.starts_with('.') && name != MEASUREMENTS_FILE && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

impl Data {
    fn add_profile(&mut self, path: &Path, profile: Profile) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let safe: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let mut slug = safe.clone();
        let mut number = 2;
        while self.profiles.iter().any(|(taken, _)| *taken == slug) {
            slug = format!("{safe}-{number}");
            number += 1;
        }
        self.raw.push((
            path.to_owned(),
            format!("profile-{slug}.json"),
            format!("trace of {} on {}", profile.file, profile.variant.cell()),
        ));
        self.profiles.push((slug, profile));
    }
}
