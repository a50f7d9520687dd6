//! Puts a [`Site`](crate::site::Site) on the disk, all or nothing.
//!
//! The new tree is made beside the old one, in `<parent>/.<name>.congkhai/`, and the two change
//! places in a single step. Whoever looks at the output folder, also after a crash or a power cut,
//! sees wholly the old site or wholly the new one. Files that are not ours are carried over.
//!
//! `sync.rs` is the table of contents; every other file is one act of it.
//!
//! The output folder gets a new inode with every change. A container that mounts the output folder
//! itself goes on seeing the old one: mount its parent instead.

mod batch;
mod compare;
mod error;
mod foreign;
mod lock;
mod manifest;
mod old;
mod papers;
mod previous;
mod records;
mod swap;
mod sync;
mod target;
#[cfg(test)]
mod tests;
mod tree;
mod wanted;

pub use batch::{Broken, Finished, Put, finish, is_unfinished, put_all};
pub use error::WriteError;
pub use papers::{Accepted, PAPERS_MARKER, Papers};
pub use previous::{Kept, join, missing, previous};
pub use records::{
    NotMade, create_file, create_secret, holds_a_site, is_free, replace_record, write_generated,
};
pub use sync::{WriteReport, Writer, sync};

/// The file that marks an output folder as ours.
pub const MARKER: &str = ".congkhai-output";

/// What [`MARKER`] holds.
pub const MARKER_TEXT: &str =
    "Thư mục này do congkhai ghi ra. Đừng sửa tệp ở đây: lần dựng trang sau sẽ thay chúng.\n";

/// The file of the site that lists every other file with its hash, under the key `tep`.
pub const MANIFEST: &str = "phien-ban.json";

/// The signature over [`MANIFEST`], which cannot list it.
pub use crate::inputs::SIGNATURE;
