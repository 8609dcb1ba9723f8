//! The table of languages. A language is added by one row here, its syntax in `table/`, and one test file.
//!
//! Invariant: rows with a grammar come first.

mod ecmascript;
mod go;
mod javascript;
mod python;
mod rust;
mod typescript;

use super::Row;
use go::GO;
use javascript::JAVASCRIPT;
use python::PYTHON;
use rust::RUST;
use typescript::{TSX, TYPESCRIPT};

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
        name: "javascript",
        aliases: &["js", "node", "mjs", "cjs"],
        endings: &["js", "mjs", "cjs"],
        files: &["Jakefile"],
        interpreters: &["node", "bun"],
        syntax: Some(&JAVASCRIPT),
    },
    Row {
        name: "jsx",
        aliases: &["javascriptreact"],
        endings: &["jsx"],
        files: &[],
        interpreters: &[],
        syntax: Some(&JAVASCRIPT),
    },
    Row { name: "go", aliases: &["golang"], endings: &["go"], files: &[], interpreters: &[], syntax: Some(&GO) },
    named("java", &[], &["java"], &[], &[]),
    named("c", &[], &["c", "h"], &[], &["tcc"]),
    named("cpp", &["c++", "cxx", "hpp"], &["cpp", "cc", "cxx", "hpp", "hh", "hxx"], &[], &[]),
    named("c-sharp", &["csharp", "cs", "c#"], &["cs", "csx"], &[], &[]),
    named("ruby", &["rb"], &["rb", "rake", "gemspec"], &["Rakefile", "Gemfile", "Vagrantfile"], &["ruby"]),
    named("php", &[], &["php", "phtml"], &[], &["php"]),
    named(
        "bash",
        &["sh", "shell", "shellscript", "zsh"],
        &["sh", "bash", "zsh"],
        &[".bashrc"],
        &["bash", "sh", "zsh", "dash"],
    ),
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
