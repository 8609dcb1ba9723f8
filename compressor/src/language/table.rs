//! The table of languages. A language is added by one row here, its syntax in `table/`, and one test file.
//!
//! Invariant: rows with a grammar come first.

mod bash;
mod python;
#[cfg(feature = "large-grammars")]
mod ruby;
mod rust;
mod typescript;

use super::Row;
use bash::BASH;
use python::PYTHON;
use rust::RUST;
use typescript::{TSX, TYPESCRIPT};

/// The syntax of a language whose grammar is large; without these it is recognised and passed through.
macro_rules! large {
    ($syntax:path) => {{
        #[cfg(feature = "large-grammars")]
        let syntax = Some(&$syntax);
        #[cfg(not(feature = "large-grammars"))]
        let syntax = None;
        syntax
    }};
}

/// A language that is recognised and passed through.
const fn named(
    name: &'static str,
    aliases: &'static [&'static str],
    endings: &'static [&'static str],
    files: &'static [&'static str],
    interpreters: &'static [&'static str],
) -> Row {
    Row { name, aliases, endings, files, interpreters, syntax: None }
}

pub(super) static ROWS: &[Row] = &[
    Row {
        name: "python",
        aliases: &["py", "python3", "py3", "pycon"],
        endings: &["py", "pyi", "pyw"],
        files: &["SConstruct", "SConscript", "wscript"],
        interpreters: &["python", "pypy"],
        syntax: Some(&PYTHON),
    },
    Row {
        name: "rust",
        aliases: &["rs"],
        endings: &["rs"],
        files: &[],
        interpreters: &["rust-script"],
        syntax: Some(&RUST),
    },
    Row {
        name: "typescript",
        aliases: &["ts", "mts", "cts"],
        endings: &["ts", "mts", "cts"],
        files: &[],
        interpreters: &["ts-node", "tsx", "deno"],
        syntax: Some(&TYPESCRIPT),
    },
    Row {
        name: "tsx",
        aliases: &["typescriptreact"],
        endings: &["tsx"],
        files: &[],
        interpreters: &[],
        syntax: Some(&TSX),
    },
    Row {
        name: "bash",
        aliases: &["sh", "shell", "shellscript", "zsh"],
        endings: &["sh", "bash", "zsh", "ksh", "bats"],
        files: &[".bashrc", ".bash_profile", ".bash_aliases", ".profile", ".zshrc", "PKGBUILD", "APKBUILD"],
        interpreters: &["bash", "sh", "zsh", "dash", "ash", "ksh"],
        syntax: Some(&BASH),
    },
    Row {
        name: "ruby",
        aliases: &["rb", "jruby"],
        endings: &["rb", "rake", "gemspec", "ru", "podspec", "rbw"],
        files: &[
            "Rakefile",
            "Gemfile",
            "Vagrantfile",
            "Podfile",
            "Fastfile",
            "Brewfile",
            "Guardfile",
            "Capfile",
            "Berksfile",
        ],
        interpreters: &["ruby", "jruby", "rake"],
        syntax: large!(ruby::RUBY),
    },
    named("javascript", &["js", "node", "mjs", "cjs"], &["js", "mjs", "cjs"], &["Jakefile"], &["node", "bun"]),
    named("jsx", &["javascriptreact"], &["jsx"], &[], &[]),
    named("go", &["golang"], &["go"], &[], &[]),
    named("java", &[], &["java"], &[], &[]),
    named("c", &[], &["c", "h"], &[], &["tcc"]),
    named("cpp", &["c++", "cxx", "hpp"], &["cpp", "cc", "cxx", "hpp", "hh", "hxx"], &[], &[]),
    named("c-sharp", &["csharp", "cs", "c#"], &["cs", "csx"], &[], &[]),
    named("php", &[], &["php", "phtml"], &[], &["php"]),
    named("html", &["htm"], &["html", "htm"], &[], &[]),
    named("css", &[], &["css"], &[], &[]),
    named("sql", &["postgresql", "mysql", "sqlite"], &["sql"], &[], &[]),
    named("lua", &[], &["lua"], &[], &["lua", "luajit"]),
    named("kotlin", &["kt"], &["kt", "kts"], &[], &[]),
    named("swift", &[], &["swift"], &[], &["swift"]),
    named("scala", &[], &["scala", "sc"], &[], &["scala"]),
    named("perl", &["pl"], &["pl", "pm"], &[], &["perl"]),
    named("dockerfile", &["docker"], &["dockerfile"], &["Dockerfile", "Containerfile"], &[]),
    named("makefile", &["make"], &["mk", "mak"], &["Makefile", "GNUmakefile"], &["make"]),
    named("cmake", &[], &["cmake"], &["CMakeLists.txt"], &[]),
    named("yaml", &["yml"], &["yaml", "yml"], &[], &[]),
    named("toml", &[], &["toml"], &["Cargo.lock", "poetry.lock", "uv.lock"], &[]),
    named("json", &["jsonc", "json5"], &["json", "jsonc", "json5"], &[], &[]),
    named("xml", &["svg"], &["xml", "svg", "xsd"], &[], &[]),
];
