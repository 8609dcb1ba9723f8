//! docs/LANGUAGES.md, written from the table.

use std::fmt::Write as _;

use expect_test::expect_file;

use super::{Language, Row};

const HEAD: &str = "# Languages

Written from the table of languages by `UPDATE_EXPECT=1 cargo test --release -p compressor --lib language::reference`.

A language is known by what the editor says, by `--language`, by the tag of a fence in Markdown, by the ending or the name of
the file, or by the first line of a script. What is a transcript, a diff, a log or data is known by its form.
";

const PARSED: &str = "
## Parsed
At `safe` and `balanced` both texts are parsed, and no code token changes: layout goes, comments are shortened. `skeleton`
keeps what there is, and not how it is done.
";

const LINE_BY_LINE: &str = "
## Read line by line
Comments on lines of their own are shortened, every other line stays byte for byte.
";

const NOT_PARSED: &str = "
## Known, and not parsed
Of these, data, transcripts and notebooks are shortened as [DATA.md](DATA.md) says. Code is passed through, and the receipt
says so.
";

/// The page.
fn page() -> String {
    let mut page = HEAD.to_owned();
    let is_line_wise = |language: &Language| language.line_rules().is_some();
    section(&mut page, PARSED, |language| language.0.syntax.is_some());
    section(&mut page, LINE_BY_LINE, is_line_wise);
    section(&mut page, NOT_PARSED, |language| !language.is_parsed());
    page
}

fn section(page: &mut String, head: &str, holds: impl Fn(&Language) -> bool) {
    page.push_str(head);
    page.push_str("\n| name | also | endings | files | scripts of |\n|---|---|---|---|---|\n");
    let mut rows: Vec<&Row> = Language::all().filter(holds).map(|language| language.0).collect();
    rows.sort_by_key(|row| row.name);
    for row in rows {
        let endings: Vec<String> = row.endings.iter().map(|ending| format!(".{ending}")).collect();
        let cells = [list(row.aliases), list(&endings), list(row.files), list(row.interpreters)];
        writeln!(page, "| {} | {} |", row.name, cells.join(" | ")).expect("a string takes all");
    }
}

fn list(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_page_says_what_the_table_holds() {
    expect_file!["../../../docs/LANGUAGES.md"].assert_eq(&page());
}
