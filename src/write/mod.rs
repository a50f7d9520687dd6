//! Puts a [`Site`](crate::site::Site) on the disk, all or nothing.
