//! congkhai ("công khai": made public) turns the records of a Vietnamese state agency into a
//! complete, checked, static transparency site.

pub mod base;
pub mod codes;
pub mod inputs;
pub mod site;
pub mod vi;
