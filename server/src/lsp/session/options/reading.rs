//! Single values: from what is written to what is meant, and what a message says of them.
//!
//! Invariants
//! - what is read is valid: budgets can be met, questions have a word, folders are absolute
//!   (`options::tests::no_json_makes_it_panic`).

use std::path::{Path, PathBuf};

use compressor::policy::{Budget, Level, Policy};
use compressor::receipt::grouped;
use serde_json::{Number, Value};

/// The most budgets that are offered.
const MOST_BUDGETS: usize = 10;

/// The longest question, in characters.
const LONGEST_QUESTION: usize = 1_000;

/// The longest piece of a value that a message repeats, in characters.
const LONGEST_SHOWN: usize = 40;

/// A value and where it stands.
pub(crate) struct Given<'a> {
    pub(crate) value: &'a Value,
    /// The folder of the project file, which relative paths start from; `None` where they have nothing to start from.
    pub(crate) folder: Option<&'a Path>,
}

/// What a value may be.
pub(crate) enum Shape {
    /// One of some names.
    Choice(fn() -> Vec<&'static str>),
    /// A list of budgets.
    Budgets,
    /// A budget, or an empty text for none.
    Budget,
    /// A text with a word, or an empty one for none.
    Question,
    /// A folder, or an empty text for none.
    Folder,
    /// True or false.
    Flag,
    /// A whole number from 0.
    Whole { most: u64 },
}

impl Shape {
    /// What is allowed, in words that follow "must be".
    pub(crate) fn allowed(&self) -> String {
        match self {
            Self::Choice(names) => format!("one of `{}`", names().join("`, `")),
            Self::Budgets => {
                format!("a list of at most {MOST_BUDGETS} budgets: tokens such as `2000`, or a share such as `\"50%\"`")
            }
            Self::Budget => {
                "tokens such as `2000`, a share such as `\"50%\"`, or an empty text for no budget".to_owned()
            }
            Self::Question => {
                let limit = grouped(LONGEST_QUESTION);
                format!("a text with a word and at most {limit} characters, or an empty one for no question")
            }
            Self::Folder => "the path of a folder, or an empty text for the model within the program".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Whole { most } => {
                format!("a whole number from 0 to {}", usize::try_from(*most).map_or(String::new(), grouped))
            }
        }
    }
}

pub(super) fn choice<T: Copy>(given: &Given<'_>, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    let written = given.value.as_str()?;
    all.iter().copied().find(|value| name(*value) == written)
}

pub(super) fn flag(given: &Given<'_>) -> Option<bool> {
    given.value.as_bool()
}

pub(super) fn whole(given: &Given<'_>, most: u64) -> Option<u64> {
    number(given.value).filter(|number| *number <= most)
}

/// Whether the value says that there is none.
pub(super) fn is_none(given: &Given<'_>) -> bool {
    given.value.as_str().is_some_and(|text| text.trim().is_empty())
}

pub(super) fn question(given: &Given<'_>) -> Option<String> {
    let text = given.value.as_str()?.trim();
    let is_short = text.chars().nth(LONGEST_QUESTION).is_none();
    (is_short && Policy::new(Level::Balanced).with_query(text).is_ok()).then(|| text.to_owned())
}

pub(super) fn folder(given: &Given<'_>) -> Option<PathBuf> {
    // A zero byte ends the path for the system, so that another folder would be meant than the one that is shown.
    let path = given.value.as_str().filter(|path| !path.contains('\0'))?;
    let path = given.folder.map_or_else(|| PathBuf::from(path), |folder| folder.join(path));
    path.is_absolute().then_some(path)
}

pub(super) fn budgets(given: &Given<'_>) -> Option<Vec<Budget>> {
    let list = given.value.as_array().filter(|list| list.len() <= MOST_BUDGETS)?;
    let mut budgets = Vec::with_capacity(list.len());
    for value in list {
        let budget = read_budget(value)?;
        if !budgets.contains(&budget) {
            budgets.push(budget);
        }
    }
    Some(budgets)
}

pub(super) fn budget(given: &Given<'_>) -> Option<Budget> {
    read_budget(given.value)
}

/// A budget as it is written in options and shown in titles: `2,000 tokens` or `50%`.
pub(crate) fn budget_name(budget: Budget) -> String {
    match budget {
        Budget::Tokens(tokens) => format!("{} tokens", grouped(tokens)),
        Budget::Ratio(ratio) => percent(ratio),
    }
}

/// A budget as options hold it.
pub(super) fn written_budget(budget: Budget) -> Value {
    match budget {
        Budget::Tokens(tokens) => tokens.into(),
        Budget::Ratio(ratio) => percent(ratio).into(),
    }
}

fn percent(ratio: f64) -> String {
    // 0.07 * 100 is not 7 in binary.
    format!("{}%", (ratio * 1e8).round() / 1e6)
}

fn read_budget(value: &Value) -> Option<Budget> {
    let budget = match value {
        Value::String(text) => match text.trim().strip_suffix('%') {
            Some(share) => Budget::Ratio(decimal(share.trim_end())? / 100.0),
            None => Budget::Tokens(decimal(text.trim()).and_then(|_| text.trim().parse().ok())?),
        },
        number => Budget::Tokens(usize::try_from(self::number(number)?).ok()?),
    };
    Policy::new(Level::Balanced).with_budget(budget).is_ok().then_some(budget)
}

/// Digits with at most one point; the standard library reads `inf`, `1e9` and `+5`, too.
fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_plain.then(|| text.parse().ok()).flatten()
}

/// A whole number; some clients write every number with a point.
fn number(value: &Value) -> Option<u64> {
    /// Above it not every whole number has a floating one.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number = value.as_number()?;
    number.as_u64().or_else(|| {
        let floating = number.as_f64().filter(|it| it.fract() == 0.0 && (0.0..=EXACT).contains(it))?;
        format!("{floating:.0}").parse().ok()
    })
}

/// A value in a message: short, and never the inside of a list or an object.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) => {
            let mut short: String = text.chars().take(LONGEST_SHOWN).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            format!("`{}`", Value::from(short))
        }
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// TOML as JSON, as deep as the table of options goes: groups, lists, single values. What lies deeper, and dates, become
/// objects, which no option takes.
pub(super) fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Table(members) => {
            members.iter().map(|(key, value)| (key.clone(), leaf(value))).collect::<serde_json::Map<_, _>>().into()
        }
        other => leaf(other),
    }
}

fn leaf(value: &toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => items.iter().map(single).collect(),
        other => single(other),
    }
}

fn single(value: &toml::Value) -> Value {
    let nothing = || Value::Object(serde_json::Map::new());
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => Number::from_f64(*number).map_or_else(nothing, Value::from),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => nothing(),
    }
}
