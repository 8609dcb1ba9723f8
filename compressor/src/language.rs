//! Languages: names, file endings and grammars; one row each.

use std::path::Path;

/// A row of the table of languages.
#[derive(Clone, Copy)]
pub struct Language(pub(crate) &'static Row);

pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// Aliases, fence tags and LSP language ids.
    pub(crate) aliases: &'static [&'static str],
    /// File endings without the dot.
    pub(crate) endings: &'static [&'static str],
    /// Interpreters of a `#!` line.
    pub(crate) interpreters: &'static [&'static str],
}

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    endings: &'static [&'static str],
    interpreters: &'static [&'static str],
) -> Row {
    Row { name, aliases, endings, interpreters }
}

static ROWS: &[Row] = &[
    row("python", &["py", "python3"], &["py", "pyi"], &["python", "python3"]),
    row("rust", &["rs"], &["rs"], &[]),
    row("typescript", &["ts", "tsx", "typescriptreact"], &["ts", "tsx"], &["deno"]),
    row("javascript", &["js", "jsx", "javascriptreact"], &["js", "jsx", "mjs", "cjs"], &["node"]),
    row("go", &["golang"], &["go"], &[]),
    row("java", &[], &["java"], &[]),
    row("c", &["h"], &["c", "h"], &[]),
    row("cpp", &["c++", "cc"], &["cpp", "cc", "hpp"], &[]),
    row("bash", &["sh", "shell", "zsh", "shellscript"], &["sh", "bash"], &["sh", "bash", "zsh"]),
    row("sql", &[], &["sql"], &[]),
    row("html", &[], &["html", "htm"], &[]),
    row("css", &[], &["css"], &[]),
    row("json", &[], &["json"], &[]),
    row("yaml", &["yml"], &["yaml", "yml"], &[]),
    row("toml", &[], &["toml"], &[]),
    row("markdown", &["md"], &["md", "markdown"], &[]),
];

impl Language {
    pub fn from_path(_p: &std::path::Path) -> Option<Self> {
        None
    }
    pub fn is_parsed(self) -> bool {
        false
    }
    /// The name in receipts and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The language of a name, an alias, a fence tag or an LSP language id; letter case does not matter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ROWS.iter()
            .find(|row| {
                row.name.eq_ignore_ascii_case(name) || row.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
            })
            .map(Self)
    }

    /// The language of a file by its ending.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        ROWS.iter().find(|row| row.endings.contains(&ending)).map(Self)
    }

    /// The language of a text whose first line is `#!` and an interpreter.
    #[must_use]
    pub fn from_shebang(text: &str) -> Option<Self> {
        let mut words = text.lines().next()?.strip_prefix("#!")?.split_ascii_whitespace();
        let file = |word: &str| word.rsplit('/').next().map(str::to_owned);
        let mut program = file(words.next()?)?;
        if program == "env" {
            program = file(words.find(|word| !word.starts_with('-'))?)?;
        }
        let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        ROWS.iter().find(|row| row.interpreters.contains(&program)).map(Self)
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
