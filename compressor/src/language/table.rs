//! The table of languages. A language is added by one row here, its syntax in `table/`, and one test file.
//!
//! Invariant: rows with a grammar come first.

mod bash;
mod c;
mod c_family;
#[cfg(feature = "large-grammars")]
mod c_sharp;
#[cfg(feature = "large-grammars")]
mod cpp;
mod css;
mod ecmascript;
mod go;
mod html;
mod java;
mod javascript;
mod json;
#[cfg(feature = "large-grammars")]
mod kotlin;
mod line_wise;
mod lua;
mod php;
mod python;
#[cfg(feature = "large-grammars")]
mod ruby;
mod rust;
#[cfg(feature = "large-grammars")]
mod scala;
#[cfg(feature = "large-grammars")]
mod sql;
#[cfg(feature = "large-grammars")]
mod swift;
mod toml;
mod typescript;
mod yaml;

use super::Row;
use super::line_rules::LineRules;
use bash::BASH;
use c::C;
use css::CSS;
use go::GO;
use html::HTML;
use java::JAVA;
use javascript::JAVASCRIPT;
use json::JSON;
use lua::LUA;
use php::PHP;
use python::PYTHON;
use rust::RUST;
use toml::TOML;
use typescript::{TSX, TYPESCRIPT};
use yaml::YAML;

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
        aliases: &["py", "python3", "py3"],
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
    Row { name: "java", aliases: &[], endings: &["java"], files: &[], interpreters: &[], syntax: Some(&JAVA) },
    Row { name: "c", aliases: &["h"], endings: &["c", "h"], files: &[], interpreters: &["tcc"], syntax: Some(&C) },
    Row {
        name: "cpp",
        aliases: &["c++", "cc", "cxx", "hpp", "cuda"],
        endings: &["cpp", "cc", "cxx", "c++", "hpp", "hh", "hxx", "h++", "inl", "ipp", "tpp", "cu", "cuh", "ino"],
        files: &[],
        interpreters: &[],
        syntax: large!(cpp::CPP),
    },
    Row {
        name: "c-sharp",
        aliases: &["csharp", "cs", "c#"],
        endings: &["cs", "csx"],
        files: &[],
        interpreters: &[],
        syntax: large!(c_sharp::C_SHARP),
    },
    Row {
        name: "php",
        aliases: &["php5", "php7", "php8"],
        endings: &["php", "phtml", "php5"],
        files: &[],
        interpreters: &["php"],
        syntax: Some(&PHP),
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
    Row { name: "css", aliases: &[], endings: &["css"], files: &[], interpreters: &[], syntax: Some(&CSS) },
    Row {
        name: "kotlin",
        aliases: &["kt", "kts"],
        endings: &["kt", "kts"],
        files: &[],
        interpreters: &["kotlin", "kotlinc"],
        syntax: large!(kotlin::KOTLIN),
    },
    Row {
        name: "swift",
        aliases: &[],
        endings: &["swift"],
        files: &[],
        interpreters: &["swift"],
        syntax: large!(swift::SWIFT),
    },
    Row {
        name: "html",
        aliases: &["htm", "xhtml"],
        endings: &["html", "htm", "xhtml"],
        files: &[],
        interpreters: &[],
        syntax: Some(&HTML),
    },
    Row {
        name: "yaml",
        aliases: &["yml"],
        endings: &["yaml", "yml"],
        files: &[],
        interpreters: &[],
        syntax: Some(&YAML),
    },
    Row {
        name: "toml",
        aliases: &[],
        endings: &["toml"],
        files: &["Cargo.lock", "poetry.lock", "uv.lock", "Pipfile"],
        interpreters: &[],
        syntax: Some(&TOML),
    },
    Row {
        name: "lua",
        aliases: &["luau"],
        endings: &["lua"],
        files: &[],
        interpreters: &["lua", "luajit"],
        syntax: Some(&LUA),
    },
    Row {
        name: "sql",
        aliases: &["postgresql", "mysql", "sqlite", "plpgsql"],
        endings: &["sql"],
        files: &[],
        interpreters: &[],
        syntax: large!(sql::SQL),
    },
    Row {
        name: "scala",
        aliases: &[],
        endings: &["scala", "sc", "sbt"],
        files: &[],
        interpreters: &["scala"],
        syntax: large!(scala::SCALA),
    },
    named("perl", &["pl"], &["pl", "pm"], &[], &["perl"]),
    named("dockerfile", &["docker", "containerfile"], &["dockerfile"], &["Dockerfile", "Containerfile"], &[]),
    named("makefile", &["make", "mk"], &["mk", "mak"], &["Makefile", "GNUmakefile", "makefile"], &["make"]),
    named("cmake", &[], &["cmake"], &["CMakeLists.txt"], &[]),
    named(
        "ini",
        &["cfg", "dosini", "editorconfig", "systemd"],
        &["ini", "cfg", "service", "socket", "timer"],
        &[".editorconfig", ".gitconfig", ".gitmodules", ".npmrc", ".flake8", ".pylintrc", ".coveragerc", "pip.conf"],
        &[],
    ),
    named("properties", &["java-properties"], &["properties"], &[], &[]),
    named(
        "dotenv",
        &["env"],
        &["env"],
        &[
            ".env",
            ".env.local",
            ".env.example",
            ".env.sample",
            ".env.template",
            ".env.test",
            ".env.development",
            ".env.production",
        ],
        &[],
    ),
    named(
        "gitignore",
        &["ignore", "dockerignore", "gitattributes", "codeowners"],
        &["gitignore"],
        &[
            ".gitignore",
            ".dockerignore",
            ".npmignore",
            ".eslintignore",
            ".prettierignore",
            ".stylelintignore",
            ".gcloudignore",
            ".vscodeignore",
            ".helmignore",
            ".gitattributes",
            "CODEOWNERS",
        ],
        &[],
    ),
    named(
        "requirements",
        &["pip-requirements"],
        &[],
        &[
            "requirements.txt",
            "requirements-dev.txt",
            "requirements-test.txt",
            "requirements_dev.txt",
            "requirements_test.txt",
            "dev-requirements.txt",
            "test-requirements.txt",
            "constraints.txt",
        ],
        &[],
    ),
    named("json", &["jsonc", "json5"], &["json", "jsonc", "json5"], &[], &[]),
    // Transcripts, which `segment` knows.
    named(
        "console",
        &["terminal", "shell-session", "shellsession", "sh-session", "bash-session", "pycon", "pycon3", "irb"],
        &["pycon"],
        &[],
        &[],
    ),
    // Which `view` shows as Markdown.
    named("notebook", &["ipynb", "jupyter"], &["ipynb"], &[], &[]),
    named("xml", &["svg"], &["xml", "svg", "xsd"], &[], &[]),
    // Which `data` reads.
    named("diff", &["patch", "udiff"], &["diff", "patch"], &[], &[]),
    named("csv", &[], &["csv"], &[], &[]),
    named("tsv", &[], &["tsv", "tab"], &[], &[]),
];

/// Languages that are read so only within another.
pub(super) static HELD: &[Row] =
    &[Row { name: "json", aliases: &[], endings: &[], files: &[], interpreters: &[], syntax: Some(&JSON) }];

/// Languages that are read line by line, by their names.
pub(super) static LINE_WISE: &[(&str, &LineRules)] = &[
    ("dockerfile", &line_wise::DOCKERFILE),
    ("makefile", &line_wise::MAKEFILE),
    ("cmake", &line_wise::CMAKE),
    ("ini", &line_wise::INI),
    ("properties", &line_wise::PROPERTIES),
    ("dotenv", &line_wise::DOTENV),
    ("gitignore", &line_wise::GITIGNORE),
    ("requirements", &line_wise::REQUIREMENTS),
];
