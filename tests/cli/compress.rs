//! `compress`: inputs of every kind, and the forms of the output.

use crate::program::{DENSE, LOOSE, Scratch, run_with};

#[test]
fn stdin_is_read_when_nothing_is_named() {
    let bare = run_with(&["compress", "--level", "safe"], LOOSE).expect(0);
    let dash = run_with(&["compress", "--level", "safe", "-"], LOOSE).expect(0);
    assert!(bare.out.len() < LOOSE.len() && bare.out.contains("42"), "{}", bare.out);
    assert_eq!(bare.out, dash.out);
    assert_eq!(bare.err, "");
}

#[test]
fn what_cannot_be_shortened_comes_back_byte_for_byte() {
    for text in ["\u{feff}One line.\r\n", "no newline", "x", "\n", "مرحبا 👋"] {
        let run = run_with(&["compress", "--level", "safe"], text).expect(1);
        assert_eq!(run.out, text);
        assert_eq!(run.err, "");
    }
}

#[test]
fn a_byte_order_mark_stays() {
    let run = run_with(&["compress", "--level", "safe"], format!("\u{feff}{LOOSE}")).expect(0);
    assert!(run.out.starts_with("\u{feff}The first"), "{}", run.out);
}

#[test]
fn several_results_stand_under_their_paths() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", b"no newline"), ("c.md", b"")]);
    let alone = scratch.run(&["compress", "--level", "safe", "a.md"]).expect(0);
    let run = scratch.run(&["compress", "--level", "safe", "a.md", "b.md", "c.md"]).expect(0);
    let expected = format!("==> a.md <==\n{}\n==> b.md <==\nno newline\n\n==> c.md <==\n", alone.out);
    assert_eq!(run.out, expected);
}

#[test]
fn folders_skip_what_is_ignored_and_say_what_is_no_text() {
    let scratch = Scratch::with(&[
        (".gitignore", b"target\n"),
        ("target/built.md", b"x"),
        ("picture.png", b"\x89PNG\0"),
        ("latin.txt", b"caf\xe9"),
        ("deep/a.md", LOOSE.as_bytes()),
    ]);
    let run = scratch.run(&["compress", "--level", "safe", "."]).expect(0);
    assert!(run.out.starts_with("==> deep/a.md <==\n"), "{}", run.out);
    assert_eq!(run.out.matches("==>").count(), 1);
    run.says("picture.png: skipped: binary").says("latin.txt: skipped: not UTF-8");
}

#[test]
fn patterns_that_the_shell_left_alone_are_matched() {
    let scratch = Scratch::with(&[("src/a.rs", DENSE.as_bytes()), ("src/deep/b.rs", b"x"), ("c.py", b"y")]);
    let run = scratch.run(&["count", "**/*.rs"]).expect(0);
    assert!(run.out.contains("src/a.rs") && run.out.contains("src/deep/b.rs") && !run.out.contains("c.py"));
}

#[test]
fn json_holds_text_and_receipt() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", DENSE.as_bytes())]);
    let plain = scratch.run(&["compress", "--level", "safe", "a.md"]).expect(0);
    let one = scratch.run(&["compress", "--level", "safe", "--json", "a.md"]).expect(0).json();
    assert_eq!(one["text"], plain.out);
    assert_eq!(one["receipt"]["level"], "safe");
    assert!(one.get("path").is_none());
    let several = scratch.run(&["compress", "--level", "safe", "--json", "."]).expect(0).json_lines();
    let paths: Vec<_> = several.iter().map(|record| record["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a.md", "b.md"]);
    assert_eq!(several[0]["text"], plain.out);
}

#[test]
fn an_output_folder_mirrors_the_sources() {
    let scratch = Scratch::with(&[("src/a.md", LOOSE.as_bytes()), ("src/deep/b.md", DENSE.as_bytes())]);
    for _ in 0..2 {
        let run = scratch.run(&["compress", "--level", "safe", "src", "--output", "out"]).expect(0);
        assert_eq!(run.out, "", "results go to files");
        assert_eq!(scratch.list("out/src"), ["a.md", "deep"]);
        assert!(scratch.read("out/src/a.md").len() < LOOSE.len());
        assert_eq!(scratch.read("out/src/deep/b.md"), DENSE);
        assert_eq!(scratch.read("src/a.md"), LOOSE, "sources are never written");
    }
}

#[test]
fn both_sides_of_a_conflict_are_shortened_between_their_marks() {
    let code = "# Reads the whole configuration that the user named.\ndef load( path ):\n<<<<<<< HEAD\n    \
                # The new way, as JSON.\n    return json.load( open( path ) )\n=======\n    \
                # The old way, as YAML.\n    return yaml.safe_load( open( path ) )\n>>>>>>> feature/yaml\n";
    let scratch = Scratch::with(&[("a.py", code.as_bytes())]);
    for level in ["balanced", "skeleton"] {
        let run = scratch.run(&["compress", "--engine", "structural", "--level", level, "a.py"]).expect(0);
        let marks: Vec<&str> = run.out.lines().filter(|line| "<=>".contains(&line[..1])).collect();
        assert_eq!(marks, ["<<<<<<< HEAD", "=======", ">>>>>>> feature/yaml"], "{level}");
        assert!(run.out.len() < code.len() && run.out.starts_with("# Reads"), "{}", run.out);
    }
}

#[test]
fn what_a_comment_denies_stays_to_the_end_of_its_clause() {
    let code = "struct Folder;\n\nimpl Folder {\n    \
                /// Removes the oldest files, but not the one just written, until there is room for a while.\n    \
                fn make_room(&self) {\n        \
                // One that is gone meanwhile counts nothing.\n        self.look()\n    }\n\n    \
                /// The whole hashes.\n    fn all(&self) {}\n}\n";
    let run = run_with(&["compress", "--language", "rust"], code).expect(0);
    assert!(run.out.contains("not the one just written"), "{}", run.out);
    assert!(run.out.contains("counts nothing"), "{}", run.out);
    assert!(!run.out.contains("hashes"), "a word that is left alone says nothing: {}", run.out);
}

#[test]
fn around_a_focus_stays_the_skeleton() {
    let code = "import json\nimport os\nfrom collections import OrderedDict, defaultdict, namedtuple\n\n\n\
                def used(text):\n    parts = text.split(\",\")\n    return [int(part) for part in parts]\n\n\n\
                def login(name):\n    numbers = used(name)\n    return sum(numbers)\n\n\n\
                def other(name):\n    for part in name.split(\";\"):\n        print(part, len(part))\n    return None\n";
    let scratch = Scratch::with(&[("a.py", code.as_bytes())]);
    let lines = ["11", "11-12", "bytes:190-200", "login"].map(|focus| {
        let run = scratch.run(&["compress", "--engine", "structural", "--focus", focus, "a.py"]).expect(0);
        assert_eq!(run.err, "", "{focus}");
        run.out
    });
    let expected = "# 3 imports\ndef used(text):\n parts=text.split(\",\")\n \
                    return[int(part) for part in parts]\n\ndef login(name):\n numbers = used(name)\n return sum(numbers)\n\n\
                    def other(name): ... # 3 lines\n";
    assert_eq!(lines, [expected; 4]);
    let run = scratch.run(&["compress", "--engine", "structural", "--focus", "logn", "a.py"]).expect(0);
    run.says("nothing is defined under the name `logn`: of all code the skeleton stays");
    let refused = scratch.run(&["compress", "--level", "balanced", "--focus", "login", "a.py"]).expect(2);
    refused.says("a focus needs level tight or skeleton: at balanced all code stays");
}

#[test]
fn statistics_go_to_stderr() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", DENSE.as_bytes())]);
    let one = scratch.run(&["compress", "--level", "safe", "--stats", "a.md"]).expect(0);
    assert!(one.err.contains(" tokens (") && one.err.contains("o200k_base), 0 atoms lost of "), "{}", one.err);
    let run = scratch.run(&["compress", "--level", "safe", "--stats", "a.md", "b.md"]).expect(0);
    run.says("a.md: ").says("b.md: ").says("total of 2 texts: ").says("1 not shortened");
}

#[test]
fn a_budget_that_is_not_met_is_said() {
    let run = run_with(&["compress", "--level", "safe", "--budget", "1"], LOOSE).expect(0);
    run.says("is over the budget of 1: nothing more can go at level safe");
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", LOOSE.as_bytes())]);
    let run = scratch.run(&["compress", "--level", "safe", "--budget", "2", "a.md", "b.md"]).expect(0);
    run.says("is over the budget of 2: nothing more can go at level safe");
}

#[test]
fn results_do_not_hang_on_the_company_of_a_text() {
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}.md")).collect();
    let scratch = Scratch::with(&[]);
    for (number, name) in names.iter().enumerate() {
        scratch.write(name, LOOSE.repeat(1 + number % 7).as_bytes());
    }
    let together = scratch.run(&["compress", "--level", "safe", "--json", "."]).expect(0).json_lines();
    for (name, record) in names.iter().zip(&together).step_by(9) {
        assert_eq!(record["path"], name.as_str(), "in order");
        assert_eq!(record["text"], scratch.run(&["compress", "--level", "safe", name]).expect(0).out);
    }
}
