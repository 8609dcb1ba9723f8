//! Answer normalization of SQuAD 1.1 (Rajpurkar et al. 2016, `evaluate-v1.1.py`): lower case, no punctuation, no articles,
//! single spaces.

/// The normalized form.
#[must_use]
pub fn normalize(text: &str) -> String {
    let lower: String = text.to_lowercase().chars().filter(|char| !char.is_ascii_punctuation()).collect();
    let words = lower.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether the answer stands in the text, both normalized, whole words.
#[must_use]
pub fn contains(text: &str, answer: &str) -> bool {
    format!(" {} ", normalize(text)).contains(&format!(" {} ", normalize(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_articles_do_not_count_but_word_borders_do() {
        assert!(contains("It was \"The Beatles'\" first.", "beatles"));
        assert!(!contains("Parisian streets", "Paris"));
    }
}
