//! Documents and texts, made of real files.

use benches::selections;
use benches::sources::{self, Kind};
use compressor::tokens::Tokenizer;

/// Every so many lines stands one that is not ASCII.
const FOREIGN: usize = 25;

/// Such a line: two, three and four bytes, one and two UTF-16 units.
const LINE: &str = "# größer als 5 – naïve “Werte”, 日本語, 😀 and 𝒳 ∈ ℝ\n";

/// Python of so many lines, from file after file.
pub fn python(lines: usize) -> String {
    python_while(|taken, _| taken < lines)
}

/// Python of 1 MB, or a line more.
pub fn megabyte() -> String {
    python_while(|_, bytes| bytes < 1_000_000)
}

fn python_while(more: impl Fn(usize, usize) -> bool) -> String {
    let mut text = String::new();
    let files: Vec<String> = sources::choose(Kind::PYTHON, 300).into_iter().map(|file| file.text).collect();
    for (taken, line) in files.iter().flat_map(|text| text.lines()).cycle().enumerate() {
        if !more(taken, text.len()) {
            break;
        }
        if taken % FOREIGN == FOREIGN - 1 {
            text.push_str(LINE);
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// So many different texts of prose, each of about so many tokens.
pub fn prose(tokens: usize, count: usize) -> Vec<String> {
    let all = selections::prose(200_000);
    let mut paragraphs = all.split_inclusive("\n\n").cycle();
    let text = |number: usize| {
        let (mut text, mut counted) = (format!("Part {number}. "), 0);
        for paragraph in paragraphs.by_ref() {
            text.push_str(paragraph);
            counted += Tokenizer::O200kBase.count(paragraph);
            if counted >= tokens {
                break;
            }
        }
        text
    };
    (1..=count).map(text).collect()
}
