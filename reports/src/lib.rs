//! Measurements to statistics to charts, tables and HTML.
//!
//! Knows nothing of Python or of dispatch: it takes plain data ([`profile`], counts from a traced run) and draws it.
//! The harness fills the data in.

pub mod profile;
