//! Token counts: exact where the tokenizer is public, labelled as an estimate where it is not.
//!
//! Invariants
//! - `o200k_base` and `cl100k_base` are exact (`tests::counts_what_the_published_tokenizers_count`);
//! - a long text has the count that the published tokenizer gives (`pieces::tests`);
//! - never characters / 4: an estimate is the exact o200k count times a factor with a stated error.

mod pieces;

use std::cell::RefCell;

use pieces::Counter as Pieces;

/// From this length a second thread pays.
const VERY_LONG: usize = 1 << 20;

/// A named ruler for the size of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tokenizer {
    /// GPT-4o and later; the default.
    O200kBase,
    /// GPT-4 and GPT-3.5.
    Cl100kBase,
    /// Claude: an estimate.
    Claude,
    /// Gemini: an estimate.
    Gemini,
}

impl Tokenizer {
    /// All tokenizers, the default first.
    pub const ALL: [Self; 4] = [Self::O200kBase, Self::Cl100kBase, Self::Claude, Self::Gemini];

    /// The name on the command line and in receipts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::O200kBase => "o200k_base",
            Self::Cl100kBase => "cl100k_base",
            Self::Claude => "claude",
            Self::Gemini => "gemini",
        }
    }

    /// The tokenizer of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tokenizer| tokenizer.name() == name)
    }

    /// Whether `count` is exact.
    #[must_use]
    pub fn exact(self) -> bool {
        matches!(self, Self::O200kBase | Self::Cl100kBase)
    }

    /// The relative error of an estimate, 0 where the count is exact.
    ///
    /// Public comparisons of `count_tokens` endpoints with o200k find Claude 10 to 30 % higher and Gemini within 10 %.
    #[must_use]
    pub fn relative_error(self) -> f64 {
        match self {
            Self::O200kBase | Self::Cl100kBase => 0.0,
            Self::Claude | Self::Gemini => 0.10,
        }
    }

    /// The number of tokens in `text`.
    #[must_use]
    pub fn count(self, text: &str) -> usize {
        if text.len() < VERY_LONG {
            return self.scale(self.with_memory(|memory| memory.count(text)));
        }
        let half = pieces::next_cut(text.as_bytes(), text.len() / 2);
        let (front, back) = text.split_at(half.unwrap_or(text.len()));
        let (front, back) = std::thread::scope(|scope| {
            // Where no thread can be had, this one counts both halves.
            let thread = (!back.is_empty())
                .then(|| std::thread::Builder::new().spawn_scoped(scope, || self.pieces().count(back)).ok())
                .flatten();
            let front = self.with_memory(|memory| memory.count(front));
            let back = thread.and_then(|thread| thread.join().ok()).unwrap_or_else(|| self.pieces().count(back));
            (front, back)
        });
        self.scale(front + back)
    }

    /// Lends this thread's memory of pieces: the words of a text are counted again and again, alone and within results.
    fn with_memory<T>(self, work: impl FnOnce(&mut Pieces) -> T) -> T {
        thread_local! {
            static MEMORIES: RefCell<[Option<Pieces>; 2]> = const { RefCell::new([None, None]) };
        }
        MEMORIES.with_borrow_mut(|memories| {
            let own = usize::from(self == Self::Cl100kBase);
            work(memories[own].get_or_insert_with(|| self.pieces()))
        })
    }

    fn pieces(self) -> Pieces {
        match self {
            Self::Cl100kBase => Pieces::cl100k_base(),
            Self::O200kBase | Self::Claude | Self::Gemini => Pieces::o200k_base(),
        }
    }

    fn scale(self, tokens: usize) -> usize {
        match self {
            Self::O200kBase | Self::Cl100kBase | Self::Gemini => tokens,
            Self::Claude => tokens * 6 / 5,
        }
    }
}

/// Counts many texts with one tokenizer, and remembers the pieces it has seen.
pub(crate) struct Counter {
    tokenizer: Tokenizer,
    pieces: Pieces,
}

impl Counter {
    pub(crate) fn new(tokenizer: Tokenizer) -> Self {
        Self { tokenizer, pieces: tokenizer.pieces() }
    }

    /// The number of tokens in `text`, as [`Tokenizer::count`] gives it.
    pub(crate) fn count(&mut self, text: &str) -> usize {
        self.tokenizer.scale(self.pieces.count(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_the_published_tokenizers_count() {
        // The costs that the notation rests on.
        for (text, tokens) in [
            (" config", 1),
            (" configuration", 1),
            (" because", 1),
            (" ∵", 2),
            (" with", 1),
            (" w/", 2),
            (" leads to", 2),
            (" →", 1),
            ("", 0),
        ] {
            assert_eq!(Tokenizer::O200kBase.count(text), tokens, "{text:?}");
        }
        assert_eq!(Tokenizer::Cl100kBase.count("tiktoken is great!"), 6);
    }

    #[test]
    fn an_estimate_says_that_it_is_one() {
        for tokenizer in Tokenizer::ALL {
            assert_eq!(tokenizer.exact(), tokenizer.relative_error() == 0.0, "{}", tokenizer.name());
            assert_eq!(Tokenizer::from_name(tokenizer.name()), Some(tokenizer));
        }
    }

    #[test]
    fn a_long_text_counts_as_its_published_tokenizer_counts_it() {
        let text = "The größe of a	log line: 17 ms; don't split

  日本 `x_y` "
            .repeat(40_000);
        for (tokenizer, published) in
            [(Tokenizer::O200kBase, bpe_openai::o200k_base()), (Tokenizer::Cl100kBase, bpe_openai::cl100k_base())]
        {
            assert_eq!(tokenizer.count(&text), published.count(&text), "{}", tokenizer.name());
            assert_eq!(Counter::new(tokenizer).count(&text), published.count(&text), "{}", tokenizer.name());
        }
    }
}
