//! Vietnamese text: normal forms, folding, order, numbers, line breaks, near misses.
//!
//! Everything here turns text into text (or into a key, or a fact about it) without looking at
//! anything else, so every stage may call it.

pub mod collate;
pub mod fold;
mod legacy;
pub mod name;
pub mod nearest;
pub mod number;
pub mod slug;
mod syllable;
pub mod typography;
pub mod unicode;
