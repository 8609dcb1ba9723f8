//! Texts to try things on: real ones, cut and spliced, with any Unicode between.

use compressor::policy::{Budget, EngineChoice, Level, Policy};
use compressor::tokens::Tokenizer;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Sources of the languages that are parsed, by their names.
pub const SOURCES: [(&str, &str); 3] = [
    ("python", include_str!("../fixtures/properties/ledger.py")),
    ("rust", include_str!("../fixtures/properties/queue.rs")),
    ("typescript", include_str!("../fixtures/properties/client.ts")),
];

/// Running text with atoms of each category.
const PROSE: [&str; 8] = [
    "The server must not be restarted unless at least 2 of the 3 nodes agree, which in practice takes about 40 ms. ",
    "In order to install version v1.2.3 you will need to run `make install --prefix=/opt/tool` as it was described \
     in the \"Getting started\" section of the manual (see https://example.org/docs?page=2). ",
    "Brian Eno, who _was_ born on 15 May 1948 in Melton, Suffolk, is an English musician; he studied at the University \
     of Oxford for several years, for example, and has never said why.\n",
    "It can't be undone. Only an administrator, who has to be present, may delete a user, but without the key it is _not_ \
     taken: \"no such key\". ",
    "\n\n- first of all, the file ~/.config/app.toml is read,\n- then MAX_RETRIES=5 is set (never more),\n- and \
     finally everything is sent to ops@example.org, which results in a report.\n\n",
    "A long sentence that was wrapped by a careful person at about sixty or\nseventy columns, as is usual in mails, \
     where the date 2024-05-01\nand the number 1,234.5 km stand, and the commit 3f2a9c1de.\n",
    "She said (or so it is told) that “all of it was lost”, which – according to parse_args() – wasn't true... \
     Really?! Yes, with respect to $HOME, 12% of it. ",
    "# A heading of several words\n\nSome *emphasis on words*, **strong words**, a [link to it](http://a.b/c) and \
     ![an image](x.png). ",
];

/// What is not running text, and text of other scripts.
const OTHERS: [&str; 14] = [
    "\n```python\ndef f(a, b):\n    # adds the two numbers, nothing else\n    return a  +  b\n\n\n```\n",
    "\n````markdown\n```rust\nfn main() { // does nothing at all\n}\n```\n````\n",
    "\n| name | value |\n|------|------:|\n| a    |    12 |\n| b    |   300 |\n\n",
    "{\"name\": \"x\",  \"values\": [1, 2,   3], \"deep\": {\"a\": null}}\n",
    "2024-05-01 10:00:00 INFO request served in 12 ms\n2024-05-01 10:00:00 INFO request served in 12 ms\n2024-05-01 \
     10:00:01 ERROR no route to 10.0.0.1\n",
    "Traceback (most recent call last):\n  File \"/app/main.py\", line 12, in <module>\n    run()\nValueError: no \
     value\n",
    "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old line\n+new line\n same\n",
    "---\ntitle: A page\ndate: 2024-05-01\n---\n",
    "服务器必须重启,但是不能超过 3 次。这是一个很长的句子,没有空格。",
    "يجب ألا يتم إعادة تشغيل الخادم أكثر من 3 مرات. ",
    "👩‍👩‍👧 the family 🙂 is   here – e\u{301}te\u{301}\u{a0}42\u{202f}km ",
    "\u{feff}",
    "\r\nA line of Windows,\r\nand the next one of it, which is not short.\r\n\r\n",
    "(((\"'`[[<{* __ ``` \" ' ) ] } > … ‘ ’ “ ” « » _ ",
];

/// Half a text, or a few pieces of them.
pub fn mixed() -> impl Strategy<Value = String> {
    let source = select(&SOURCES[..]).prop_map(|(_, source)| source);
    let real = prop_oneof![6 => select(&PROSE[..]), 6 => select(&OTHERS[..]), 1 => source];
    let piece = prop_oneof![
        8 => (real, any::<Index>(), any::<Index>(), 0..3_u8).prop_map(|(text, from, to, cuts)| cut(text, from, to, cuts)),
        1 => "(\\PC|[ \t\r\n\"'`.,()_/*#-]|[a-zA-Z0-9]{1,6}){0,30}",
        1 => "(?s).{0,12}",
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Running text, some of it cut within words.
pub fn prose() -> impl Strategy<Value = String> {
    let piece = (select(&PROSE[..4]), any::<Index>(), any::<Index>(), 0..6_u8)
        .prop_map(|(text, from, to, cuts)| cut(text, from, to, cuts.saturating_sub(3)));
    proptest::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat())
}

/// A piece of a text; how many of its ends are cut off.
fn cut(text: &str, from: Index, to: Index, cuts: u8) -> String {
    let place = |at: Index| text.floor_char_boundary(at.index(text.len() + 1));
    match (place(from), place(to), cuts) {
        (_, _, 0) => text.to_owned(),
        (from, _, 1) => text[from..].to_owned(),
        (from, to, _) => text[from.min(to)..from.max(to)].to_owned(),
    }
}

/// What a person might do to a source, at random.
pub fn edited() -> impl Strategy<Value = (&'static str, String)> {
    let edit = (any::<Index>(), any::<Index>(), 0..6_u8, "[ \t\n\r\"'`#/*\\\\(){}<>:;,é1x-]{1,6}");
    (select(&SOURCES[..]), proptest::collection::vec(edit, 0..3)).prop_map(|((language, source), edits)| {
        let mut text = source.to_owned();
        for (from, to, kind, typed) in edits {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            if lines.is_empty() {
                break;
            }
            let (first, last) = (from.index(lines.len()), to.index(lines.len()));
            let (first, last) = (first.min(last), first.max(last));
            let place = text.floor_char_boundary(from.index(text.len()));
            text = match kind {
                0 => text.replace('\n', "\r\n"),
                1 => lines[first..=last].concat(),
                2 => [&lines[..first], &lines[first + 1..]].concat().concat(),
                3 => [&lines[..=last], &lines[first..]].concat().concat(),
                4 => text.replace("    ", "\t"),
                _ => [&text[..place], &typed, &text[place..]].concat(),
            };
        }
        (language, text)
    })
}

/// Any level, tokenizer, engine, budget and query.
pub fn policies() -> impl Strategy<Value = Policy> {
    let engine = prop_oneof![6 => Just(EngineChoice::Auto), 1 => select(&EngineChoice::ALL[..])];
    (select(&Level::ALL[..]), select(&Tokenizer::ALL[..]), engine, proptest::option::of(budgets()), queries()).prop_map(
        |(level, tokenizer, engine, budget, query)| {
            let mut policy = Policy::new(level).with_tokenizer(tokenizer).with_engine(engine);
            if let Some(budget) = budget {
                policy = policy.with_budget(budget).unwrap();
            }
            if let Some(query) = query {
                policy = policy.with_query(query).unwrap();
            }
            policy
        },
    )
}

fn budgets() -> impl Strategy<Value = Budget> {
    prop_oneof![(0.01..=1.0).prop_map(Budget::Ratio), (1..300_usize).prop_map(Budget::Tokens)]
}

fn queries() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        3 => Just(None),
        1 => select(&["why was it not restarted?", "Where did Brian Eno study?", "服务器", "x"][..]).prop_map(Some)
    ]
}
