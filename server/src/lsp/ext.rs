//! Our own methods: their names, and the shapes of what goes over the wire. docs/PROTOCOL.md is made from this file.
//!
//! Each method is a request of that name and a command of `workspace/executeCommand`, whose only argument is the request's
//! `params`: `compressionLayer/compress` and `compressionLayer.compress`.
//!
//! Invariants
//! - docs/PROTOCOL.md says what stands here, and its answers are the server's own (`tests::the_documentation_is_up_to_date`).
//!
//! Deliberately absent: what the methods do.

mod answers;
mod questions;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use answers::{
    BasketState, BasketText, Block, Compressed, CopyParams, Counted, Document, Estimated, Expanded, InputKind,
    InputParams, ModelEntry, Models, ShowParams, SnippetEntry, Status,
};
pub(crate) use questions::{
    Act, BasketAdd, BasketCompress, BasketRemove, BlockAt, Budget, Compress, Count, Estimate, Expand, Focus, Form,
    Nothing, Order, Place, Reload, Run, Select, Steering, ViewText, What,
};
pub use table::{Direction, METHODS, Method};

/// The names of the requests that a client may send.
pub(crate) fn methods() -> impl Iterator<Item = &'static str> {
    METHODS.iter().filter(|method| method.direction == Direction::ToServer).map(|method| method.name)
}

/// The names of the commands.
pub(crate) fn commands() -> impl Iterator<Item = &'static str> {
    METHODS.iter().filter_map(|method| method.command)
}
