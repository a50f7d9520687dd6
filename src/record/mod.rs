//! The records that editors write: one struct a kind, English fields, Vietnamese keys.
//!
//! Every kind derives `Deserialize` (reading), `Serialize` (open data) and `JsonSchema` (explaining
//! faults, completion in editors), so the three can never drift apart. Every scalar parses itself
//! ([`scalar`]), so no value is ever guessed by YAML: `1.010` stays `1.010`.

pub mod article;
pub mod config;
pub mod decision;
pub mod directory;
pub mod initiative;
pub mod inspection;
pub mod list;
pub mod petition;
pub mod procedure;
pub mod scalar;
pub mod simplification;
pub mod source;
pub mod statistics;
pub mod task_plan;
pub mod visit;
