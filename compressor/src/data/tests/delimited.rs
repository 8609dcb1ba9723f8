#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write;

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::segment::delimited_records;

const ORDERS: &str = "\
number,customer,ordered,city,note
1001,Acme Ltd.,2026-11-02,Berlin,\"call first, then deliver\"
1002,Young & Sons,2026-11-02,Lyon,
1003,Ocean Foods,2026-11-03,Porto,\"says \"\"no\"\" to
a second delivery\"
1004,Acme Ltd.,2026-11-05,Berlin,
";

fn rows(count: usize) -> String {
    (0..count).fold(String::from("id,name,price\n"), |mut text, number| {
        let _ = writeln!(text, "{number},item {number},{}.50", number * 7 % 90);
        text
    })
}

fn is_table(text: &str) -> bool {
    let segments = segments(text, None);
    segments.iter().any(|segment| segment.kind == Kind::Data(Format::Delimited))
}

fn stays(text: &str, level: Level) {
    assert!(is_table(text), "{text}");
    assert_eq!(written(text, level), text);
}

#[test]
fn values_stay_as_they_are() {
    for level in [Level::Safe, Level::Balanced, Level::Tight] {
        stays(ORDERS, level);
        stays(&ORDERS.replace(',', "\t"), level);
        stays("a;b;c\n1;  two;3\n4;5 ;6\n", level);
    }
}

#[test]
fn a_table_is_told_from_text_and_code() {
    for text in [
        "He came, saw, and won.\nShe came, saw, and won.\nThey came, saw, and won.\n",
        "apples, pears, plums\nbread, butter, milk\ntea, coffee, cocoa\n",
        "f(a, b, c);\ng(a, b, c);\nh(a, b, c);\n",
        "a,b,c\n1,2,3\n",
        "{\"a\":1,\"b\":2,\"c\":3}\n{\"a\":1,\"b\":2,\"c\":3}\n{\"a\":1,\"b\":2,\"c\":3}\n",
    ] {
        assert!(!is_table(text), "{text}");
    }
    assert!(is_table(&format!("Here are the prices:\n\n{}\nAre they right?\n", rows(5))));
    assert!(is_table(&format!("```\n{}```\n", rows(5))));
    assert!(is_table("```csv\na,b\n```\n"));
    assert!(is_table(
        "1,I like the film and its music,good\n2,It is the worst of them all,bad\n3,No one is to see it,bad\n"
    ));
}

#[test]
fn padding_that_sets_columns_goes() {
    check(
        "```csv\nid  ,name      ,  price\n1   ,pear      ,   1.20\n20  ,pineapple ,  12.00\n```\n",
        Level::Safe,
        &expect![[r#"
            ```csv
            id,name,price
            1,pear,1.20
            20,pineapple,12.00
            ```
        "#]],
    );
    check(
        "```psv\nid | full name      | price\n 1 | Anna  Maria Bo | 1.20 \n20 | Bo             |      \n```\n",
        Level::Safe,
        &expect![[r#"
            ```psv
            id|full name|price
            1|Anna  Maria Bo|1.20
            20|Bo|
            ```
        "#]],
    );
    // What does not stand in columns may be part of a value.
    stays("```csv\na,  b\nlong,  c\nlonger  ,d\n```\n", Level::Safe);
}

#[test]
fn of_a_long_table_the_ends_stay() {
    let text = rows(40);
    assert_eq!(written(&text, Level::Balanced), text);
    check(
        &text,
        Level::Tight,
        &expect![[r#"
        id,name,price
        0,item 0,0.50
        1,item 1,7.50
        2,item 2,14.50
        3,item 3,21.50
        4,item 4,28.50
        ... 33 rows
        38,item 38,86.50
        39,item 39,3.50
    "#]],
    );
    check(
        &text,
        Level::Skeleton,
        &expect![[r#"
        id,name,price
        0,item 0,0.50
        ... 38 rows
        39,item 39,3.50
    "#]],
    );
    // Not much longer than what stays.
    assert_eq!(written(&rows(14), Level::Tight), rows(14));
}

#[test]
fn of_a_long_markdown_table_the_ends_stay() {
    let body = (0..30).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "| item {number:<4} | {number:>6} |");
        text
    });
    check(
        &format!("| name      |  count |\n|:----------|-------:|\n{body}"),
        Level::Tight,
        &expect![[r#"
        |name|count|
        |:-|-:|
        |item 0|0|
        |item 1|1|
        |item 2|2|
        |item 3|3|
        |item 4|4|
        |item 5|5|
        ... 22 rows
        |item 28|28|
        |item 29|29|
    "#]],
    );
}

proptest! {
    #[test]
    fn counts_are_true(
        values in proptest::collection::vec("[a-z]{0,9}|\"([a-z,]|\n|\"\"){0,9}\"", 3),
        count in 0..120_usize,
        level in prop_oneof![Just(Level::Tight), Just(Level::Skeleton)],
    ) {
        let text = format!("{}\n", values.join(",")).repeat(count);
        let segment = Segment { range: 0..text.len(), kind: Kind::Data(Format::Delimited) };
        let shorter = drafted(&text, &segment, level);
        let told = |row: &str| row.strip_prefix("... ")?.strip_suffix(" rows\n")?.parse::<usize>().ok();
        let rows = delimited_records(&shorter, 0..shorter.len());
        let all: usize = rows.into_iter().map(|row| told(&shorter[row]).unwrap_or(1)).sum();
        prop_assert_eq!(all, delimited_records(&text, 0..text.len()).len(), "{}", shorter);
    }

    #[test]
    fn any_text_may_be_read(text in "([a-zé1-9]|,|;|\t|\\||\"|\n|\r\n| ){0,80}") {
        let mut end = 0;
        for record in delimited_records(&text, 0..text.len()) {
            prop_assert_eq!(record.start, end);
            end = record.end;
        }
        prop_assert_eq!(end, text.len());
        let segment = Segment { range: 0..text.len(), kind: Kind::Data(Format::Delimited) };
        for level in Level::ALL {
            drafted(&text, &segment, level);
        }
        let _ = segments(&text, None);
    }
}
