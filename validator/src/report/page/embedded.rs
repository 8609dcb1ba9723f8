//! The numbers of all examples for the page's script, as compact JSON.
//!
//! Names of documents and examples stand once and rows refer to them by place; measures are rounded to four digits. Their
//! exact values are in `examples.jsonl`.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::Report;
use super::super::gather::{Gathered, domain_name};
use crate::record::Measure;

/// The JSON, safe within a `script` element.
pub(super) fn json(report: &Report, gathered: &Gathered) -> String {
    let measures: Vec<Measure> = gathered.measures().into_iter().filter(|it| *it != Measure::Ratio).collect();
    let mut documents = Names::default();
    let mut ids = Names::default();
    let rows: Vec<Value> = gathered
        .rows
        .iter()
        .map(|row| {
            let values: Vec<Value> = measures.iter().map(|it| rounded(row.measures.get(it).copied())).collect();
            json!([
                ids.place(&row.id),
                documents.place(&row.document),
                row.system,
                domain_name(row.domain),
                row.tokens.before,
                row.tokens.after,
                rounded(Some(row.tokens.ratio())),
                u8::from(row.passed),
                row.lost,
                row.invented,
                values,
            ])
        })
        .collect();
    let columns: Vec<Value> =
        measures.iter().map(|it| json!({"title": it.title(), "better_low": it.is_better_low()})).collect();
    let data = json!({
        "subject": report.subject,
        "systems": gathered.systems,
        "measures": columns,
        "ids": ids.names,
        "documents": documents.names,
        "rows": rows,
    });
    // `</script>` and `<!--` end or change a script element wherever they stand.
    data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn rounded(value: Option<f64>) -> Value {
    value.map_or(Value::Null, |value| json!((value * 1e4).round() / 1e4))
}

/// Names, each once, in the order in which they came.
#[derive(Default)]
struct Names<'a> {
    names: Vec<&'a str>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn place(&mut self, name: &'a str) -> usize {
        *self.places.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }
}
