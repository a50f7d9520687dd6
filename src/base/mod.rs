//! The ground everything stands on: paths, dates, periods, hashes, diagnostics.

pub mod base64;
pub mod calendar_period;
pub mod canonical;
pub mod csv;
pub mod date;
pub mod diagnostic;
pub mod hash;
pub mod headers;
pub mod note;
pub mod path;
