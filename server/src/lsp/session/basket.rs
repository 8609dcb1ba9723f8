//! The basket: snippets from several files.

/// The order of the snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the files were first added, then by position.
    File,
    /// What bears most on the question comes first.
    Relevance,
}

impl Order {
    /// All orders, the default first.
    pub(crate) const ALL: [Self; 2] = [Self::File, Self::Relevance];

    /// The name in options and requests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Relevance => "relevance",
        }
    }
}
