//! The language server.

pub(crate) mod session;
