#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;

use super::*;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The places under an output folder of what an argument names.
fn places(arguments: &[PathBuf]) -> Vec<String> {
    let places = resolve(arguments).unwrap().list.into_iter().map(|input| match input.source {
        Source::Stdin => "-".to_owned(),
        Source::File { under, .. } => under.to_string_lossy().into_owned(),
    });
    places.collect()
}

#[test]
fn nothing_is_stdin() {
    let inputs = resolve(&[]).unwrap();
    assert_eq!(inputs.list[0].source, Source::Stdin);
    assert!(!inputs.several);
}

#[test]
fn folders_respect_gitignore() {
    let folder = folder(&[
        ("src/b.rs", ""),
        ("src/a.rs", ""),
        ("target/x.o", ""),
        (".hidden", ""),
        (".gitignore", "target/\n*.log\n"),
        ("run.log", ""),
    ]);
    let name = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
    let below = |path: &str| format!("{name}/{path}");
    assert_eq!(places(&[folder.path().to_owned()]), [below("src/a.rs"), below("src/b.rs")]);
}

#[test]
fn patterns_match_below_their_folder() {
    let folder = folder(&[("src/a.rs", ""), ("src/deep/b.rs", ""), ("src/c.py", ""), ("d.rs", "")]);
    let root = folder.path();
    assert_eq!(places(&[root.join("src/*.rs")]), ["a.rs"]);
    assert_eq!(places(&[root.join("**/*.rs")]), ["d.rs", "src/a.rs", "src/deep/b.rs"]);
    assert_eq!(places(&[root.join("src/{a,c}.*")]), ["a.rs", "c.py"]);
}

#[test]
fn the_order_is_fixed() {
    let folder = folder(&[("b.md", ""), ("a.md", ""), ("c/z.md", ""), ("c/y.md", "")]);
    let root = folder.path();
    let arguments = [root.join("b.md"), root.join("c"), root.join("*.md")];
    assert_eq!(places(&arguments), ["b.md", "c/y.md", "c/z.md", "a.md"], "each once, where it was first named");
}

#[test]
fn what_names_nothing_is_refused() {
    let folder = folder(&[("empty/.keep", "")]);
    let root = folder.path();
    let refusal = |argument: &str| resolve(&[root.join(argument)]).map(|_| ()).unwrap_err().to_string();
    assert!(refusal("missing.md").ends_with("missing.md: no such file or folder"));
    assert!(refusal("empty").contains("no text file in this folder"));
    assert!(refusal("*.py").contains("no file matches this pattern"));
    assert!(refusal("[").contains("not a pattern"));
    let twice = resolve(&["-".into(), "-".into()]).map(|_| ()).unwrap_err().to_string();
    assert_eq!(twice, "stdin (-) can be read once only");
}

#[test]
fn the_form_of_the_output_hangs_on_the_arguments_only() {
    let folder = folder(&[("only.md", "")]);
    assert!(resolve(&[folder.path().to_owned()]).unwrap().several);
    assert!(!resolve(&[folder.path().join("only.md")]).unwrap().several);
}
