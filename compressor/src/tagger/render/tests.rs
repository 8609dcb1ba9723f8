use super::*;
use crate::draft::{Line, Part};
use crate::tagger::units::units;
use crate::tokens::Tokenizer;

/// Renders a one-line text with the words that end in `keep` of `text`; words are chosen by a predicate.
fn render(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let (open, close, line_break) = (String::new(), String::new(), "\n".to_owned());
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push(Line { text: at..at + line.trim_end().len(), starts: true });
        at += line.len();
    }
    let prose =
        Prose { source: 0..text.len(), open, close, when_empty: String::new(), line_break, lines, comment: false };
    let parts = [Part::Prose(prose.clone())];
    let stream = Stream::of(text, &parts);
    let units = units(&stream, &[], Tokenizer::O200kBase).all;
    let renderer = Renderer::new(&stream, &units, &[], 1.0);
    let mut kept: Vec<bool> = units.iter().map(|unit| keep(&stream.text[unit.core.clone()])).collect();
    renderer.settle(&mut kept, 0.5);
    renderer.part(0, &prose, text, &Selection { kept: &kept, threshold: 0.5 })
}

#[test]
fn punctuation_is_neither_doubled_nor_orphaned() {
    let text = "The server, which was old, failed; it did so quietly, again. Then it rested.";
    let without = |drop: &'static [&'static str]| move |word: &str| !drop.contains(&word);
    assert_eq!(
        render(text, without(&["quietly", "again"])),
        "The server which was old failed it did so. Then it rested."
    );
    assert_eq!(
        render(text, without(&["Then", "it", "rested"])),
        "The server which was old failed did so quietly again."
    );
    assert_eq!(render(text, |_| false), "");
    assert_eq!(render("Really?! Yes.", |word| word == "Yes"), "Yes.");
}

#[test]
fn pairs_stay_paired() {
    let text = "It ran (on a very old machine) for *several long* days.";
    assert_eq!(render(text, |word| ["It", "ran", "machine", "days"].contains(&word)), "It ran (machine) days.");
    assert_eq!(render(text, |word| ["It", "ran", "days"].contains(&word)), "It ran days.");
    assert_eq!(render(text, |word| ["on", "machine", "long"].contains(&word)), "(on machine) *long*.");
    assert_eq!(render("(He left.) She stayed.", |word| word != "He"), "(left.) She stayed.");
}

#[test]
fn a_list_keeps_its_marks_and_lines() {
    let text = "- first item here\n- second item\n- third";
    assert_eq!(render(text, |word| word != "here" && word != "third"), "- first item\n- second item");
}

#[test]
fn one_word_of_a_sentence_goes_and_a_colon_gives_way() {
    assert_eq!(
        render("It ran for days. The old machine was very slow.", |word| ["It", "ran", "machine"].contains(&word)),
        "It ran."
    );
    assert_eq!(render("Use this rate: the machine is slow.", |word| ["Use", "rate"].contains(&word)), "Use rate.");
}
