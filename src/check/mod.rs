//! Looks at the whole site as a careful lawyer and a careful clerk would.
//!
//! Each rule is one function in `rules/<family>/`, called from [`run::CHECKS`]; it reads the model and
//! reports every place where the rule is broken. [`policy`] then lowers what the site has excepted.

pub mod anchors;
pub mod guard;
pub mod kept;
pub mod links;
pub mod mentions;
pub mod policy;
pub mod prose;
pub mod rules;
pub mod run;

pub use rules::privacy::{Piece, pieces};
pub use run::{Findings, run, run_while};
