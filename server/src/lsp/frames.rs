//! Frames: messages as they stand on the wire, a `Content-Length` header and a body.
//!
//! Invariants
//! - nothing a client sends ends the reading but the end of its stream: what is no frame is reported and passed over
//!   (`tests::what_is_no_frame_is_passed_over`);
//! - a body over the limit is passed over without being held (`tests::a_body_over_the_limit_is_not_held`).
//!
//! The reader of `tower-lsp-server` ends at the first malformed frame, holds bodies of any size and logs them; hence this one.
//!
//! Deliberately absent: JSON.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The most bytes of a body.
pub(crate) const LIMIT: u64 = 256 << 20;
/// The most bytes of a body that is passed over; beyond it the header is taken for damaged.
const PASSED_OVER: u64 = 4 << 30;
/// The most bytes of a header line.
const LINE: u64 = 8 << 10;
/// How much of a body over the limit is kept, to find out what it was.
const HEAD: u64 = 64 << 10;

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A body.
    Body(Vec<u8>),
    /// The beginning of a body that was over the limit.
    Oversized(Vec<u8>),
    /// Bytes that are no frame.
    Broken,
}

/// Reads frames.
#[derive(Debug)]
pub(crate) struct Frames<R> {
    input: R,
    limit: u64,
}

impl<R: AsyncBufRead + Unpin> Frames<R> {
    /// Reads from here.
    pub(crate) fn new(input: R) -> Self {
        Self { input, limit: LIMIT }
    }

    /// The next frame; `None` at the end of the stream, also in the middle of a frame.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Frame>> {
        let Some(length) = self.header().await? else { return Ok(None) };
        let Some(length) = length.filter(|&length| length <= PASSED_OVER) else { return Ok(Some(Frame::Broken)) };
        let mut body = Vec::new();
        if length <= self.limit {
            (&mut self.input).take(length).read_to_end(&mut body).await?;
            return Ok((body.len() as u64 == length).then_some(Frame::Body(body)));
        }
        (&mut self.input).take(HEAD).read_to_end(&mut body).await?;
        let mut rest = (&mut self.input).take(length - HEAD);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
        Ok(Some(Frame::Oversized(body)))
    }

    /// Reads lines up to an empty one: the length they name, or `None` within if they name none.
    async fn header(&mut self) -> io::Result<Option<Option<u64>>> {
        let mut length = None;
        let mut blank = true;
        loop {
            let mut line = Vec::new();
            (&mut self.input).take(LINE).read_until(b'\n', &mut line).await?;
            if line.is_empty() {
                return Ok(None);
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if text.is_empty() {
                // Blank lines between frames are no header.
                if !blank {
                    return Ok(Some(length));
                }
                continue;
            }
            blank = false;
            if let Some(value) = length_in(text) {
                length = value.parse().ok();
            }
        }
    }
}

/// What a line says of the length. It may begin with the rest of a body that was longer than its header said: then the next
/// frame is found all the same.
fn length_in(line: &str) -> Option<&str> {
    const NAME: &str = "content-length";
    let at = line.to_ascii_lowercase().rfind(NAME)?;
    Some(line[at + NAME.len()..].trim_start().strip_prefix(':')?.trim_start())
}

/// Writes one frame.
pub(crate) async fn write(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    output.write_all(&frame).await?;
    output.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(input: &[u8], limit: u64) -> Vec<Frame> {
        let mut frames = Frames { input, limit };
        let mut all = Vec::new();
        while let Some(frame) = frames.next().await.expect("memory can be read") {
            all.push(frame);
        }
        all
    }

    fn body(text: &str) -> Frame {
        Frame::Body(text.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn what_is_no_frame_is_passed_over() {
        let sound = "Content-Length: 2\r\n\r\n{}";
        for (noise, expected) in [
            ("", vec![]),
            ("\r\n\n", vec![]),
            ("garbage\r\n\r\n", vec![Frame::Broken]),
            ("Content-Length: many\r\n\r\n", vec![Frame::Broken]),
            ("Content-Length: -1\r\n\r\n", vec![Frame::Broken]),
            ("Content-Length: 99999999999999999\r\n\r\n", vec![Frame::Broken]),
            ("Content-Type: text\r\n\r\n", vec![Frame::Broken]),
            ("\u{0}\u{1}\r\n\r\n", vec![Frame::Broken]),
            ("content-length:1 \n\nx", vec![body("x")]),
            ("Content-Length: 0\r\n\r\n", vec![body("")]),
            ("Content-Type: a\r\nContent-Length: 3\r\n\r\nabc\r\n", vec![body("abc")]),
            ("Content-Length: 3\r\n\r\nabcdé: f", vec![body("abc")]),
            ("Content-Length: 3\r\n\r\nabcd\r\n\r\n", vec![body("abc"), Frame::Broken]),
        ] {
            let mut expected = expected;
            expected.push(body("{}"));
            assert_eq!(frames(format!("{noise}{sound}").as_bytes(), LIMIT).await, expected, "{noise:?}");
        }
        let long = format!("{}\r\n\r\n{sound}", "x".repeat(24 << 10));
        assert_eq!(frames(long.as_bytes(), LIMIT).await, [Frame::Broken, body("{}")]);
    }

    #[tokio::test]
    async fn a_stream_that_ends_early_ends() {
        for cut in ["Content-Length: 5\r\n\r\nabc", "Content-Length: 5\r\n", "Content-Le"] {
            assert_eq!(frames(cut.as_bytes(), LIMIT).await, [], "{cut:?}");
        }
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_not_held() {
        let (head, size) = (64 << 10, 640 << 10);
        let input = format!("Content-Length: {size}\r\n\r\n{}Content-Length: 2\r\n\r\n{{}}", "x".repeat(size));
        let frames = frames(input.as_bytes(), HEAD).await;
        assert_eq!(frames, [Frame::Oversized(vec![b'x'; head]), body("{}")]);
    }

    #[tokio::test]
    async fn what_is_written_can_be_read() {
        let mut wire = Vec::new();
        for text in ["", "{}", "größe"] {
            write(&mut wire, text.as_bytes()).await.expect("memory can be written");
        }
        assert_eq!(frames(&wire, LIMIT).await, [body(""), body("{}"), body("größe")]);
    }
}
