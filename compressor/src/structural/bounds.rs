//! Bounds: what hard inputs may cost, as each language that is parsed. Work is counted, never timed.

use super::properties::SAMPLES;
use super::rendering::draft_all;
use super::{draft, parse};
use crate::language::Language;
use crate::policy::Level;
use crate::tokens::Tokenizer;

#[test]
fn input_nested_a_hundred_thousand_deep_is_drafted_as_every_language() {
    for language in Language::all().filter(|language| language.is_parsed()) {
        for (open, close) in [("(", ""), ("{", "}")] {
            let text = open.repeat(100_000) + &close.repeat(100_000);
            let drafted = draft(&text, 0..text.len(), language, Level::Skeleton, Tokenizer::O200kBase);
            let mut end = 0;
            for part in &drafted.parts {
                assert_eq!(part.source().start, end, "{}", language.name());
                end = part.source().end;
            }
            assert_eq!(end, text.len(), "{}", language.name());
        }
    }
}

#[test]
fn the_work_of_a_parse_grows_with_the_text() {
    for (name, sample) in SAMPLES.iter().copied() {
        let Some(syntax) = Language::from_name(name).and_then(|language| language.0.syntax) else { continue };
        let work = |times: usize| parse::work(&(sample.to_owned() + "\n").repeat(times), syntax);
        let (Some(short), Some(long)) = (work(16), work(128)) else { panic!("{name}: a sample is too hard to parse") };
        assert!(long <= 9 * short + 64, "{name}: {short} and eight times as long {long}");
    }
}

#[test]
fn a_parse_may_take_no_more_than_in_proportion_to_its_text() {
    let most = |bytes: usize| parse::most_work(&" ".repeat(bytes));
    assert!(most(10 << 20) <= 10 * most(1 << 20));
    assert!(most(1 << 10) <= 256 + 128);
}

#[test]
fn the_samples_within_brackets_are_drafted() {
    // What holds a whole file is parsed at a depth that its rows never had.
    for (name, sample) in SAMPLES.iter().copied() {
        let text = "(".repeat(1_000) + sample + &")".repeat(1_000);
        let parts = draft_all(name, Level::Balanced, &text).parts;
        assert_eq!(parts.last().map(|part| part.source().end), Some(text.len()), "{name}");
    }
}
