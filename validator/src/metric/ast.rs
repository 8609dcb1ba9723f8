//! How alike two syntax trees are: the share of pq-grams that they have in common.
//!
//! A pq-gram is a node with its parent and three children in a row (p = 2, q = 3; Augsten, Böhlen and Gamper, "Approximate
//! Matching of Hierarchical Data Using pq-Grams", VLDB 2005): its distance bounds that of editing one tree into the other.
//! The similarity is 2 · |common| / (|first| + |second|), grams counted as often as they occur. A node is its kind, one
//! without parts its kind and its text, so that another name or number is another tree; comments, brackets and commas are
//! left out. Python's peer, `difflib` on `ast.dump`, compares the same facts as one long string.
//!
//! What does not parse is a node of its own kind, like no other code: a shorter form in a notation of its own is unlike its
//! original. Of an original more than half of which does not parse, nothing is measured. A margin in common and a fence around
//! the whole of a text are no part of its code.
//!
//! Invariants
//! - a text is like itself, whatever it is; what is renamed or left out makes it less so (`tests::what_changes_is_seen`);
//! - time is that of parsing and sorting, whatever the trees are (`tests::a_long_file_is_compared_at_once`).

use std::hash::{DefaultHasher, Hash, Hasher};

use compressor::language::Language;
use compressor::structural::{TreeNode, syntax_tree};

/// Nodes in a row that a gram has below its anchor.
const CHILDREN: usize = 3;

/// The share of an original that may not parse.
const MOST_BROKEN: f64 = 0.5;

/// How alike the code of two texts is, in [0, 1].
///
/// # Errors
/// Why that is not known, as a sentence.
pub fn similarity(verbose: &str, compressed: &str, language: Option<Language>) -> Result<f64, String> {
    let language = language.ok_or("syntax trees are not compared: the language is not known")?;
    let tree = |text: &str| {
        let text = bare(text);
        syntax_tree(&text, language).map(|nodes| Tree { grams: grams(&text, &nodes), broken: broken(&text, &nodes) })
    };
    let name = language.name();
    let Some(original) = tree(verbose) else {
        return Err(format!(
            "syntax trees are not compared: no {name} is parsed here, or the text is too hard to parse"
        ));
    };
    if original.broken > MOST_BROKEN {
        let percent = original.broken * 100.0;
        return Err(format!("syntax trees are not compared: {percent:.0} % of the original do not parse as {name}"));
    }
    // What is too hard to parse has no code in common with anything.
    Ok(tree(compressed).map_or(0.0, |shorter| dice(&original.grams, &shorter.grams)))
}

/// A text as its grams.
struct Tree {
    /// Sorted.
    grams: Vec<u64>,
    /// The share of its bytes that does not parse.
    broken: f64,
}

/// 2 · |common| / (|first| + |second|) of two sorted bags.
fn dice(first: &[u64], second: &[u64]) -> f64 {
    let (mut left, mut right, mut common) = (0, 0, 0_usize);
    while left < first.len() && right < second.len() {
        let (one, other) = (first[left], second[right]);
        common += usize::from(one == other);
        left += usize::from(one <= other);
        right += usize::from(other <= one);
    }
    2.0 * common as f64 / (first.len() + second.len()) as f64
}

/// The pq-grams of a tree, as sorted hashes. A tree has one node at least.
fn grams(text: &str, nodes: &[TreeNode]) -> Vec<u64> {
    const NOTHING: u64 = 0;
    let labels: Vec<u64> = nodes.iter().map(|node| label(text, node)).collect();
    let mut parents = vec![NOTHING; nodes.len()];
    let mut grams = Vec::with_capacity(nodes.len() * 3);
    for (at, node) in nodes.iter().enumerate() {
        let mut window = [NOTHING; CHILDREN];
        let mut add = |label: u64| {
            window.rotate_left(1);
            window[CHILDREN - 1] = label;
            grams.push(hash(&(parents[at], labels[at], window)));
        };
        let mut child = at + 1;
        if node.size == 1 {
            add(NOTHING);
            continue;
        }
        let mut children = Vec::new();
        while child < at + node.size {
            add(labels[child]);
            children.push(child);
            child += nodes[child].size;
        }
        for _ in 1..CHILDREN {
            add(NOTHING);
        }
        for child in children {
            parents[child] = labels[at];
        }
    }
    grams.sort_unstable();
    grams
}

fn label(text: &str, node: &TreeNode) -> u64 {
    if node.is_leaf { hash(&(node.kind, &text[node.range.clone()])) } else { hash(&node.kind) }
}

/// The same on every run: the hasher without a key.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The share of a text's bytes that does not parse.
fn broken(text: &str, nodes: &[TreeNode]) -> f64 {
    let (mut bytes, mut end) = (0, 0);
    for node in nodes.iter().filter(|node| node.is_error) {
        bytes += node.range.end.saturating_sub(node.range.start.max(end));
        end = end.max(node.range.end);
    }
    bytes as f64 / text.len().max(1) as f64
}

/// A text without the fence around all of it, and without the margin that all of its lines have.
fn bare(text: &str) -> String {
    let trimmed = text.trim();
    let fenced =
        trimmed.strip_prefix("```").and_then(|rest| rest.strip_suffix("```")).and_then(|it| it.split_once('\n'));
    let code = fenced.map_or(text, |(_, code)| code);
    let lines = || code.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().next().map_or("", |line| &line[..line.len() - line.trim_start().len()]);
    if margin.is_empty() || !lines().all(|line| line.starts_with(margin)) {
        return code.to_owned();
    }
    code.lines().map(|line| line.strip_prefix(margin).unwrap_or_default()).collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = include_str!("../../../demo/token_bucket.py");

    fn python(verbose: &str, compressed: &str) -> f64 {
        similarity(verbose, compressed, Language::from_name("python")).expect("it is compared")
    }

    #[test]
    fn what_changes_is_seen() {
        let near = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
        near(python(CODE, CODE), 1.0);
        near(python("x = 1  # one\n", "x=1"), 1.0);
        near(python("    def f(a):\n        return a\n", "```python\ndef f(a):\n  return a\n```"), 1.0);
        let renamed = python(CODE, &CODE.replace("self._tokens", "self.other"));
        let halved = python(CODE, &CODE[..CODE.len() / 2]);
        let other = python(CODE, "import sys\nprint(sys.argv)\n");
        assert!(1.0 > renamed && renamed > halved && halved > other, "{renamed} {halved} {other}");
        assert!(python("a + b\n", "a - b\n") < 0.8);
    }

    #[test]
    fn a_notation_of_its_own_is_unlike_the_code() {
        let code = "def add(first, second):\n    total = first + second\n    return total\n";
        let notation = python(code, "fn:add(first,second) = first+second → total");
        assert!(notation < 0.3, "{notation}");
    }

    #[test]
    fn what_is_no_code_is_told() {
        let told = |text: &str, language: Option<&str>| {
            similarity(text, text, language.and_then(Language::from_name)).expect_err("nothing is measured")
        };
        assert!(told("x", None).ends_with("the language is not known"));
        assert!(told("x", Some("dockerfile")).contains("no dockerfile is parsed here"));
        let prose = "It rains, and we stay in; nobody knows (or asks) why that is so.";
        assert!(told(prose, Some("python")).contains("% of the original do not parse as python"));
    }

    #[test]
    fn a_long_file_is_compared_at_once() {
        let long = CODE.repeat(100);
        assert!((python(&long, &long) - 1.0).abs() < 1e-9);
    }
}
