//! Turns the view of one page into its bytes. [`engine`] is the one file that names Tera.

pub mod engine;

pub use engine::{Engine, RenderFault};
