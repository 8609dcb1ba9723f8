//! What a caller asks for: how far to go, how small, and about what.
//!
//! Invariants
//! - a `Policy` that exists is valid: ratios lie in (0, 1], budgets are positive, queries are not blank, a focus is at a level
//!   that leaves out code (`tests::refuses_what_cannot_be_met`).
//!
//! Deliberately absent: anything that depends on the text or on a model.

use std::ops::{Range, RangeInclusive};

use crate::language::Language;
use crate::tokens::Tokenizer;

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Layout only: every byte that is not space stays, repeated lines are folded with a count.
    Safe,
    /// The tagger under the guard: no atom is lost, no code token changes, data says the same.
    Balanced,
    /// As short as the budget asks; atoms go last, and the receipt lists those that went.
    Tight,
    /// What there is, and not how it is done: signatures, types and constants of code, headings and first clauses of prose.
    Skeleton,
}

impl Level {
    /// All levels, mildest first.
    pub const ALL: [Self; 4] = [Self::Safe, Self::Balanced, Self::Tight, Self::Skeleton];

    /// The name on the command line and in receipts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Balanced => "balanced",
            Self::Tight => "tight",
            Self::Skeleton => "skeleton",
        }
    }
}

/// Which engines may work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// Each segment by the engine made for it.
    Auto,
    /// Layout and code only, without a model.
    Structural,
    /// Everything that is not code as running text.
    Tagger,
}

impl EngineChoice {
    /// All choices, the default first.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Structural, Self::Tagger];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Structural => "structural",
            Self::Tagger => "tagger",
        }
    }
}

/// The size to meet, from below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    /// At most so many tokens.
    Tokens(usize),
    /// At most this share of the original's tokens.
    Ratio(f64),
}

impl Budget {
    /// The budget in tokens, for a text of so many. A share is rounded down, since a budget is met from below.
    #[must_use]
    pub fn tokens(self, before: usize) -> usize {
        match self {
            Self::Tokens(tokens) => tokens,
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share in (0, 1] of a count")]
            Self::Ratio(ratio) => (ratio * before as f64).floor() as usize,
        }
    }
}

/// What stays whole, with what it uses, while the rest of the code becomes its skeleton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Bytes of the text.
    Bytes(Range<usize>),
    /// Lines of the text, from 1, the last included.
    Lines(RangeInclusive<usize>),
    /// What is defined under this name; `Session.load` or `Session::load` where several have it.
    Name(String),
}

impl Focus {
    /// Reads a focus as it is typed: `load` or `Session.load` is a name, `40` and `40-60` are lines, `bytes:100-250` are bytes
    /// without the last.
    ///
    /// # Errors
    /// A range that is empty, and what is no name.
    pub fn parse(typed: &str) -> Result<Self, PolicyError> {
        let typed = typed.trim();
        let bytes = typed.strip_prefix("bytes:");
        let (first, last) = bytes.unwrap_or(typed).split_once('-').unwrap_or((typed, typed));
        let range = first.trim().parse::<usize>().ok().zip(last.trim().parse::<usize>().ok());
        let focus = match (bytes, range) {
            (Some(_), Some((start, end))) => Self::Bytes(start..end),
            (None, Some((first, last))) => Self::Lines(first..=last),
            (Some(_), None) => return Err(PolicyError::Focus(typed.to_owned())),
            (None, None) => Self::Name(typed.to_owned()),
        };
        if focus.is_sound() { Ok(focus) } else { Err(PolicyError::Focus(typed.to_owned())) }
    }

    fn is_sound(&self) -> bool {
        match self {
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::Lines(lines) => *lines.start() > 0 && !lines.is_empty(),
            Self::Name(name) => name.chars().any(|char| char.is_alphanumeric() || char == '_'),
        }
    }
}

/// As it is typed.
impl std::fmt::Display for Focus {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(out, "bytes:{}-{}", bytes.start, bytes.end),
            Self::Lines(lines) if lines.start() == lines.end() => write!(out, "{}", lines.start()),
            Self::Lines(lines) => write!(out, "{}-{}", lines.start(), lines.end()),
            Self::Name(name) => out.write_str(name),
        }
    }
}

/// Why a policy was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PolicyError {
    /// A ratio outside (0, 1].
    #[error("ratio {0} is not in (0, 1]: 0.5 means half of the tokens")]
    Ratio(f64),
    /// A budget of no tokens.
    #[error("a budget of 0 tokens leaves nothing: give at least 1")]
    EmptyBudget,
    /// A query without a word.
    #[error("the query is empty: ask a question, or leave it out")]
    EmptyQuery,
    /// A focus that is none.
    #[error("`{0}` is no focus: type a name such as load, lines such as 40-60, or bytes such as bytes:100-250")]
    Focus(String),
    /// A focus where nothing around it is left out.
    #[error("a focus needs level tight or skeleton: at {} all code stays", .0.name())]
    FocusLevel(Level),
}

/// A valid request. Built by [`Policy::new`] and the `with_` methods.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    level: Level,
    engine: EngineChoice,
    tokenizer: Tokenizer,
    budget: Option<Budget>,
    query: Option<String>,
    focus: Option<Focus>,
    language: Option<Language>,
}

impl Policy {
    /// A policy without budget, query or language, counted with `o200k_base`.
    #[must_use]
    pub fn new(level: Level) -> Self {
        Self {
            level,
            engine: EngineChoice::Auto,
            tokenizer: Tokenizer::O200kBase,
            budget: None,
            query: None,
            focus: None,
            language: None,
        }
    }

    /// Chooses the engines.
    #[must_use]
    pub fn with_engine(self, engine: EngineChoice) -> Self {
        Self { engine, ..self }
    }

    /// Counts with another tokenizer.
    #[must_use]
    pub fn with_tokenizer(self, tokenizer: Tokenizer) -> Self {
        Self { tokenizer, ..self }
    }

    /// Meets a budget from below.
    ///
    /// # Errors
    /// A ratio outside (0, 1] or a budget of 0 tokens.
    pub fn with_budget(self, budget: Budget) -> Result<Self, PolicyError> {
        match budget {
            Budget::Ratio(ratio) if !(ratio > 0.0 && ratio <= 1.0) => Err(PolicyError::Ratio(ratio)),
            Budget::Tokens(0) => Err(PolicyError::EmptyBudget),
            _ => Ok(Self { budget: Some(budget), ..self }),
        }
    }

    /// Keeps what bears on a question and shortens the rest first.
    ///
    /// # Errors
    /// A query without a word.
    pub fn with_query(self, query: &str) -> Result<Self, PolicyError> {
        if query.chars().any(char::is_alphanumeric) {
            Ok(Self { query: Some(query.to_owned()), ..self })
        } else {
            Err(PolicyError::EmptyQuery)
        }
    }

    /// Keeps a place and what it uses whole, and of the code around it the skeleton.
    ///
    /// # Errors
    /// A level milder than `tight`, or a range or a name that is empty.
    pub fn with_focus(self, focus: Focus) -> Result<Self, PolicyError> {
        if self.level < Level::Tight {
            return Err(PolicyError::FocusLevel(self.level));
        }
        if focus.is_sound() {
            Ok(Self { focus: Some(focus), ..self })
        } else {
            Err(PolicyError::Focus(focus.to_string()))
        }
    }

    /// Takes the whole text as code of this language.
    #[must_use]
    pub fn with_language(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// How far to go.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Which engines may work.
    #[must_use]
    pub fn engine(&self) -> EngineChoice {
        self.engine
    }

    /// What counts the tokens.
    #[must_use]
    pub fn tokenizer(&self) -> Tokenizer {
        self.tokenizer
    }

    /// The size to meet.
    #[must_use]
    pub fn budget(&self) -> Option<Budget> {
        self.budget
    }

    /// The question to keep what bears on.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// What stays whole.
    #[must_use]
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }

    /// Whether something is chosen across a text or several, so that nothing of it is sure before all of it is.
    #[must_use]
    pub fn chooses_across(&self) -> bool {
        self.budget.is_some() || self.query.is_some() || self.focus.is_some()
    }

    /// The language given by the caller.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_is_read_as_it_is_typed() {
        let expected = [
            ("load", Focus::Name("load".to_owned())),
            (" Session.load", Focus::Name("Session.load".to_owned())),
            ("40", Focus::Lines(40..=40)),
            ("40-60", Focus::Lines(40..=60)),
            ("bytes:100-250", Focus::Bytes(100..250)),
            ("my-function", Focus::Name("my-function".to_owned())),
        ];
        for (typed, focus) in expected {
            assert_eq!(Focus::parse(typed).as_ref(), Ok(&focus));
            assert_eq!(focus.to_string(), typed.trim());
        }
        for typed in ["", "-", "0", "60-40", "bytes:5", "bytes:5-5", "bytes:x"] {
            assert_eq!(Focus::parse(typed), Err(PolicyError::Focus(typed.to_owned())), "{typed}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_met() {
        let policy = || Policy::new(Level::Balanced);
        for ratio in [0.0, -0.5, 1.5, f64::NAN, f64::INFINITY] {
            assert!(policy().with_budget(Budget::Ratio(ratio)).is_err(), "{ratio}");
        }
        assert_eq!(policy().with_budget(Budget::Tokens(0)), Err(PolicyError::EmptyBudget));
        assert_eq!(policy().with_query(" ?\t"), Err(PolicyError::EmptyQuery));
        assert!(policy().with_budget(Budget::Ratio(1.0)).is_ok());
        assert!(policy().with_query("why?").is_ok());
        let name = || Focus::Name("load".to_owned());
        assert_eq!(policy().with_focus(name()), Err(PolicyError::FocusLevel(Level::Balanced)));
        assert!(Policy::new(Level::Tight).with_focus(name()).is_ok());
        assert!(Policy::new(Level::Tight).with_focus(Focus::Bytes(3..3)).is_err());
    }
}
