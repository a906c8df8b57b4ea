//! Measurements to statistics to charts, tables and HTML.
