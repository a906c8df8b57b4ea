//! Measurements to statistics to charts, tables and HTML.
//!
//! Knows nothing of Python or of dispatch: it takes plain data ([`measure`], times from many runs; [`profile`], counts from
//! a traced run) and draws it. The harness fills the data in and calls [`report()`].

pub mod analysis;
pub mod atomic;
pub mod chart;
pub mod error;
mod format;
pub mod measure;
mod measured;
pub mod page;
pub mod phase;
pub mod profile;
mod report;
pub mod stats;
pub mod sweep;
mod traced;

pub use error::ReportError;
pub use report::{Written, pictures, report};
