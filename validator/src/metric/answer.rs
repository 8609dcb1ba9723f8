//! Answers beside gold answers: exact match and F1 as `SQuAD` scores them (Rajpurkar et al. 2016, `evaluate-v1.1.py`).
//!
//! Both texts are normalized in the order of that script: lower case, ASCII punctuation out, the words `a`, `an` and `the` out,
//! single spaces. F1 is that of the bags of words; of several gold answers the best counts.
//!
//! Invariants
//! - what the official script says is said here (`tests::scores_are_those_of_the_official_script`).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// The normalized form.
#[must_use]
pub fn normalize(text: &str) -> String {
    static ARTICLES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:a|an|the)\b").expect("a constant"));
    let bare: String = text.to_lowercase().chars().filter(|char| !char.is_ascii_punctuation()).collect();
    ARTICLES.replace_all(&bare, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an answer is one of the gold answers, both normalized.
#[must_use]
pub fn is_exact(answer: &str, gold: &[String]) -> bool {
    let answer = normalize(answer);
    gold.iter().any(|gold| normalize(gold) == answer)
}

/// The best F1 of an answer's words against those of a gold answer, in [0, 1].
#[must_use]
pub fn f1(answer: &str, gold: &[String]) -> f64 {
    let answer = normalize(answer);
    gold.iter().map(|gold| words_f1(&answer, &normalize(gold))).fold(0.0, f64::max)
}

fn words_f1(answer: &str, gold: &str) -> f64 {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in gold.split_whitespace() {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0_usize;
    for word in answer.split_whitespace() {
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    if common == 0 {
        return 0.0;
    }
    let words = answer.split_whitespace().count() + gold.split_whitespace().count();
    2.0 * common as f64 / words as f64
}

/// Whether one of the answers stands in the text, both normalized, whole words.
#[must_use]
pub fn contains(text: &str, answers: &[String]) -> bool {
    let text = format!(" {} ", normalize(text));
    let stands = |answer: &String| {
        let answer = normalize(answer);
        !answer.is_empty() && text.contains(&format!(" {answer} "))
    };
    answers.iter().any(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(answers: &[&str]) -> Vec<String> {
        answers.iter().map(|&answer| answer.to_owned()).collect()
    }

    /// Expected values are what the functions of `evaluate-v1.1.py` return, run with Python 3.11.
    #[test]
    fn scores_are_those_of_the_official_script() {
        for (text, normalized) in [
            ("The  Cat's hat, a-an!", "cats hat aan"),
            ("a–b the—an", "–b —"),
            ("U.S. $1,000", "us 1000"),
            ("“The End”", "“ end”"),
            ("An answer\tthe\nA", "answer"),
            ("THE", ""),
        ] {
            assert_eq!(normalize(text), normalized, "{text}");
        }
        for (answer, golds, exact, score) in [
            ("the Norman people", &["Normans", "Norman people"][..], true, 1.0),
            ("in the 10th and 11th centuries", &["10th and 11th centuries"][..], false, 8.0 / 9.0),
            ("cat cat dog", &["cat dog dog"][..], false, 2.0 / 3.0),
            ("Paris", &["London"][..], false, 0.0),
            ("", &["x"][..], false, 0.0),
        ] {
            let golds = gold(golds);
            assert_eq!(is_exact(answer, &golds), exact, "{answer}");
            assert!((f1(answer, &golds) - score).abs() < 1e-12, "{answer}: {}", f1(answer, &golds));
        }
    }

    #[test]
    fn case_punctuation_and_articles_do_not_count_but_word_borders_do() {
        assert!(contains("It was \"The Beatles'\" first.", &gold(&["beatles"])));
        assert!(!contains("Parisian streets", &gold(&["Paris"])));
        assert!(contains("in Turku", &gold(&["Lisbon", "Turku"])));
        assert!(!contains("the", &gold(&["the"])), "an answer without a word stands nowhere");
    }
}
