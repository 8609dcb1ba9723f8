//! Our own requests: which handler serves which, as a request of its name and as a command of `workspace/executeCommand`.
//!
//! Invariants
//! - every method that docs/PROTOCOL.md names is served, both ways (`tests::every_request_of_the_table_is_served`).

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::ExecuteCommandParams;

use super::Server;
use super::error::Refusal;
use super::ext::{self, METHODS};
use super::handlers::{basket, compress, estimate, hover, models, run, status};
use super::session::Session;

macro_rules! requests {
    ($($method:literal => $handler:path,)*) => {
        /// Serves each as a request.
        pub(crate) fn register(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
            builder$(.custom_method($method, |server: &Server, params: _| {
                let session = server.session();
                async move { $handler(&session, params).await.map_err(jsonrpc::Error::from) }
            }))*
        }

        /// Serves one by its name.
        async fn serve(session: &Arc<Session>, method: &str, params: Value) -> jsonrpc::Result<Value> {
            match method {
                $($method => told($handler(session, read(params)?).await),)*
                _ => Err(jsonrpc::Error::method_not_found()),
            }
        }

        #[cfg(test)]
        const SERVED: &[&str] = &[$($method),*];
    };
}

requests! {
    "compressionLayer/compress" => compress::compress,
    "compressionLayer/count" => compress::count,
    "compressionLayer/estimate" => estimate::estimate,
    "compressionLayer/blockAt" => hover::block_at,
    "compressionLayer/expand" => compress::expand,
    "compressionLayer/basket/add" => basket::add,
    "compressionLayer/basket/remove" => basket::remove,
    "compressionLayer/basket/list" => basket::list,
    "compressionLayer/basket/clear" => basket::clear,
    "compressionLayer/basket/compress" => basket::compress,
    "compressionLayer/models/list" => models::list,
    "compressionLayer/models/select" => models::select,
    "compressionLayer/models/reload" => models::reload,
    "compressionLayer/status" => status::status,
    "compressionLayer/viewText" => status::view_text,
    "compressionLayer/run" => run::run,
}

/// `workspace/executeCommand`: does what the command's request does.
pub(crate) async fn execute(session: &Arc<Session>, params: ExecuteCommandParams) -> jsonrpc::Result<Option<Value>> {
    let known = METHODS.iter().find(|method| method.command == Some(params.command.as_str()));
    let method = known.ok_or_else(|| {
        let known: Vec<_> = ext::commands().collect();
        Refusal::Params(format!("`{}` is no command of this server: use one of {}", params.command, known.join(", ")))
    })?;
    let argument = params.arguments.into_iter().next().filter(|argument| !argument.is_null());
    let mut argument = argument.unwrap_or_else(|| Value::Object(Map::new()));
    if let (Some(token), Value::Object(fields)) = (params.work_done_progress_params.work_done_token, &mut argument) {
        fields.entry("workDoneToken").or_insert_with(|| serde_json::to_value(token).unwrap_or_default());
    }
    serve(session, method.name, argument).await.map(Some)
}

fn read<P: DeserializeOwned>(params: Value) -> jsonrpc::Result<P> {
    serde_json::from_value(params).map_err(|error| Refusal::Params(error.to_string()).into())
}

fn told(answer: Result<impl Serialize, Refusal>) -> jsonrpc::Result<Value> {
    serde_json::to_value(answer?).map_err(|_| jsonrpc::Error::internal_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_of_the_table_is_served() {
        assert_eq!(ext::methods().collect::<Vec<_>>(), SERVED);
    }
}
