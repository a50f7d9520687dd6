//! Turns one file into one typed record, and says everything that is wrong with it.
//!
//! [`text`] makes clean text out of bytes; [`yaml`] reads the typed record (fast path) or a tree with
//! places (explaining path); [`explain`] holds that tree against the record's own schema and finds
//! every fault at once; [`advice`] asks about what reads well and was hardly meant so; [`record`] puts these together for each kind of file; [`locate`] turns the
//! places of findings into lines and columns.

pub mod advice;
pub mod editor_schema;
pub mod explain;
pub mod front_matter;
pub mod kinds;
pub mod locate;
pub mod record;
pub mod schema;
pub mod text;
pub mod yaml;
