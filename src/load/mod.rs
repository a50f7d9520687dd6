//! Reads the content folder and the theme into values; the one edge through which files come in.
//!
//! A file that is wrong (its name, its place, its size, its sort) becomes a diagnostic in
//! [`Inputs::found`](crate::inputs::Inputs::found). Only what the machine refuses is a [`LoadError`].

mod attachments;
mod error;
pub mod folders;
mod key;
mod names;
mod published;
mod site_dir;
mod theme_dir;

pub use attachments::{read_attachment, write_clean_copy};
pub use error::LoadError;
pub use key::{KeyFault, parse_key, read_key};
pub use published::{read_file, read_published};
pub use site_dir::{SiteReader, is_repository, read_site};
pub use theme_dir::read_theme;

/// The bytes of a file that a person named on the command line.
pub fn read_whole(path: &std::path::Path) -> Result<Vec<u8>, crate::base::diagnostic::Message> {
    std::fs::read(path).map_err(|error| crate::disk::cause(&error))
}

/// The same, and not more than so many bytes: who asks for one more than allowed sees that there are too many.
pub fn read_at_most(path: &std::path::Path, most: u64) -> Result<Vec<u8>, crate::base::diagnostic::Message> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| crate::disk::cause(&error))?;
    Ok(bytes)
}
