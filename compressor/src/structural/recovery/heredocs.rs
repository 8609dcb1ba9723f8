//! Heredocs as they look in a text: what stands in one may read as code, and in a shell almost any line does.
//!
//! Invariant: time is linear in the text.

use std::collections::HashMap;
use std::ops::Range;

/// The bodies of the heredocs of a text, in order. One whose end was cut off goes on to the end of the text, one whose
/// beginning was cut off begins with the text; both are known by a word in capitals.
pub(super) fn bodies(text: &str) -> Vec<Range<usize>> {
    let mut last_line = HashMap::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        last_line.insert(line.trim(), at);
        at += line.len();
    }
    let mut bodies = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(word) = open.first() {
            if line.trim() == *word {
                open.remove(0);
                if open.is_empty() {
                    bodies.push(start..at);
                }
            }
        } else {
            if bodies.is_empty() && at > 0 && is_shouted(line.trim()) {
                bodies.push(0..at);
            }
            let ends = |word: &&str| is_shouted(word) || last_line.get(word).is_some_and(|&last| last > at);
            open.extend(words(line).filter(ends));
            start = at + line.len();
        }
        at += line.len();
    }
    if !open.is_empty() {
        bodies.push(start..text.len());
    }
    bodies
}

/// The words after `<<`, `<<-` and `<<~`, quoted or not.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("<<").filter_map(|(at, mark)| {
        let word = line[at + mark.len()..].trim_start_matches(['-', '~']).trim_start_matches(['"', '\'', '`', '\\']);
        let length = word.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(word.len());
        word.starts_with(|c: char| c.is_alphabetic() || c == '_').then_some(&word[..length])
    })
}

/// Whether a word is in capitals, as those that end heredocs are.
fn is_shouted(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        bodies(text).into_iter().map(|body| &text[body]).collect()
    }

    #[test]
    fn bodies_are_found_whole_and_cut() {
        assert_eq!(found("cat <<EOF >x\na # b\nEOF\nc\n"), ["a # b\n"]);
        assert_eq!(found("f(<<~a, <<-'B_B')\none\n  a\ntwo\n  B_B\nx\n"), ["one\n  a\ntwo\n"]);
        assert_eq!(found("a\nEOF\nb <<END\nc\n"), ["a\n", "c\n"]);
        assert_eq!(found("list <<item\nx = 1 <<n\ny <<< z\n"), [] as [&str; 0]);
    }
}
