//! The faces.
fn main() {}
