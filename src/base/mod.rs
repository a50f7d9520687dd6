//! The ground everything stands on: paths, dates, hashes, diagnostics.

pub mod date;
pub mod diagnostic;
pub mod hash;
pub mod nearest;
pub mod path;
