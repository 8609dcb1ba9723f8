//! What a real file is: code of one of the languages, or prose; which files of a package are of a language.
//!
//! Deliberately absent: the compressor's own table of languages. It would hide a file that the table does not know.

use std::path::Path;

use compressor::language::Language;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// As in a heading.
    pub name: &'static str,
    /// The name on the command line and in `benches/packages`; of prose none.
    language: &'static str,
    endings: &'static [&'static str],
    /// Beginnings of whole file names.
    files: &'static [&'static str],
    /// Lines of a file, at least: files of settings are shorter than sources.
    pub(super) lines: usize,
    /// How many files a bench of all languages measures.
    pub count: usize,
}

impl Kind {
    /// `.py` of pip packages.
    pub const PYTHON: Self = source("Python", "python", &["py"]);
    /// `.rs` of crates.
    pub const RUST: Self = source("Rust", "rust", &["rs"]);
    /// `.ts` of npm packages, declarations aside.
    pub const TYPESCRIPT: Self = source("TypeScript", "typescript", &["ts", "mts", "cts"]);
    /// Read-me files and descriptions of all packages.
    pub const PROSE: Self = Self { files: &["METADATA", "README.md"], ..source("prose", "", &[]) };

    /// The languages of code and of data, those that most is asked of first.
    pub const CODE: [Self; 27] = [
        Self::PYTHON,
        Self::RUST,
        Self::TYPESCRIPT,
        source("JavaScript", "javascript", &["js", "mjs", "cjs"]),
        source("Go", "go", &["go"]),
        source("Java", "java", &["java"]),
        source("C", "c", &["c", "h"]),
        source("C++", "cpp", &["cpp", "cc", "cxx", "hpp", "hh", "hxx"]),
        fewer(source("TSX", "tsx", &["tsx"])),
        fewer(source("JSX", "jsx", &["jsx"])),
        fewer(source("C#", "c-sharp", &["cs"])),
        fewer(source("Ruby", "ruby", &["rb"])),
        fewer(source("PHP", "php", &["php"])),
        fewer(source("Lua", "lua", &["lua"])),
        fewer(source("Kotlin", "kotlin", &["kt"])),
        fewer(source("Swift", "swift", &["swift"])),
        fewer(source("Scala", "scala", &["scala"])),
        short(source("Bash", "bash", &["sh", "bash"])),
        short(source("SQL", "sql", &["sql"])),
        short(source("HTML", "html", &["html", "htm"])),
        short(source("CSS", "css", &["css"])),
        short(source("JSON", "json", &["json"])),
        short(source("YAML", "yaml", &["yaml", "yml"])),
        short(source("TOML", "toml", &["toml"])),
        short(source("Markdown", "markdown", &["md"])),
        short(Self { files: &["Dockerfile"], ..source("Dockerfile", "dockerfile", &["dockerfile"]) }),
        short(Self {
            files: &["Makefile", "GNUmakefile", "makefile"],
            ..source("Makefile", "makefile", &["mk", "mak"])
        }),
    ];

    /// The compressor's language; of none for prose, and where its table lacks it.
    #[must_use]
    pub fn language(self) -> Option<Language> {
        Language::from_name(self.language)
    }

    /// The name on the command line: `c-sharp`; of prose none.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.language
    }

    /// Whether it is running text, and no code.
    #[must_use]
    pub fn is_prose(self) -> bool {
        self.language.is_empty()
    }

    /// Whether a file of this name is of this kind.
    pub(super) fn has(self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let stem = |file: &&str| name.strip_prefix(*file).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match self.files {
            // `Dockerfile.alpine`, but not `Makefile.in`, which a program makes a makefile of.
            [_, ..] if !self.is_prose() && self.files.iter().any(stem) => !matches!(ending, "in" | "am"),
            _ => self.files.contains(&name) || self.endings.contains(&ending) && !is_declaration(name),
        }
    }
}

/// Whether a file of TypeScript declares what another file has.
fn is_declaration(name: &str) -> bool {
    [".d.ts", ".d.mts", ".d.cts"].iter().any(|ending| name.ends_with(ending))
}

const fn source(name: &'static str, language: &'static str, endings: &'static [&'static str]) -> Kind {
    Kind { name, language, endings, files: &[], lines: 50, count: 200 }
}

const fn fewer(kind: Kind) -> Kind {
    Kind { count: 50, ..kind }
}

/// Files of a few lines are as usual as long ones.
const fn short(kind: Kind) -> Kind {
    Kind { lines: 15, count: 50, ..kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Vec<&'static str> {
        Kind::CODE.into_iter().filter(|kind| kind.has(Path::new(path))).map(|kind| kind.name).collect()
    }

    #[test]
    fn a_file_is_of_the_language_that_its_name_tells() {
        for (path, name) in [
            ("a/b.py", "Python"),
            ("a.d/b.ts", "TypeScript"),
            ("a/b.cjs", "JavaScript"),
            ("b.h", "C"),
            ("Dockerfile", "Dockerfile"),
            ("Dockerfile.alpine", "Dockerfile"),
            ("rules.mk", "Makefile"),
        ] {
            assert_eq!(of(path), [name], "{path}");
        }
        for path in ["b.d.ts", "b.d.cts", "Makefile.in", "Makefile.am", "Dockerfiles", "py", "a.py/README"] {
            assert_eq!(of(path), Vec::<&str>::new(), "{path}");
        }
    }

    #[test]
    fn every_language_that_packages_are_fetched_for_is_measured() {
        for (_, languages) in super::super::packages() {
            for language in languages {
                assert!(Kind::CODE.iter().any(|kind| kind.id() == language), "{language}");
            }
        }
    }
}
