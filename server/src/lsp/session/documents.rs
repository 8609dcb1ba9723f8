//! Open documents, as the client has them.
//!
//! Invariants
//! - changes are applied in the order in which they were sent, each to the text that the one before left
//!   (`tests::incremental_edits_equal_the_full_text`);
//! - a snapshot never changes, and taking one copies no text.
//!
//! Deliberately absent: files that are not open.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use compressor::language::Language;
use compressor::structural::{Symbol, symbols};
use dashmap::DashMap;
use dashmap::mapref::one::RefMut;
use ropey::Rope;
use tower_lsp::ls_types::{Position, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::blocks::Blocks;
use super::edit::Edit;
use crate::lsp::position::{self, Encoding};

/// Texts up to this size are parsed while a person waits for the list of actions.
const PARSED_AT_ONCE: usize = 64 << 10;

/// All open documents, notebook cells included.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    open: DashMap<Uri, Document>,
}

/// A document.
#[derive(Debug)]
struct Document {
    version: i32,
    text: Rope,
    language: Option<Language>,
    symbols: Known,
    /// Whether somebody reads its definitions.
    parsing: bool,
    blocks: Blocks,
}

/// Somebody reads the definitions of a document, until this is dropped.
struct Parsing<'a>(&'a Documents, &'a Uri);

impl Drop for Parsing<'_> {
    fn drop(&mut self) {
        if let Some(mut document) = self.0.open.get_mut(self.1) {
            document.parsing = false;
        }
    }
}

/// The definitions of a text, as far as they are known.
#[derive(Clone, Debug, Default)]
enum Known {
    /// Not asked for yet.
    #[default]
    No,
    /// Those of an earlier version, moved along with the edits since.
    Moved(Arc<Vec<Symbol>>),
    /// Those of this version.
    Exactly(Arc<Vec<Symbol>>),
}

/// A document at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// Its name in the protocol.
    pub(crate) uri: Uri,
    /// Its version, as the client counts.
    pub(crate) version: i32,
    /// Its text.
    pub(crate) text: Rope,
    /// Its language, by what the client says of it, else by its path.
    pub(crate) language: Option<Language>,
}

impl Snapshot {
    /// The text of some bytes.
    pub(crate) fn slice(&self, bytes: &Range<usize>) -> String {
        self.text.byte_slice(bytes.clone()).to_string()
    }

    /// Its path, where it is a file.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        path(&self.uri)
    }

    /// The lines that some bytes touch, from 1.
    pub(crate) fn lines(&self, bytes: &Range<usize>) -> std::ops::RangeInclusive<usize> {
        let line = |byte: usize| self.text.byte_to_line(byte.min(self.text.len_bytes())) + 1;
        let last = if bytes.end > bytes.start { bytes.end - 1 } else { bytes.end };
        line(bytes.start)..=line(last)
    }
}

/// The path of a document that is a file.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path().map(std::borrow::Cow::into_owned)).flatten()
}

/// The last part of a document's name.
pub(crate) fn file_name(uri: &Uri) -> String {
    path(uri)
        .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_else(|| uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned())
}

impl Documents {
    /// Takes in a document that was opened.
    pub(crate) fn open(&self, item: TextDocumentItem) {
        let language = Language::from_name(&item.language_id)
            .or_else(|| Language::from_path(&path(&item.uri).unwrap_or_else(|| PathBuf::from(file_name(&item.uri)))));
        self.insert(item, language);
    }

    /// Takes in a cell of a notebook. Its path is that of the notebook, and says nothing of its language.
    pub(crate) fn open_cell(&self, item: TextDocumentItem) {
        let language = Language::from_name(&item.language_id);
        self.insert(item, language);
    }

    fn insert(&self, item: TextDocumentItem, language: Option<Language>) {
        let document = Document {
            version: item.version,
            text: Rope::from_str(&item.text),
            language,
            symbols: Known::No,
            parsing: false,
            blocks: Blocks::default(),
        };
        self.open.insert(item.uri, document);
    }

    /// Forgets a document.
    pub(crate) fn close(&self, uri: &Uri) {
        self.open.remove(uri);
    }

    /// Applies changes and tells of each as bytes, in order. Of a document that is not open only a whole text is taken.
    pub(crate) fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
        mut told: impl FnMut(&Edit),
    ) {
        if let [TextDocumentContentChangeEvent { range: None, text, .. }] = changes.as_slice()
            && !self.open.contains_key(uri)
        {
            return self.open(TextDocumentItem::new(uri.clone(), String::new(), version, text.clone()));
        }
        let Some(mut document) = self.open.get_mut(uri) else {
            tracing::warn!("a change of a document that is not open");
            return;
        };
        for change in changes {
            let edit = document.apply(&change, encoding);
            document.moved(&edit);
            told(&edit);
        }
        document.version = version;
        let text = document.text.clone();
        document.blocks.settle(&text);
    }

    /// The document as it is now.
    pub(crate) fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        let document = self.open.get(uri)?;
        Some(Snapshot {
            uri: uri.clone(),
            version: document.version,
            text: document.text.clone(),
            language: document.language,
        })
    }

    /// How many documents are open.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    /// The compressed blocks of a document.
    pub(crate) fn with_blocks<T>(&self, uri: &Uri, work: impl FnOnce(&mut Blocks) -> T) -> Option<T> {
        self.open.get_mut(uri).map(|mut document| work(&mut document.blocks))
    }

    /// The definitions of a document, without waiting long: those of a large text may be of an earlier version, moved along
    /// with the edits since, and are unknown until [`Self::parse`] was run. The second value says that it should be.
    pub(crate) fn symbols(&self, snapshot: &Snapshot) -> (Arc<Vec<Symbol>>, bool) {
        let known =
            self.open.get(&snapshot.uri).filter(|it| it.version == snapshot.version).map(|it| it.symbols.clone());
        match known {
            Some(Known::Exactly(symbols)) => (symbols, false),
            _ if snapshot.text.len_bytes() <= PARSED_AT_ONCE => (self.parse(snapshot), false),
            Some(Known::Moved(symbols)) => (symbols, true),
            Some(Known::No) | None => (Arc::default(), true),
        }
    }

    /// Reads the definitions of a snapshot, and remembers them if the document is still the same.
    pub(crate) fn parse(&self, snapshot: &Snapshot) -> Arc<Vec<Symbol>> {
        let found = snapshot.language.map(|language| symbols(&snapshot.text.to_string(), language)).unwrap_or_default();
        let found = Arc::new(found);
        if let Some(mut document) = self.open.get_mut(&snapshot.uri)
            && document.version == snapshot.version
        {
            document.symbols = Known::Exactly(Arc::clone(&found));
        }
        found
    }

    /// Does the same unless somebody is at it: editors ask for actions faster than a large text is read.
    pub(crate) fn parse_aside(&self, snapshot: &Snapshot) {
        let begins = |mut document: RefMut<'_, Uri, Document>| !std::mem::replace(&mut document.parsing, true);
        if self.open.get_mut(&snapshot.uri).is_some_and(begins) {
            let _parsing = Parsing(self, &snapshot.uri);
            self.parse(snapshot);
        }
    }
}

impl Document {
    fn apply(&mut self, change: &TextDocumentContentChangeEvent, encoding: Encoding) -> Edit {
        let Some(range) = change.range else {
            let edit = Edit::between(0, &self.text.to_string(), &change.text);
            self.text = Rope::from_str(&change.text);
            return edit;
        };
        let bytes = position::bytes(&self.text, range, encoding);
        let start = self.text.byte_to_char(bytes.start);
        let end = self.text.byte_to_char(bytes.end);
        let edit = Edit::between(bytes.start, &self.text.byte_slice(bytes).to_string(), &change.text);
        if end > start {
            self.text.remove(start..end);
        }
        if !change.text.is_empty() {
            self.text.insert(start, &change.text);
        }
        edit
    }

    /// Moves what is known about places in the text.
    fn moved(&mut self, edit: &Edit) {
        self.blocks.edited(edit);
        self.symbols = match std::mem::take(&mut self.symbols) {
            Known::No => Known::No,
            Known::Moved(symbols) | Known::Exactly(symbols) => {
                let mut symbols = Arc::unwrap_or_clone(symbols);
                for symbol in &mut symbols {
                    symbol.range = edit.moved(&symbol.range);
                    symbol.name = edit.moved(&symbol.name);
                }
                Known::Moved(Arc::new(symbols))
            }
        };
    }
}

/// The start of a text.
pub(crate) const START: Position = Position { line: 0, character: 0 };

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::ls_types::Range;

    use super::*;

    fn opened(text: &str) -> (Documents, Uri) {
        let uri: Uri = "file:///a/b.py".parse().expect("a URI");
        let documents = Documents::default();
        documents.open(TextDocumentItem::new(uri.clone(), "python".to_owned(), 1, text.to_owned()));
        (documents, uri)
    }

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let position = |(line, character)| Position { line, character };
        let range = Some(Range { start: position(start), end: position(end) });
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    /// What an editor does, on a plain string.
    fn by_hand(text: &str, change: &TextDocumentContentChangeEvent) -> String {
        let Some(range) = change.range else { return change.text.clone() };
        let rope = Rope::from_str(text);
        let bytes = position::bytes(&rope, range, Encoding::Utf16);
        format!("{}{}{}", &text[..bytes.start], change.text, &text[bytes.end..])
    }

    #[test]
    fn an_earlier_snapshot_stays_as_it_was() {
        let (documents, uri) = opened("one\ntwo\n");
        let before = documents.snapshot(&uri).expect("open");
        documents.change(&uri, 2, vec![change((0, 0), (0, 3), "1")], Encoding::Utf16, |_| ());
        let after = documents.snapshot(&uri).expect("open");
        assert_eq!((before.version, before.text.to_string().as_str()), (1, "one\ntwo\n"));
        assert_eq!((after.version, after.text.to_string().as_str()), (2, "1\ntwo\n"));
        assert_eq!(after.lines(&(2..6)), 2..=2);
    }

    #[test]
    fn changes_of_unknown_documents_are_passed_over_unless_they_hold_the_whole_text() {
        let (documents, _) = opened("");
        let other: Uri = "untitled:Untitled-1".parse().expect("a URI");
        documents.change(&other, 3, vec![change((0, 0), (0, 0), "x")], Encoding::Utf16, |_| ());
        assert!(documents.snapshot(&other).is_none());
        let whole = TextDocumentContentChangeEvent { range: None, range_length: None, text: "all".to_owned() };
        documents.change(&other, 4, vec![whole], Encoding::Utf16, |_| ());
        assert_eq!(documents.snapshot(&other).expect("open").text.to_string(), "all");
    }

    #[test]
    fn definitions_of_small_texts_are_exact_at_once() {
        let (documents, uri) = opened("def first():\n    pass\n");
        let symbols = |documents: &Documents| documents.symbols(&documents.snapshot(&uri).expect("open"));
        assert_eq!(symbols(&documents).0.len(), 1);
        documents.change(&uri, 2, vec![change((2, 0), (2, 0), "def second():\n    pass\n")], Encoding::Utf16, |_| ());
        let (found, stale) = symbols(&documents);
        assert_eq!((found.len(), stale), (2, false));
    }

    #[test]
    fn definitions_of_large_texts_follow_the_edits_until_they_are_read_again() {
        let filler = "line = \"of a long file\"\n".repeat(4_000);
        let (documents, uri) = opened(&format!("{filler}def first():\n    pass\n"));
        let snapshot = || documents.snapshot(&uri).expect("open");
        assert!(documents.symbols(&snapshot()).1, "nothing is known yet");
        documents.parse(&snapshot());
        documents.change(&uri, 2, vec![change((0, 0), (0, 0), "x = 1\n")], Encoding::Utf16, |_| ());
        let (found, stale) = documents.symbols(&snapshot());
        assert!(stale);
        assert!(snapshot().slice(&found[0].range).starts_with("def first"));
    }

    #[test]
    fn a_large_text_is_read_by_one_at_a_time() {
        let (documents, uri) = opened(&"def first():\n    pass\n".repeat(4_000));
        let snapshot = documents.snapshot(&uri).expect("open");
        documents.open.get_mut(&uri).expect("open").parsing = true;
        documents.parse_aside(&snapshot);
        assert!(documents.symbols(&snapshot).1, "somebody else is at it");
        drop(Parsing(&documents, &uri));
        documents.parse_aside(&snapshot);
        assert!(!documents.symbols(&snapshot).1);
        assert!(!documents.open.get(&uri).expect("open").parsing);
    }

    fn edits() -> impl Strategy<Value = Vec<TextDocumentContentChangeEvent>> {
        let place = (0_u32..6, 0_u32..12);
        let ranged =
            (place.clone(), place, "[a-b\n\r😀é]{0,6}").prop_map(|(a, b, text)| change(a.min(b), a.max(b), &text));
        let whole = "[a-c\n\r\u{e9}\u{1f600} ]{0,20}".prop_map(|text| TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text,
        });
        prop::collection::vec(prop_oneof![9 => ranged, 1 => whole], 0..12)
    }

    proptest! {
        #[test]
        fn incremental_edits_equal_the_full_text(text in "[a-d\n\r\u{e9}\u{1f600}]{0,60}", edits in edits()) {
            let (documents, uri) = opened(&text);
            let (mut text, mut bytes) = (text.clone(), text.len());
            for (version, edit) in (2..).zip(edits) {
                text = by_hand(&text, &edit);
                documents.change(&uri, version, vec![edit], Encoding::Utf16, |edit| {
                    bytes = bytes + edit.new_end - edit.old_end;
                });
                prop_assert_eq!(&documents.snapshot(&uri).expect("open").text.to_string(), &text);
            }
            prop_assert_eq!(bytes, text.len(), "the edits told add up");
        }
    }
}
