//! The known key that an unknown one was meant to be.

use super::{Spelling, TABLE};

/// Longer keys are nobody's slip.
const LONGEST: usize = 48;

/// The key of the table nearest to an unknown one, in that spelling; `None` where none is near.
pub(super) fn key(unknown: &str, spelling: Spelling) -> Option<String> {
    let unknown = plain(unknown);
    if unknown.is_empty() || unknown.len() > LONGEST {
        return None;
    }
    let near = |known: &str| {
        // `loadAtStart` may have lost its group on the way.
        let last = known.rsplit('.').next().unwrap_or(known);
        distance(&unknown, &plain(known)).min(distance(&unknown, &plain(last)) + 1)
    };
    TABLE
        .iter()
        .map(|definition| (near(definition.key), definition.key))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= (unknown.len() / 4).max(2) && *distance * 2 < unknown.len())
        .map(|(_, known)| spelling.of(known))
}

/// Without case and separators, so that another spelling is no distance.
fn plain(key: &str) -> Vec<char> {
    key.chars().filter(|it| !matches!(it, '-' | '_')).take(LONGEST + 1).flat_map(char::to_lowercase).collect()
}

/// The number of characters to insert, delete or replace.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, left) in left.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, right) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_key() {
        for (unknown, known) in [
            ("levle", Some("level")),
            ("code-lens", Some("codeLens")),
            ("code_lens", Some("codeLens")),
            ("CODELENS", Some("codeLens")),
            ("loadAtStart", Some("model.loadAtStart")),
            ("model.idleMinute", Some("model.idleMinutes")),
            ("modelPath", Some("model.path")),
            ("budget", Some("budgets")),
            ("temperature", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(key(unknown, Spelling::Camel).as_deref(), known, "{unknown}");
        }
        assert_eq!(key("codeLens", Spelling::Kebab).as_deref(), Some("code-lens"));
        assert_eq!(key(&"level".repeat(100_000), Spelling::Camel), None);
    }
}
