//! One file for each method of the protocol, or family of methods, that is more than a line: convert, ask the library,
//! convert back.

pub(crate) mod basket;
pub(crate) mod code_action;
pub(crate) mod code_lens;
pub(crate) mod compress;
pub(crate) mod estimate;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod models;
pub(crate) mod notebook_document;
pub(crate) mod run;
pub(crate) mod status;
