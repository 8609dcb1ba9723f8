//! Jupyter notebooks as Markdown: text as it is, code in fences of its language, what it printed in fences below it.
//!
//! After <https://nbformat.readthedocs.io/en/latest/format_description.html>, versions 4 and later. What is data stands in
//! the result: the source of each cell, printed text, results, the name, message and trace of an error. What is presentation
//! does not, and is told in one sentence: ids, execution counts and metadata, colours of a terminal, lines that were
//! overwritten, and a result in a second form. Where an image stood, its type and size stand.
//!
//! Invariants
//! - the source of each cell is in the view byte for byte (`tests::cells_stand_in_the_view_byte_for_byte`);
//! - no cell runs into another: a fence is longer than any in it, and one that a cell leaves open is closed
//!   (`tests::a_cell_ends_where_it_ends`).
//!
//! Deliberately absent: notebooks of version 3 and before, which are JSON like any other.

mod left;

use memchr::memmem;

use super::View;
use super::json::Value;
use super::mapped::Mapped;
use crate::layout::json::is_valid;
use crate::segment::open_fence;
use left::{Left, size};

/// The view of a text that is a notebook.
pub(super) fn view(text: &str) -> Option<View> {
    let says = |key: &str| memmem::find(text.as_bytes(), key.as_bytes()).is_some();
    if !text.trim_start().starts_with('{') || !says("\"cells\"") || !says("\"nbformat\"") || !is_valid(text) {
        return None;
    }
    let notebook = Value::of(text);
    let cells = notebook.get("cells").filter(|cells| cells.raw().starts_with('['))?;
    let version: u32 = notebook.get("nbformat")?.raw().parse().ok()?;
    if version < 4 {
        return None;
    }
    let mut writer = Writer { out: Mapped::default(), language: language(&notebook), left: Left::default() };
    let mut count = 0;
    for cell in cells.elements() {
        writer.cell(&cell)?;
        count += 1;
    }
    let note = writer.left.note(count);
    Some(View { mapped: writer.out, note })
}

/// The language of the code, as a fence names it.
fn language(notebook: &Value<'_>) -> String {
    let named = |outer: &str, key: &str| notebook.get("metadata")?.get(outer)?.get(key)?.string().map(str::to_owned);
    let name = named("language_info", "name").or_else(|| named("kernelspec", "language"));
    let is_name = |name: &String| name.chars().all(|c| c.is_alphanumeric() || "+#-_.".contains(c)) && !name.is_empty();
    name.filter(is_name).map_or_else(|| "python".to_owned(), |name| name.to_lowercase())
}

struct Writer {
    out: Mapped,
    language: String,
    left: Left,
}

impl Writer {
    /// Writes a cell; `None` if it is not one.
    fn cell(&mut self, cell: &Value<'_>) -> Option<()> {
        let source = cell.get("source")?.joined()?;
        match cell.get("cell_type")?.string()? {
            "code" => {
                let tag = if source.text.starts_with("%%") { "ipython".to_owned() } else { self.language.clone() };
                self.fenced(&tag, &source);
                for output in cell.get("outputs").iter().flat_map(Value::elements) {
                    self.output(&output)?;
                }
            }
            "markdown" => self.markdown(&source),
            _ => self.fenced("raw", &source),
        }
        for (_, bundle) in cell.get("attachments").iter().flat_map(Value::members) {
            for (_, data) in bundle.members() {
                self.left.images += 1;
                self.left.image_bytes += decoded_size(&data);
            }
        }
        Some(())
    }

    fn output(&mut self, output: &Value<'_>) -> Option<()> {
        match output.get("output_type")?.string()? {
            "stream" => {
                let errors = output.get("name").is_some_and(|name| name.string() == Some("stderr"));
                let text = self.as_shown(&output.get("text")?.joined()?);
                self.fenced(if errors { "output stderr" } else { "output" }, &text);
            }
            "error" => {
                let mut text = Mapped::default();
                for line in output.get("traceback").iter().flat_map(Value::elements) {
                    let line = line.joined()?;
                    text.push_part(&line, 0..line.text.len());
                    text.push_own("\n");
                }
                if text.text.trim().is_empty() {
                    let name = output.get("ename")?.joined()?;
                    let message = output.get("evalue")?.joined()?;
                    text = name;
                    text.push_own(": ");
                    text.push_part(&message, 0..message.text.len());
                }
                let text = self.as_shown(&text);
                self.fenced("pytb", &text);
            }
            _ => self.result(&output.get("data")?)?,
        }
        Some(())
    }

    /// A result, in the form that says most in words.
    fn result(&mut self, data: &Value<'_>) -> Option<()> {
        let mut shown: Option<(&str, &str)> = None;
        let plain = data.get("text/plain").and_then(|plain| plain.joined());
        let names_an_object = plain.as_ref().is_some_and(|plain| is_object_name(&plain.text));
        for (form, tag) in FORMS.iter().filter(|(form, _)| *form != "text/plain" || !names_an_object) {
            if shown.is_none() && data.get(form).is_some() {
                shown = Some((form, tag));
            }
        }
        let mut text = Mapped::default();
        if let Some((form, _)) = shown {
            let value = data.get(form)?;
            let written = if form.ends_with("json") { value.copied() } else { value.joined()? };
            text = if form == "text/plain" { self.as_shown(&written) } else { self.without_embedded(&written) };
        } else if let Some(plain) = plain {
            text = plain;
        }
        for (form, value) in data.members().filter(|(form, _)| Some(*form) != shown.map(|(form, _)| form)) {
            let has_text = form.starts_with("text/") || form.contains("json") || form.contains("javascript");
            if has_text && !text.text.is_empty() {
                self.left.forms += usize::from(form != "text/plain");
                continue;
            }
            let bytes = if has_text { value.range.len() } else { decoded_size(&value) };
            self.left.images += 1;
            self.left.image_bytes += bytes;
            if !text.text.is_empty() && !text.text.ends_with('\n') {
                text.push_own("\n");
            }
            text.push_own(&format!("[{form}, {}]", size(bytes)));
        }
        self.fenced(shown.map_or("output", |(_, tag)| tag), &text);
        Some(())
    }

    /// Text in a fence of its own.
    fn fenced(&mut self, tag: &str, text: &Mapped) {
        let body = text.text.trim_end();
        if body.is_empty() {
            return;
        }
        self.begin_block();
        let fence = "`".repeat(longest_run(body).max(2) + 1);
        self.out.push_own(&format!("{fence}{tag}\n"));
        self.out.push_part(text, 0..body.len());
        self.out.push_own(&format!("\n{fence}\n"));
    }

    fn markdown(&mut self, text: &Mapped) {
        let body = text.text.trim_end();
        if body.trim().is_empty() {
            return;
        }
        self.begin_block();
        self.out.push_part(text, 0..body.len());
        self.out.push_own("\n");
        if let Some(fence) = open_fence(body) {
            self.out.push_own(&fence);
            self.out.push_own("\n");
        }
    }

    fn begin_block(&mut self) {
        if !self.out.text.is_empty() {
            self.out.push_own("\n");
        }
    }

    /// Without the data that is written into it in base64; its size stands in its place.
    fn without_embedded(&mut self, text: &Mapped) -> Mapped {
        let mut out = Mapped::default();
        let mut from = 0;
        for (at, mark) in text.text.match_indices(BASE64) {
            let start = at + mark.len();
            let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
            let length = text.text.as_bytes()[start..].iter().take_while(|byte| is_digit(byte)).count();
            if length >= SHORTEST_EMBEDDED {
                let bytes = length / 4 * 3;
                out.push_part(text, from..start);
                out.push_own(&format!("[{}]", size(bytes)));
                from = start + length;
                self.left.images += 1;
                self.left.image_bytes += bytes;
            }
        }
        out.push_part(text, from..text.text.len());
        out
    }

    /// As a terminal shows it in the end: without colours, and without what was overwritten.
    fn as_shown(&mut self, text: &Mapped) -> Mapped {
        let mut out = Mapped::default();
        let mut from = 0;
        for line in text.text.split_inclusive('\n') {
            let range = from..from + line.len();
            from = range.end;
            let body = line.trim_end_matches(['\r', '\n']);
            let shown = body.rfind('\r').map_or(0, |at| at + 1);
            self.left.overwritten += usize::from(shown > 0 && !body[..shown].trim().is_empty());
            let mut at = shown;
            while let Some(offset) = body[at..].find('\x1b') {
                out.push_part(text, range.start + at..range.start + at + offset);
                at += offset + escape_length(&body[at + offset..]);
            }
            out.push_part(text, range.start + at..range.start + body.len());
            if line.ends_with('\n') {
                out.push_part(text, range.end - 1..range.end);
            }
        }
        out
    }
}

/// The forms of a result with text in them, best first, with the tag of the fence for each.
const FORMS: [(&str, &str); 6] = [
    ("text/plain", "output"),
    ("text/markdown", "markdown"),
    ("text/latex", "latex"),
    ("text/html", "html"),
    ("application/json", "json"),
    ("image/svg+xml", "svg"),
];

/// What stands before data in a URL: <https://www.rfc-editor.org/rfc/rfc2397>.
const BASE64: &str = ";base64,";

/// Characters of data that are no image that anybody could read.
const SHORTEST_EMBEDDED: usize = 256;

/// `<IPython.core.display.HTML object>`, which says nothing of what was shown.
fn is_object_name(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('<') && text.ends_with("object>") && !text.contains('\n')
}

/// The length of the control sequence that a text begins with.
fn escape_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) != Some(&b'[') {
        return 1;
    }
    let parameters = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
    match bytes.get(2 + parameters) {
        Some(0x40..0x7f) => 3 + parameters,
        _ => 1,
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Bytes of data that is written in base64.
fn decoded_size(value: &Value<'_>) -> usize {
    let digits = |value: &Value<'_>| value.string().map_or(0, |text| text.replace("\\n", "").len());
    (digits(value) + value.elements().map(|line| digits(&line)).sum::<usize>()) / 4 * 3
}

#[cfg(test)]
mod tests;
