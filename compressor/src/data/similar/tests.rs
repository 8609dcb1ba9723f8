#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::tokens::Tokenizer;

/// The lines with their folds, after checks that hold for all.
fn written(text: &str, ranges: bool) -> String {
    let mut counter = Counter::new(Tokenizer::O200kBase);
    let lines: Vec<&str> = text.lines().collect();
    let candidates: Vec<Candidate<'_>> =
        lines.iter().map(|text| Candidate { text, template: (!text.is_empty()).then(|| template(text)) }).collect();
    let mut out = String::new();
    let mut at = 0;
    for fold in folds(&candidates, ranges, &mut counter) {
        for line in &lines[at..fold.lines.start] {
            out.push_str(line);
            out.push('\n');
        }
        at = fold.lines.end;
        let block = lines[fold.lines.start..fold.lines.start + fold.block].join("\n");
        let stands = format!("{block}{}", fold.marker);
        assert!(counter.count(&stands) <= counter.count(&lines[fold.lines.clone()].join("\n")), "{stands}");
        if !fold.is_range {
            let bare = |lines: &[&str]| lines.concat().split_whitespace().collect::<String>();
            let read = read(&stands).expect("rows can be read");
            assert_eq!(
                bare(&read.iter().map(String::as_str).collect::<Vec<_>>()),
                bare(&lines[fold.lines]),
                "{stands}"
            );
        }
        out.push_str(&stands);
        out.push('\n');
    }
    for line in &lines[at..] {
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn check(text: &str, rows: &Expect, ranges: &Expect) {
    rows.assert_eq(&written(text, false));
    ranges.assert_eq(&written(text, true));
}

#[test]
fn similar_lines_are_folded() {
    check(
        "10:02:01 GET /orders/17 200\n10:02:04 GET /orders/18 200\n10:02:09 GET /orders/19 200\n10:03:00 GET /orders/20 200\n11:03:00 GET /orders/21 200\n11:03:01 PUT /orders/22 200\n",
        &expect![[r#"
            10:02:01 GET /orders/17 200 (×5: 10:02:01 17, :04 18, :09 19, :03:00 20, 11:03:00 21)
            11:03:01 PUT /orders/22 200
        "#]],
        &expect![[r#"
            10:02:01 GET /orders/17 200 (×5: 10:02:01 to 11:03:00, 17 to 21)
            11:03:01 PUT /orders/22 200
        "#]],
    );
}

#[test]
fn blocks_of_similar_lines_are_folded() {
    let lines = |id: usize| {
        format!("00:00:{id:02}.{:03} start job {id} of 9\n00:00:{id:02}.999 done job {id}: exit 0\n", id * 7)
    };
    check(
        &(10..18).map(lines).collect::<Vec<_>>().concat(),
        &expect![[r#"
        00:00:10.070 start job 10 of 9
        00:00:10.999 done job 10: exit 0 (last 2 lines ×8: 00:00:10.070 10 00:00:10.999 10, :11.077 11 :11.999 11, :12.084 12 :12.999 12, :13.091 13 :13.999 13, :14.098 14 :14.999 14, :15.105 15 :15.999 15, :16.112 16 :16.999 16, :17.119 17 :17.999 17)
    "#]],
        &expect![[r#"
        00:00:10.070 start job 10 of 9
        00:00:10.999 done job 10: exit 0 (last 2 lines ×8: 00:00:10.070 to 00:00:17.119, 10 to 17, 00:00:10.999 to 00:00:17.999, 10 to 17)
    "#]],
    );
}

#[test]
fn a_value_that_stands_there_before_is_written_too() {
    check(
        "worker 3 took job 3 of 99 in 12ms, host 10.0.0.7 answered in time\nworker 3 took job 4 of 99 in 12ms, host 10.0.0.7 answered in time\nworker 3 took job 5 of 99 in 12ms, host 10.0.0.7 answered in time\n",
        &expect![[r#"
            worker 3 took job 3 of 99 in 12ms, host 10.0.0.7 answered in time (×3: 3 3, 3 4, 3 5)
        "#]],
        &expect![[r#"
            worker 3 took job 3 of 99 in 12ms, host 10.0.0.7 answered in time (×3: 3 or 4 or 5)
        "#]],
    );
}

#[test]
fn many_lines_are_folded_in_runs() {
    let text: String =
        (0..90).map(|number| format!("progress of the download is {number} % by now\n")).collect::<Vec<_>>().concat();
    check(
        &text,
        &expect![[r#"
            progress of the download is 0 % by now (×40: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39)
            progress of the download is 40 % by now (×40: 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79)
            progress of the download is 80 % by now (×10: 80, 81, 82, 83, 84, 85, 86, 87, 88, 89)
        "#]],
        &expect![[r#"
        progress of the download is 0 % by now (×90: 0 to 89)
    "#]],
    );
}

#[test]
fn what_saves_nothing_is_not_folded() {
    check(
        "a 1\nb 2\n1\n2\n3\n",
        &expect![[r#"
        a 1
        b 2
        1
        2
        3
    "#]],
        &expect![[r#"
        a 1
        b 2
        1
        2
        3
    "#]],
    );
}

/// Lines that are alike, with all that could lead a reader astray.
fn lines() -> impl Strategy<Value = String> {
    let value = "(1|2|17|1:2|a1|10:02:0[1-3](\\.[0-9])?|[0-2]0:00:00,[0-9]|x-1_2\\.)";
    let templates = proptest::sample::select(vec![
        "V served V of V",
        "id=V V V V",
        "at V: took V ms (×2: V, V)",
        " (last 2 lines ×2: V) V",
        "  indented V, V) é",
        "VV/V V",
        "plain words",
        "",
    ]);
    let line = (templates, proptest::collection::vec(value, 4)).prop_map(|(template, values)| {
        values.into_iter().fold(template.to_owned(), |line, value| line.replacen('V', &value, 1))
    });
    let run = (line, proptest::collection::vec("(1|2|17|3:4|b1|10:0[2-3]:0[1-3](\\.[0-9])?)", 1..5)).prop_map(
        |(line, values)| {
            let all = values.iter().map(|value| line.replacen('1', value, 1));
            all.chain([line.clone()]).collect::<Vec<_>>().join("\n")
        },
    );
    proptest::collection::vec(run, 0..6).prop_map(|runs| runs.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn rows_read_back_as_the_lines(text in lines()) {
        written(&text, false);
        written(&text, true);
    }

    #[test]
    fn any_text_may_be_read(text in "(a 1\n|b 2 10:00:00| \\((×2|last 2 lines ×2): |1|, |:0|:00:01| |\\)|é){0,12}") {
        read(&text);
    }
}
