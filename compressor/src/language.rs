//! Languages: names, file endings and grammars; one row each.

/// A row of the table of languages.
#[derive(Clone, Copy)]
pub struct Language(pub(crate) &'static Row);

pub(crate) struct Row {
    pub(crate) name: &'static str,
}

static ROWS: [Row; 3] = [Row { name: "python" }, Row { name: "rust" }, Row { name: "typescript" }];

impl Language {
    /// Every language that is parsed.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Self)
    }

    /// The language of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|language| language.name() == name)
    }

    /// The name in receipts and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Language {}

impl std::fmt::Debug for Language {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name())
    }
}
