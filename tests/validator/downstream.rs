//! `downstream`: tasks with known answers, without any key.

use crate::scratch;

#[test]
fn answers_and_evidence_are_looked_for_in_every_shorter_context() {
    let row = serde_json::json!({
        "_id": "5a", "question": "Where was Anna Berg born?", "answer": "Turku",
        "context": [
            ["Harbour", ["The harbour was rebuilt in 1921.", " It was shown in Lisbon, where nobody had asked for it."]],
            ["Anna Berg", ["Anna Berg directed The Silent Harbour.", " She was born in Turku, a town by the sea."]],
        ],
        "supporting_facts": [["Anna Berg", 1]],
    });
    let scratch = scratch(&[("hotpot.json", &serde_json::json!([row]).to_string())]);
    let arguments =
        ["downstream", "hotpotqa", "hotpot.json", "--level", "tight", "--ratio", "0.5", "--ask", "--pass", "0"];
    let run = scratch.run(&arguments).expect(0);
    let rows: Vec<Vec<&str>> = run.out.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let column = |name: &str| rows[0].iter().position(|title| *title == name).unwrap();
    let of = |system: &str, name: &str| {
        let row = rows.iter().find(|row| row.get(1) == Some(&system)).unwrap();
        row[column(name)].to_owned()
    };
    assert_eq!(of("identity", "answer present"), "1.000");
    assert_eq!(of("identity", "evidence present"), "1.000");
    assert_eq!(of("tight --ratio 0.5 --ask", "answer present"), "1.000", "{}", run.out);
    assert_eq!(of("truncate", "answer present"), "0.000", "{}", run.out);
}

#[test]
fn the_tasks_of_the_data_folder_can_be_measured() {
    for (benchmark, file) in [("hotpotqa", "hotpotqa_dev_100.jsonl"), ("ds1000", "ds1000_dev_100.jsonl")] {
        let Some(path) = e2e::data::file(file) else { return };
        let path = path.to_str().unwrap();
        let run = scratch(&[]).run(&["downstream", benchmark, path, "--rows", "3", "--level", "safe", "--pass", "0"]);
        let run = run.expect(0);
        assert!(run.out.contains("evidence present") && run.out.contains("| stop words |"), "{}", run.out);
    }
}
