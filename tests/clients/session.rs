//! pytest-lsp goes through a whole session: `session.py`.

use std::process::Command;

use crate::{cache, packages, source, succeed};

#[test]
fn pytest_lsp_goes_through_a_whole_session() {
    let Some(python) = packages::program("python") else { return };
    let mut command = Command::new(python);
    command.args(["-m", "pytest", "--quiet", "--tb=short", "-p", "no:cacheprovider"]);
    command.args(["-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function"]);
    // What the client says of a breach of the specification.
    command.args(["-W", "error::pytest_lsp.LspSpecificationWarning"]);
    command.arg(source("tests/clients/session.py"));
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("COMPRESSION_LAYER_PROGRAM", e2e::server::program()).env("COMPRESSION_LAYER_CACHE", cache());
    succeed(command);
}
