//! The command `congkhai`.

fn main() {}
