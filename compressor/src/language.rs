//! Languages: names, aliases, file endings, interpreters and grammars; one row each in `language/table.rs`.
//!
//! Invariants
//! - a name, an alias, a file ending, a file name or an interpreter belongs to one language only
//!   (`tests::every_handle_leads_to_its_own_row`);
//! - a language has a grammar or rules for its lines, or neither (`tests::no_language_is_read_in_two_ways`);
//! - every node kind that a row names exists in its grammar (`tests::every_kind_named_in_the_table_exists`).
//!
//! Deliberately absent: telling a language from the content of a text, which `domain` does.

mod line_rules;
#[cfg(all(test, feature = "large-grammars"))]
mod reference;
mod syntax;
mod table;

pub(crate) use line_rules::{LineRules, Margins, Stretch};
pub(crate) use syntax::{CommentRules, Role, Spacing, Syntax};

use std::path::Path;

/// A row of the table of languages.
#[derive(Clone, Copy)]
pub struct Language(pub(crate) &'static Row);

/// What is known about a language.
pub(crate) struct Row {
    /// Lower case, as on the command line.
    pub(crate) name: &'static str,
    /// Other names: fence tags and LSP language ids.
    pub(crate) aliases: &'static [&'static str],
    /// File endings without the dot.
    pub(crate) endings: &'static [&'static str],
    /// Whole file names.
    pub(crate) files: &'static [&'static str],
    /// Interpreters of a shebang line, without a version.
    pub(crate) interpreters: &'static [&'static str],
    /// How to parse it; without one it is recognised and passed through.
    pub(crate) syntax: Option<&'static Syntax>,
}

impl Language {
    /// Every language, those with a grammar first.
    pub fn all() -> impl Iterator<Item = Self> {
        table::ROWS.iter().map(Self)
    }

    /// The language of a name, an alias, a fence tag or an LSP language id, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |candidate: &&str| candidate.eq_ignore_ascii_case(name);
        Self::all().find(|language| is(&language.0.name) || language.0.aliases.iter().any(is))
    }

    /// The language of a file, by its name or its ending.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let by_name = Self::all().find(|language| language.0.files.iter().any(|file| file.eq_ignore_ascii_case(name)));
        by_name.or_else(|| {
            let (stem, ending) = name.rsplit_once('.')?;
            let is = |known: &[&str], name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
            let by_ending = Self::all().find(|language| is(language.0.endings, ending));
            // `Dockerfile.dev`, `.env.staging`.
            by_ending
                .or_else(|| Self::all().find(|language| language.line_rules().is_some() && is(language.0.files, stem)))
        })
    }

    /// The language of a script, by its first line: `#!/usr/bin/env python3`.
    #[must_use]
    pub fn from_shebang(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("#!")?.split_whitespace();
        let base = |word: &'_ str| word.rsplit('/').next().unwrap_or_default().to_owned();
        let mut program = base(words.next()?);
        if program == "env" {
            // `env -S deno run`, `env PYTHONUTF8=1 python3`: options and variables come before the program.
            program = base(words.find(|word| !word.starts_with('-') && !word.contains('='))?);
        }
        let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        Self::all().find(|language| language.0.interpreters.contains(&program))
    }

    /// The language of text within another, by its name.
    pub(crate) fn held(name: &str) -> Option<Self> {
        table::HELD.iter().map(Self).find(|language| language.name() == name).or_else(|| Self::from_name(name))
    }

    /// The name in receipts and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether there is a grammar, or rules for its lines, so that its code can be shortened; otherwise it is passed through.
    #[must_use]
    pub fn is_parsed(self) -> bool {
        self.0.syntax.is_some() || self.line_rules().is_some()
    }

    /// How its lines are read, where that needs no grammar.
    pub(crate) fn line_rules(self) -> Option<&'static LineRules> {
        table::LINE_WISE.iter().find(|(name, _)| *name == self.name()).map(|(_, rules)| *rules)
    }

    /// How its comments are written, where its code can be shortened.
    pub(crate) fn comment_rules(self) -> Option<CommentRules> {
        self.0.syntax.map(Syntax::comment_rules).or_else(|| self.line_rules().map(LineRules::comment_rules))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn name(language: Option<Language>) -> &'static str {
        language.map_or("none", Language::name)
    }

    #[test]
    fn every_handle_leads_to_its_own_row() {
        for language in Language::all() {
            let row = language.0;
            for handle in row.aliases.iter().chain([&row.name]) {
                assert_eq!(name(Language::from_name(handle)), row.name, "{handle}");
                assert_eq!(name(Language::from_name(&handle.to_uppercase())), row.name, "{handle}");
            }
            for ending in row.endings {
                assert_eq!(name(Language::from_path(Path::new(&format!("a/b.c.{ending}")))), row.name, "{ending}");
            }
            for file in row.files {
                assert_eq!(name(Language::from_path(Path::new(file))), row.name, "{file}");
            }
            for interpreter in row.interpreters {
                assert_eq!(name(Language::from_shebang(&format!("#!/bin/{interpreter}"))), row.name, "{interpreter}");
            }
        }
    }

    #[test]
    fn no_language_is_read_in_two_ways() {
        for (name, _) in table::LINE_WISE {
            assert!(Language::from_name(name).is_some_and(|language| language.0.syntax.is_none()), "{name}");
        }
    }

    #[test]
    fn every_kind_named_in_the_table_exists() {
        for language in Language::all() {
            let Some(syntax) = language.0.syntax else { continue };
            assert_eq!(syntax.unknown_kinds(), Vec::<&str>::new(), "{}", language.name());
        }
    }

    #[test]
    fn a_shebang_is_read_through_env_options_and_versions() {
        for (line, expected) in [
            ("#!/usr/bin/python", "python"),
            ("#!/usr/bin/env python3.12", "python"),
            ("#! /usr/bin/env -S PYTHONUTF8=1 python3 -u", "python"),
            ("#!/usr/bin/env ts-node", "typescript"),
            ("#!/bin/sh -e", "bash"),
            ("#!/usr/bin/env", "none"),
            ("#!", "none"),
            ("# python", "none"),
            ("", "none"),
        ] {
            assert_eq!(name(Language::from_shebang(line)), expected, "{line}");
        }
    }

    #[test]
    fn a_file_without_a_known_ending_has_no_language() {
        for path in ["", "README", "a.unknown", ".py/x", "/", "py"] {
            assert_eq!(name(Language::from_path(Path::new(path))), "none", "{path}");
        }
        assert_eq!(name(Language::from_path(Path::new("src/Main.PY"))), "python");
    }
}
