//! What a session remembers between two messages of the client.

pub(crate) mod basket;
pub(crate) mod chat;
pub(crate) mod options;
pub(crate) mod settings;
