//! Files that break the promise, and lists of those that do not parse or take long.

use std::fmt::Write;
use std::path::PathBuf;

use benches::arguments;
use benches::sources::Kind;
use compressor::structural::Treatment;

use super::measured::Measured;

/// Milliseconds without a model that are long for any of the files.
const LONG: f64 = 100.0;

/// What failed so far.
#[derive(Default)]
pub struct Failures {
    broken: String,
}

impl Failures {
    /// Adds those of a language, and writes their list where a folder is told.
    pub fn add(&mut self, kind: Kind, files: &[Measured]) {
        let mut list = String::new();
        for file in files {
            let outcomes = [Some(&file.safe), Some(&file.balanced), file.skeleton.as_ref()];
            let broken: Vec<&str> =
                outcomes.into_iter().flatten().filter_map(|outcome| outcome.failure.as_deref()).collect();
            for reason in &broken {
                let _ = writeln!(self.broken, "- {}: {}: {reason}", kind.name, file.file.path.display());
            }
            for reason in broken.into_iter().map(str::to_owned).chain(remarks(file)) {
                let _ = writeln!(list, "{}\t{reason}", file.file.path.display());
            }
        }
        if let Some(folder) = arguments::list("--failures").first() {
            let path = PathBuf::from(folder).join(format!("failures-{}.txt", kind.id()));
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(path, list))
                .expect("the folder of the failures can be written to");
        }
    }

    /// Names those that break the promise.
    pub fn print(&self) {
        println!("\n### Files that break the promise\n");
        println!("{}", if self.broken.is_empty() { "None." } else { self.broken.trim_end() });
    }
}

/// What is no failure, but less than could be.
fn remarks(file: &Measured) -> Vec<String> {
    let treatment = (file.treatment != Treatment::Parsed).then(|| file.treatment.to_string());
    let skeleton = file.skeleton.as_ref().filter(|outcome| !outcome.parses && file.treatment == Treatment::Parsed);
    let long = (file.structural > LONG).then(|| format!("takes {:.0} ms on a core without the model", file.structural));
    treatment.into_iter().chain(skeleton.map(|_| "its skeleton does not parse".to_owned())).chain(long).collect()
}
