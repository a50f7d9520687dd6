//! congkhai ("công khai": made public) turns the records of a Vietnamese state agency into a
//! complete, checked, static transparency site.

pub mod base;
pub mod browser;
pub mod check;
pub mod cli;
pub mod codes;
pub mod compare;
mod disk;
pub mod edit;
pub mod export;
pub mod fetch;
pub mod handbook;
pub mod import;
pub mod inputs;
pub mod load;
pub mod markdown;
pub mod metadata;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod preview;
pub mod privacy;
pub mod proof;
pub mod qr;
pub mod record;
pub mod render;
pub mod repository;
pub mod serve;
pub mod sheet;
pub mod site;
pub mod theme;
pub mod vi;
pub mod write;
