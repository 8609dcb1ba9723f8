//! Logs: to stderr, chosen by `COMPRESSION_LAYER_LOG`, for example `debug` or `compressor=trace`.
//!
//! Invariants
//! - no text of the user: a panic is logged by its place, never by its message, which may quote the text
//!   (`tests/cli/logs::logs_hold_no_text_of_the_user`).

use tracing_subscriber::EnvFilter;

/// Our own errors. What the runtime of the model has to say of a file that it refuses is for those who ask for it.
const DEFAULT: &str = "error,llama-cpp-2=off";

/// Starts logging; without a filter, or with one that cannot be read, only errors are written.
pub fn start(filter: Option<&str>) {
    let chosen = filter.map(EnvFilter::try_new);
    let refused = matches!(chosen, Some(Err(_)));
    let filter = chosen.and_then(Result::ok).unwrap_or_else(|| EnvFilter::new(DEFAULT));
    // Whatever was chosen: below this it logs messages, which hold text of the user.
    let filter = filter.add_directive("tower_lsp_server=warn".parse().expect("a directive"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if refused {
        tracing::error!("COMPRESSION_LAYER_LOG is no filter: use for example `debug` or `compressor=trace`");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "internal error");
    }));
}
