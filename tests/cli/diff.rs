//! `diff`: original and result side by side.

use crate::program::{LOOSE, Scratch, run_with};

#[test]
fn both_texts_stand_side_by_side_with_the_receipt_below() {
    let run = run_with(&["diff", "--level", "safe"], LOOSE).expect(0);
    let rows: Vec<_> = run.out.lines().collect();
    assert_eq!(rows[0], format!("{:38} │ result", "original"));
    assert!(rows[2].starts_with("The first   line has    spaces."), "{}", run.out);
    assert!(rows[2].contains(" │ The first line has"), "{}", run.out);
    assert!(rows.last().unwrap().contains(" tokens ("), "{}", run.out);
    assert!(rows.iter().all(|row| row.chars().count() <= 80), "80 columns where there is no terminal");
}

#[test]
fn json_gives_the_ranges_that_were_dropped() {
    let run = run_with(&["diff", "--level", "safe", "--json"], LOOSE).expect(0);
    let value = run.json();
    assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["text", "receipt", "dropped"]);
    let mut last = 0;
    for range in value["dropped"].as_array().unwrap() {
        let (start, end) = (range["start"].as_u64().unwrap(), range["end"].as_u64().unwrap());
        assert!(last <= start && start < end && end <= LOOSE.len() as u64, "{range}");
        last = end;
    }
}

#[test]
fn one_file_at_a_time() {
    let scratch = Scratch::with(&[("a.md", LOOSE.as_bytes()), ("b.md", b"x")]);
    scratch.run(&["diff", "."]).expect(2).says(".: diff shows one file at a time");
    scratch.run(&["diff", "--level", "safe", "a.md"]).expect(0);
}
