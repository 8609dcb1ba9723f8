//! Errors on the wire: the one place that chooses JSON-RPC codes.
//!
//! | code | when | `data.kind` |
//! |---|---|---|
//! | -32002 | a request before `initialize` was answered | |
//! | -32602 | params that mean nothing | |
//! | -32800 | cancelled by the client | |
//! | -32801 | the document is not what was meant any more | |
//! | -32803 | the request was sound and could not be served | `busy`, `notOpen`, `tooLarge`, `model`, `store`, `basket`, `client`, `unsupported` |
//! | -32603 | a defect of this program | |
//!
//! Invariants
//! - no text of the user, and no words without what to do (`tests/lsp`).

use compressor::engine::EngineError;
use compressor::error::CompressError;
use compressor::policy::PolicyError;
use tower_lsp::jsonrpc::{Error, ErrorCode};

use crate::worker::WorkError;

/// The request was sound and could not be served; `LSPErrorCodes.RequestFailed` in the specification.
const REQUEST_FAILED: i64 = -32803;

/// `ErrorCodes.ServerNotInitialized` in the specification.
const NOT_INITIALIZED: i64 = -32002;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Params that mean nothing.
    #[error("{0}")]
    Params(String),
    /// A policy that cannot be met.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A document that the server does not have.
    #[error("the document is not open: open it in the editor first")]
    NotOpen,
    /// The document is another by now.
    #[error("the text changed meanwhile: ask again")]
    Modified,
    /// No text was compressed.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// An original cannot be kept or given.
    #[error(transparent)]
    Store(#[from] compressor::store::StoreError),
    /// The basket cannot do this.
    #[error("{0}")]
    Basket(String),
    /// A model cannot be taken.
    #[error("the model stays as it is: {0}")]
    Model(String),
    /// The client did not do its part.
    #[error("{0}")]
    Client(String),
    /// The client cannot do its part.
    #[error("{0}")]
    Unsupported(String),
}

impl From<CompressError> for Refusal {
    fn from(error: CompressError) -> Self {
        Self::Work(error.into())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let (code, kind) = code(&refusal);
        let mut message = refusal.to_string();
        let mut source = std::error::Error::source(&refusal);
        while let Some(cause) = source {
            message = format!("{message}: {cause}");
            source = cause.source();
        }
        let data = kind.map(|kind| serde_json::json!({ "kind": kind }));
        Self { code, message: message.into(), data }
    }
}

fn code(refusal: &Refusal) -> (ErrorCode, Option<&'static str>) {
    let failed = |kind| (ErrorCode::ServerError(REQUEST_FAILED), Some(kind));
    match refusal {
        Refusal::Params(_) | Refusal::Policy(_) => (ErrorCode::InvalidParams, None),
        Refusal::Modified => (ErrorCode::ContentModified, None),
        Refusal::NotOpen => failed("notOpen"),
        Refusal::Store(_) => failed("store"),
        Refusal::Basket(_) => failed("basket"),
        Refusal::Model(_) => failed("model"),
        Refusal::Client(_) => failed("client"),
        Refusal::Unsupported(_) => failed("unsupported"),
        Refusal::Work(WorkError::Busy) => failed("busy"),
        Refusal::Work(WorkError::Panicked | WorkError::Ended) => (ErrorCode::InternalError, None),
        Refusal::Work(WorkError::Compress(error)) => match error {
            CompressError::Cancelled | CompressError::Engine(EngineError::Cancelled) => {
                (ErrorCode::RequestCancelled, None)
            }
            CompressError::InvalidUtf8 { .. } | CompressError::Binary { .. } => (ErrorCode::InvalidParams, None),
            CompressError::TooLarge { .. } => failed("tooLarge"),
            CompressError::Model(_) | CompressError::Engine(_) => failed("model"),
        },
    }
}

/// The answer to a request that arrives while too many others are under way.
pub(crate) fn busy() -> Error {
    Refusal::Work(WorkError::Busy).into()
}

/// A request came before `initialize` was answered.
pub(crate) fn not_initialized() -> Error {
    Error {
        code: ErrorCode::ServerError(NOT_INITIALIZED),
        message: "the server is not initialized yet: send `initialize` first".into(),
        data: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_code() {
        for (refusal, expected) in [
            (Refusal::Params("wrong".to_owned()), -32602),
            (Refusal::Policy(PolicyError::EmptyQuery), -32602),
            (Refusal::Modified, -32801),
            (Refusal::NotOpen, -32803),
            (WorkError::Busy.into(), -32803),
            (WorkError::Panicked.into(), -32603),
            (CompressError::Cancelled.into(), -32800),
            (CompressError::Engine(EngineError::Cancelled).into(), -32800),
            (CompressError::TooLarge { bytes: 2, limit: 1, level: "balanced" }.into(), -32803),
        ] {
            let error = Error::from(refusal);
            assert_eq!(error.code.code(), expected, "{error:?}");
        }
        assert_eq!(busy().data, Some(serde_json::json!({"kind": "busy"})));
    }
}
