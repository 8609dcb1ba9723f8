#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn notebook(cells: &Json) -> String {
    let notebook = json!({
        "cells": cells,
        "metadata": {"kernelspec": {"language": "python"}, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5
    });
    serde_json::to_string_pretty(&notebook).expect("a value is JSON")
}

#[expect(clippy::needless_pass_by_value, reason = "expect-test and json! read better so")]
fn check(cells: Json, expected: Expect) {
    let text = notebook(&cells);
    let view = view(&text).expect("a notebook");
    for (at, source) in view.mapped.copied(&(0..view.text().len())) {
        assert_eq!(view.text()[at], text[source]);
    }
    expected.assert_eq(&format!("{}----\n{}\n", view.text(), view.note).replace('\x1b', "␛"));
}

#[test]
fn cells_become_paragraphs_and_fences() {
    check(
        json!([
            {"cell_type": "markdown", "id": "a1", "metadata": {}, "source": ["# Title\n", "\n", "Some \"text\" \\alpha é \u{1F600}.\n"]},
            {"cell_type": "code", "execution_count": 3, "metadata": {"tags": ["x"]}, "outputs": [], "source": "import os\n\nprint(\"a\\n\")\n"},
            {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": []},
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["%%bash\n", "ls"]},
            {"cell_type": "raw", "metadata": {}, "source": "raw"}
        ]),
        expect![[r##"
            # Title

            Some "text" \alpha é 😀.

            ```python
            import os

            print("a\n")
            ```

            ```ipython
            %%bash
            ls
            ```

            ```raw
            raw
            ```
            ----
            a notebook of 5 cells as Markdown, without ids, execution counts and metadata
        "##]],
    );
}

#[test]
fn what_was_printed_stands_below_the_code() {
    check(
        json!([{"cell_type": "code", "metadata": {}, "source": "f()", "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]},
            {"output_type": "stream", "name": "stderr", "text": "10%\r 50%\r100%\r\n\u{1b}[31mred\u{1b}[0m\n"},
            {"output_type": "execute_result", "data": {"text/plain": "   a\n0  1", "text/html": "<table>"}, "metadata": {}},
            {"output_type": "display_data", "data": {"text/plain": ["<Figure size 640x480>"], "image/png": "iVBO\n".repeat(2000)}},
            {"output_type": "display_data", "data": {"text/plain": "<IPython.core.display.HTML object>", "text/html": "<b>x</b>"}},
            {"output_type": "display_data", "data": {"text/html": format!("<img src='data:image/png;base64,{}'>", "A".repeat(400))}},
            {"output_type": "display_data", "data": {"image/jpeg": "aaaa"}},
            {"output_type": "display_data", "data": {"application/json": {"a": [1]}, "application/vnd.x+json": {}}},
            {"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": ["\u{1b}[0;31mTraceback\u{1b}[0m", "ValueError: x"]},
            {"output_type": "error", "ename": "KeyError", "evalue": "'y'", "traceback": []},
            {"output_type": "display_data", "data": {}}
        ]}]),
        expect![[r#"
            ```python
            f()
            ```

            ```output
            1
            2
            ```

            ```output stderr
            100%
            red
            ```

            ```output
               a
            0  1
            ```

            ```output
            <Figure size 640x480>
            [image/png, 6 KB]
            ```

            ```html
            <b>x</b>
            ```

            ```html
            <img src='data:image/png;base64,[300 bytes]'>
            ```

            ```output
            [image/jpeg, 3 bytes]
            ```

            ```json
            {
                          "a": [
                            1
                          ]
                        }
            ```

            ```pytb
            Traceback
            ValueError: x
            ```

            ```pytb
            KeyError: 'y'
            ```
            ----
            a notebook of 1 cell as Markdown, without ids, execution counts and metadata, 3 images or attachments of 6 KB, 2 results in a second form, 1 overwritten line
        "#]],
    );
}

#[test]
fn a_cell_ends_where_it_ends() {
    check(
        json!([
            {"cell_type": "markdown", "metadata": {}, "source": "```py\nnever closed"},
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = '''\n````\n'''"},
            {"cell_type": "markdown", "metadata": {}, "source": "~~~~\n```\n"},
            {"cell_type": "markdown", "metadata": {}, "source": "end", "attachments": {"a.png": {"image/png": "aaaa"}}}
        ]),
        expect![[r#"
            ```py
            never closed
            ```

            `````python
            x = '''
            ````
            '''
            `````

            ~~~~
            ```
            ~~~~

            end
            ----
            a notebook of 4 cells as Markdown, without ids, execution counts and metadata, 1 image or attachment of 3 bytes
        "#]],
    );
}

#[test]
fn what_is_no_notebook_has_no_view() {
    let cell = |cell: Json| notebook(&json!([cell]));
    for text in [
        String::new(),
        "{}".to_owned(),
        "{\"cells\": [], \"nbformat\": 3}".to_owned(),
        "{\"cells\": {}, \"nbformat\": 4}".to_owned(),
        "{\"cells\": [], \"nbformat\": 4,}".to_owned(),
        "[{\"cells\": [], \"nbformat\": 4}]".to_owned(),
        cell(json!({"cell_type": "code"})),
        cell(json!({"source": "x"})),
        cell(json!({"cell_type": "code", "source": 1})).replace("\"source\": 1", "\"source\": \"\\ud800\""),
    ] {
        assert!(view(&text).is_none(), "{text}");
    }
}

fn source() -> impl Strategy<Value = String> {
    "([a-z ]{0,6}|\n|\"|\\\\|```|~~~|\t|\r|é|\u{1F600}|\u{1b}\\[1m|<!--|#){0,12}"
}

proptest! {
    #[test]
    fn cells_stand_in_the_view_byte_for_byte(sources in prop::collection::vec((0..3_usize, source()), 0..6)) {
        let kinds = ["code", "markdown", "raw"];
        let cells: Vec<Json> = sources
            .iter()
            .map(|(kind, source)| {
                let lines: Vec<&str> = source.split_inclusive('\n').collect();
                let source = if source.len() % 2 == 0 { json!(source) } else { json!(lines) };
                json!({"cell_type": kinds[*kind], "source": source, "outputs": []})
            })
            .collect();
        let text = notebook(&json!(cells));
        let view = view(&text).expect("a notebook");
        let mut from = 0;
        for (_, source) in &sources {
            let source = source.trim_end();
            let found = view.text()[from..].find(source);
            prop_assert!(found.is_some(), "{source:?} in {}", view.text());
            from += found.unwrap_or_default() + source.len();
        }
        let whole = 0..view.text().len();
        for (at, source) in view.mapped.copied(&whole) {
            prop_assert_eq!(&view.text()[at], &text[source]);
        }
        prop_assert_eq!(view.dropped(&text, &[whole]).len(), 1);
    }
}
