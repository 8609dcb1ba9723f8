#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::data::says_the_same;

const TOKENIZER: Tokenizer = Tokenizer::O200kBase;

/// The text with its tables, after checks that hold for all.
fn written(text: &str) -> String {
    written_at(text, Level::Balanced)
}

fn written_at(text: &str, level: Level) -> String {
    let Some(parts) = parts(text, 0..text.len(), level, TOKENIZER) else { return minified(text) };
    let mut out = String::new();
    let mut at = 0;
    for part in &parts {
        assert_eq!(part.source().start, at, "parts tile the text: {parts:?}");
        at = part.source().end;
        assert!(crate::guard::keeps_bytes(text, part), "{part:?}");
        if let Part::Rewritten(rewritten) = part {
            let may_be_less = level >= Level::Tight && rewritten.form == Form::Elided;
            assert!(
                may_be_less || says_the_same(text, rewritten),
                "{}\n----\n{}",
                &text[rewritten.source.clone()],
                rewritten.text
            );
            let source = minified(&text[rewritten.source.clone()]);
            assert!(TOKENIZER.count(&rewritten.text) < TOKENIZER.count(&source), "{source}\n{}", rewritten.text);
        }
        out.push_str(part.decided().expect("data has no words"));
    }
    assert_eq!(at, text.len());
    out
}

fn check(text: &str, expect: &Expect) {
    expect.assert_eq(&written(text));
}

#[test]
fn objects_with_keys_in_common_become_rows() {
    check(
        r#"{"total": 3, "users": [
            {"id": 1, "name": "Ann", "tags": ["a", "b"], "note": null},
            {"id": 2, "name": "Bob, the \"builder\"", "tags": []},
            {"id": 3, "tags": ["c"], "note": "line\nbreak é \u00e9"}
        ], "next": null}
"#,
        &expect![[r#"
            {"total":3,"users":[3 rows of {"id","name","tags","note"}:
            1,"Ann",["a","b"],null
            2,"Bob, the \"builder\"",[],
            3,,["c"],"line\nbreak é \u00e9"],"next":null}
        "#]],
    );
}

#[test]
fn of_long_arrays_and_tables_the_ends_stay() {
    let numbers = |count: usize| (0..count).map(|it| format!("0.{it}")).collect::<Vec<_>>().join(", ");
    let row = |id: usize| {
        let (vector, is_new) =
            (numbers(20).replace("0.", &format!("{id}.")), if id % 9 == 4 { ", \"new\": true" } else { "" });
        format!("  {{\"id\": {id}, \"vector\": [{vector}]{is_new}}}")
    };
    let rows = (0..40).map(row).collect::<Vec<_>>().join(",\n");
    let text =
        format!("{{\"model\": \"e5\", \"mean\": [{}], \"rows\": [\n{rows}\n], \"few\": [1, 2, 3]}}\n", numbers(300));
    expect![[r#"
        {"model":"e5","mean":[0.0,0.1,0.2,0.3,0.4,... 293 values,0.298,0.299],"rows":[40 rows of {"id","vector"}:
        0,[0.0,0.1,0.2,0.3,0.4,... 13 values,0.18,0.19]
        1,[1.0,1.1,1.2,1.3,1.4,... 13 values,1.18,1.19]
        2,[2.0,2.1,2.2,2.3,2.4,... 13 values,2.18,2.19]
        3,[3.0,3.1,3.2,3.3,3.4,... 13 values,3.18,3.19]
        4,[4.0,4.1,4.2,4.3,4.4,... 13 values,4.18,4.19],"new":true
        ... 33 rows
        38,[38.0,38.1,38.2,38.3,38.4,... 13 values,38.18,38.19]
        39,[39.0,39.1,39.2,39.3,39.4,... 13 values,39.18,39.19]],"few":[1,2,3]}
    "#]]
    .assert_eq(&written_at(&text, Level::Tight));
    expect![[r#"
        {"model":"e5","mean":[0.0,... 298 values,0.299],"rows":[40 rows of {"id","vector"}:
        0,[0.0,... 18 values,0.19]
        ... 38 rows
        39,[39.0,... 18 values,39.19]],"few":[1,2,3]}
    "#]]
    .assert_eq(&written_at(&text, Level::Skeleton));
    let lists = format!("[{}]", (0..30).map(|it| format!("[{}, {it}]", numbers(16))).collect::<Vec<_>>().join(", "));
    expect!["[[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,0],[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,1],[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,2],[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,3],[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,4],... 23 values,[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,28],[0.0,0.1,0.2,0.3,0.4,... 10 values,0.15,29]]"].assert_eq(&written_at(&lists, Level::Tight));
}

#[test]
fn what_all_rows_have_is_said_once() {
    check(
        r#"[
            {"id": 7, "type": "user", "site": {"host": "a.example", "port": 443}, "admin": false},
            {"id": 8, "type": "user", "site": {"host": "b.example", "port": 443}, "admin": false},
            {"id": 9, "type": "user", "site": {"host": "c.example", "port": 443}, "admin": false}
        ]"#,
        &expect![[r#"
            [3 rows of {"id","type":"user","site":{"host","port":443},"admin":false}:
            7,"a.example"
            8,"b.example"
            9,"c.example"]"#]],
    );
    check(
        r#"[{"kind": "none", "size": 10}, {"kind": "none", "size": 10}, {"kind": "none", "size": 10}]"#,
        &expect![[r#"[3 rows of {"kind":"none","size":10}]"#]],
    );
}

#[test]
fn objects_that_an_object_holds_become_rows_under_their_keys() {
    check(
        r#"{"packages": {
            "node_modules/a": {"version": "1.2.3", "resolved": "https://example.org/a.tgz", "dev": true},
            "node_modules/b": {"version": "2.0.0", "resolved": "https://example.org/b.tgz"},
            "node_modules/c": {"version": "0.1.9", "resolved": "https://example.org/c.tgz", "dev": true}
        }}"#,
        &expect![[r#"
            {"packages":{3 entries of {"version","resolved","dev"}:
            "node_modules/a":"1.2.3","https://example.org/a.tgz",true
            "node_modules/b":"2.0.0","https://example.org/b.tgz",
            "node_modules/c":"0.1.9","https://example.org/c.tgz",true}}"#]],
    );
}

#[test]
fn lines_become_tables_while_their_keys_keep_their_order() {
    check(
        r#"{"time": "10:00:01", "level": "info", "message": "started", "port": 80}
{"time": "10:00:02", "level": "info", "message": "ready"}
{"time": "10:00:03", "level": "info", "message": "slow"}
{"message": "other", "time": "10:00:04", "code": 1}
{"message": "other", "time": "10:00:05", "code": 2}
{"message": "third", "time": "10:00:06", "code": 3}
"#,
        &expect![[r#"
            [3 lines of {"time","level":"info","message"}:
            "10:00:01","started","port":80
            "10:00:02","ready"
            "10:00:03","slow"]
            [3 lines of {"message","time","code"}:
            "other","10:00:04",1
            "other","10:00:05",2
            "third","10:00:06",3]
        "#]],
    );
}

#[test]
fn a_value_that_does_not_fit_stands_whole_in_its_row() {
    check(
        r##"["# Of a specification", {"input": "http://a", "port": null, "hash": ""}, {"input": "http://b", "port": 80, "hash": "#x"},
            {"port": 1, "input": "http://c"}, [{"a": 1}], {"input": "http://d", "port": null, "hash": "#y"}, {}]"##,
        &expect![[r##"
            [7 rows of {"input","port","hash"}:
            "# Of a specification"
            "http://a",null,""
            "http://b",80,"#x"
            ,1,"input":"http://c",
            [{"a":1}]
            "http://d",null,"#y"
            {}]"##]],
    );
    check(
        r#"{"b": {"license": "MIT", "funding": "x", "version": "1.0"}, "c": {"version": "1.1", "license": "MIT", "funding": "z"},
            "d": {"version": "1.2", "license": "MIT"}, "e": {"version": "1.3", "license": "MIT", "funding": "y"}}"#,
        &expect![[r#"
            {4 entries of {"version","license":"MIT","funding"}:
            "b":,"x","version":"1.0"
            "c":"1.1","z"
            "d":"1.2",
            "e":"1.3","y"}"#]],
    );
}

#[test]
fn what_has_little_in_common_is_minified() {
    check(r#"[{"a": 1}, {"b": 2}, {"c": 3}, 4]"#, &expect![[r#"[{"a":1},{"b":2},{"c":3},4]"#]]);
    check(r#"[{"a": 1}, {"a": 2}]"#, &expect![[r#"[{"a":1},{"a":2}]"#]]);
    check(
        r#"[{"a": 1, "b": 2}, {"b": 1, "a": 2}, {"a": 1, "a": 2}]"#,
        &expect![[r#"[{"a":1,"b":2},{"b":1,"a":2},{"a":1,"a":2}]"#]],
    );
    check(r#"[{}, {}, {}]"#, &expect!["[{},{},{}]"]);
}

#[test]
fn the_table_that_saves_most_is_made() {
    check(
        r#"[{"name": "first", "points": [{"x": 1, "y": 2}, {"x": 3, "y": 4}, {"x": 5, "y": 6}, {"x": 7, "y": 8}]},
            {"name": "second", "points": [{"x": 1, "y": 2}, {"x": 3, "y": 4}, {"x": 5, "y": 6}, {"x": 9, "y": 8}]}]"#,
        &expect![[r#"
            [{"name":"first","points":[4 rows of {"x","y"}:
            1,2
            3,4
            5,6
            7,8]},{"name":"second","points":[4 rows of {"x","y"}:
            1,2
            3,4
            5,6
            9,8]}]"#]],
    );
}

#[test]
fn the_documentation_shows_what_is_written() {
    let page = include_str!("../../../../docs/DATA.md");
    let block = |mark: &str| page.split_once(mark).and_then(|(_, rest)| rest.split_once("\n```")).expect("a block").0;
    assert_eq!(written(block("```json\n")), block("```text\n"));
}

#[test]
fn deep_and_odd_texts_take_linear_time() {
    let deep = 50_000;
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(deep), close.repeat(deep));
    for text in [
        nested("[{\"a\":", "}]"),
        nested("[{\"a\":1},{\"a\":", "}]"),
        nested("{\"a\":", "}"),
        format!("[{}1]", "{\"a\":[]},".repeat(deep)),
        "{\"a\":1}\n{\"b\":2}\n".repeat(deep),
        format!("[{}]", vec!["{\"a\":1,\"b\":{\"c\":2}}"; deep].join(",")),
        (0..deep).map(|number| format!("{{\"k{number}\":1}}\n")).collect::<Vec<_>>().concat(),
    ] {
        written(&text);
    }
}

/// Made-up JSON with arrays of objects that have keys in common.
fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,2})?([eE][+-]?[0-9])?",
        "\"([a-c ,:;{}\\[\\]é日|]|\\\\n|\\\\\"|\\\\\\\\|\\\\u00e9){0,6}\"",
    ];
    let key = "\"(a|b|c|d|a b|é|\\\\n|x,y|\\\\\"|)\"";
    let space = prop_oneof![4 => Just(""), 1 => Just(" "), 1 => Just("\n  "), 1 => Just("\r\n\t")];
    let value = scalar.prop_recursive(4, 60, 6, move |inner| {
        let member = (key, inner.clone(), space.clone())
            .prop_map(|(key, value, space)| format!("{space}{key}{space}:{space}{value}{space}"));
        let object = proptest::collection::vec(member.clone(), 0..5).prop_map(|it| format!("{{{}}}", it.join(",")));
        // Objects of one shape, of which each lacks some keys.
        let shape = proptest::collection::vec((key, proptest::collection::vec(inner.clone(), 1..3)), 1..5);
        let rows = (shape, proptest::collection::vec(any::<u32>(), 2..6)).prop_map(|(shape, rows)| {
            let row = |lacks: &u32| {
                let members = shape.iter().enumerate().filter(|(place, _)| lacks >> (place * 3) & 7 != 0);
                let written = members.map(|(place, (key, values))| {
                    format!("{key}: {}", values[(lacks >> (place + 16)) as usize % values.len()])
                });
                format!("{{{}}}", written.collect::<Vec<_>>().join(", "))
            };
            rows.iter().map(row).collect::<Vec<_>>()
        });
        prop_oneof![
            2 => object,
            1 => proptest::collection::vec(inner.clone(), 0..5).prop_map(|it| format!("[{}]", it.join(","))),
            4 => rows.clone().prop_map(|rows| format!("[{}]", rows.join(", "))),
            2 => rows.clone().prop_map(|rows| {
                let entry = |(index, row): (usize, &String)| format!("\"{index}\": {row}");
                format!("{{{}}}", rows.iter().enumerate().map(entry).collect::<Vec<_>>().join(","))
            }),
        ]
    });
    proptest::collection::vec(
        (value, prop_oneof![3 => Just("\n"), 1 => Just("\n\n"), 1 => Just(" "), 1 => Just("\r\n")]),
        1..4,
    )
    .prop_map(|values| values.into_iter().map(|(value, end)| value + end).collect())
}

/// Every object array of a text as a table, whether it is shorter or not.
fn tables(text: &str) -> Vec<(Range<usize>, Table)> {
    let plan = Plan::of(text);
    let mut tables = Vec::new();
    for index in 0..plan.tree.containers.len() {
        for run in plan.runs(index) {
            tables.push((plan.place(index, run.members), table(text, plan.tree.containers[index].kind, &run, None)));
        }
    }
    tables
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_table_reads_back_as_what_it_was(text in json()) {
        for (place, table) in tables(&text) {
            let source = &text[place.clone()];
            prop_assert_eq!(read(&table.text), Some(minified(source)), "{}", table.text);
            let values = |text: &str| -> Vec<serde_json::Value> {
                serde_json::Deserializer::from_str(text).into_iter().map(|value| value.expect("valid")).collect()
            };
            prop_assert_eq!(values(&read(&table.text).expect("a table")), values(source));
            let part = Part::Rewritten(rewritten(0, place, table));
            prop_assert!(crate::guard::keeps_bytes(&text, &part), "{:?}", part);
        }
    }

    #[test]
    fn a_table_counts_fewer_tokens(text in json()) {
        let written = written(&text);
        prop_assert!(TOKENIZER.count(&written) <= TOKENIZER.count(&minified(&text)), "{}\n{}", text, written);
    }

    #[test]
    fn any_text_may_be_read(text in "[\\[{](2|1) (rows|lines|entries) of \\{(\"a\"|\"b\":1|,|:|\\{|\\}|\n|\\]|1|\"|é){0,20}") {
        read(&text);
    }

    #[test]
    fn counts_of_left_out_values_are_true(
        count in 0..70_usize,
        kind in 0..3_u8,
        level in prop_oneof![Just(Level::Tight), Just(Level::Skeleton)],
    ) {
        let value = |index: usize| match kind {
            0 => format!("{}", index * 37),
            1 => format!("{{\"name\": \"n{index}\", \"size\": {index}}}"),
            _ => format!("[{index}, \"x y\"]"),
        };
        let text = format!("[{}]", (0..count).map(value).collect::<Vec<_>>().join(", "));
        let shorter = written_at(&text, level);
        let told = |what: &str| {
            let before = shorter.split_once(what)?.0;
            before.rsplit_once("... ")?.1.parse::<usize>().ok()
        };
        let rows = told(" rows\n").unwrap_or(0);
        let values = told(" values,").unwrap_or(0);
        let stands = if shorter.contains("rows of") {
            prop_assert!(shorter.starts_with(&format!("[{count} rows of ")), "{}", shorter);
            shorter.lines().skip(1).filter(|line| !line.starts_with("... ")).count()
        } else {
            let bare = shorter.replace(&format!("... {values} values,"), "");
            serde_json::from_str::<Vec<serde_json::Value>>(&bare).map_or(0, |all| all.len())
        };
        prop_assert_eq!(stands + rows + values, count, "{}", shorter);
    }

    #[test]
    fn what_is_no_json_has_no_table(text in "[\\[{\"a:,1 \\]}]{0,30}") {
        written(&text);
    }
}
