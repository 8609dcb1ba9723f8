//! Layers: which way dependencies point, and what only one place may name.

use syn::visit::Visit;

use crate::code;
use crate::tree::{Text, report, tree};

/// Names that only some places may use. Tests, benches and build scripts stand aside.
struct Confined {
    names: &'static [&'static str],
    /// Beginnings of paths; `*` stands for one folder.
    within: &'static [&'static str],
    instead: &'static str,
}

const CONFINED: [Confined; 5] = [
    Confined {
        names: &["llama_cpp_2", "llama_cpp_sys_2"],
        within: &["compressor/src/engine/llama.rs"],
        instead: "speak to the model through the traits of compressor/src/engine.rs",
    },
    Confined {
        names: &["burn"],
        within: &["trainer/src/tagger"],
        instead: "training code belongs under trainer/src/tagger",
    },
    Confined {
        names: &["tower_lsp", "tower_lsp_server", "lsp_types", "ls_types"],
        within: &["server/src/lsp"],
        instead: "convert in server/src/lsp, and pass byte offsets and our own types on",
    },
    Confined {
        names: &["reqwest", "hyper", "ureq", "TcpStream"],
        within: &[
            "compressor/src/model/pull.rs",
            "compressor/src/engine/remote",
            "trainer/src/generate",
            "trainer/src/runs/mlflow",
            "validator/src/provider",
            // Connects to the editor on this machine, and to nothing else.
            "server/src/lsp/channel.rs",
        ],
        instead: "nothing leaves the machine from anywhere else",
    },
    Confined {
        names: &["std::env", "SystemTime::now", "Instant::now", "rand", "fastrand", "getrandom"],
        within: &["*/src/main.rs", "*/src/plan.rs"],
        instead: "read the environment, the clock and randomness in main.rs or plan.rs, and pass the value down",
    },
];

#[test]
fn what_is_confined_stays_where_it_belongs() {
    let mut problems = Vec::new();
    for file in tree().rust().filter(|file| !file.is_aside()) {
        let lines = code::lines(&file.text);
        let imports = imports(file);
        for rule in CONFINED.iter().filter(|rule| !rule.within.iter().any(|place| begins(&file.path, place))) {
            for name in rule.names {
                let line = lines.iter().find(|line| !line.is_test && code::mentions(&line.code, name));
                if let Some(line) = line {
                    problems.push(format!("{}:{}: names `{name}`: {}", file.path, line.number, rule.instead));
                } else if imports.iter().any(|path| path == name || path.starts_with(&format!("{name}::"))) {
                    problems.push(format!("{}: imports `{name}`: {}", file.path, rule.instead));
                }
            }
        }
    }
    report(&problems);
}

#[test]
fn handlers_do_not_call_each_other() {
    let folder = "server/src/lsp/handlers/";
    let handlers: Vec<_> = tree().rust().filter(|file| file.path.starts_with(folder)).collect();
    let mut problems = Vec::new();
    for file in &handlers {
        for other in handlers.iter().filter(|other| other.stem() != file.stem()) {
            let calls = [format!("handlers::{}", other.stem()), format!("super::{}", other.stem())];
            let lines = code::lines(&file.text);
            if let Some(line) = lines.iter().find(|line| calls.iter().any(|call| code::mentions(&line.code, call))) {
                problems.push(format!(
                    "{}:{}: calls the handler {}: move what both need to session, worker or convert",
                    file.path,
                    line.number,
                    other.stem()
                ));
            }
        }
    }
    report(&problems);
}

fn begins(path: &str, place: &str) -> bool {
    match place.strip_prefix("*/") {
        Some(rest) => path.split_once('/').is_some_and(|(_, inner)| inner.starts_with(rest)),
        None => path.starts_with(place),
    }
}

/// Every path that the file imports, groups and renames resolved: `use std::{env, fs as f}` gives `std::env`, `std::fs`.
fn imports(file: &Text) -> Vec<String> {
    let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: not Rust: {error}", file.path));
    let mut imports = Imports::default();
    imports.visit_file(&parsed);
    imports.0
}

#[derive(Default)]
struct Imports(Vec<String>);

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_cfg_test) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.flatten(&item.tree, String::new());
    }
}

impl Imports {
    fn flatten(&mut self, tree: &syn::UseTree, prefix: String) {
        let join = |name: &syn::Ident| if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") };
        match tree {
            syn::UseTree::Path(path) => self.flatten(&path.tree, join(&path.ident)),
            syn::UseTree::Name(name) if name.ident == "self" => self.0.push(prefix),
            syn::UseTree::Name(name) => self.0.push(join(&name.ident)),
            syn::UseTree::Rename(rename) => self.0.push(join(&rename.ident)),
            syn::UseTree::Glob(_) => self.0.push(prefix),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.flatten(item, prefix.clone())),
        }
    }
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

#[test]
fn groups_and_renames_hide_no_import() {
    let mut imports = Imports::default();
    imports.visit_file(
        &syn::parse_file("use std::{env, io::{self, Write as W}}; #[cfg(test)] mod tests { use rand::random; }")
            .expect("it is Rust"),
    );
    assert_eq!(imports.0, ["std::env", "std::io", "std::io::Write"]);
}
