//! The ground everything stands on: paths, dates, periods, hashes, diagnostics.

pub mod calendar_period;
pub mod date;
pub mod diagnostic;
pub mod hash;
pub mod headers;
pub mod path;
