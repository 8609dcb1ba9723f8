//! How bytes come and go: standard streams, a socket or a pipe, as vscode-languageclient offers them.
//!
//! With `--socket` and `--pipe` it is the client that listens.
//!
//! Deliberately absent: listening. Nobody but the client that started the server can reach it.

use std::io;
use std::path::PathBuf;

use tokio::net::TcpStream;

use super::{Ended, Host, serve};

/// How bytes come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Standard input and output.
    Stdio,
    /// A port of this machine, on which the client listens.
    Socket(u16),
    /// A Unix socket, or a named pipe of Windows, on which the client listens.
    Pipe(PathBuf),
}

impl Channel {
    /// Serves the client at the other end until it leaves.
    ///
    /// # Errors
    /// Nobody listens there, or no thread for the work.
    pub async fn serve(&self, host: Host) -> io::Result<Ended> {
        match self {
            Self::Stdio => serve(tokio::io::stdin(), tokio::io::stdout(), host).await,
            Self::Socket(port) => {
                let stream = TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, *port)).await?;
                stream.set_nodelay(true)?;
                let (input, output) = stream.into_split();
                serve(input, output, host).await
            }
            Self::Pipe(path) => {
                let (input, output) = tokio::io::split(connect(path).await?);
                serve(input, output, host).await
            }
        }
    }
}

#[cfg(unix)]
async fn connect(path: &std::path::Path) -> io::Result<tokio::net::UnixStream> {
    tokio::net::UnixStream::connect(path).await
}

#[cfg(windows)]
async fn connect(path: &std::path::Path) -> io::Result<tokio::net::windows::named_pipe::NamedPipeClient> {
    tokio::net::windows::named_pipe::ClientOptions::new().open(path)
}
