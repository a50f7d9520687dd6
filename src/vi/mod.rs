//! Vietnamese text (temporary until merged).
pub mod collate;
pub mod fold;
pub mod nearest;
pub mod number;
pub mod slug;
pub mod syllable;
pub mod typography;
pub mod unicode;
