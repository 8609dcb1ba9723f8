//! A second opinion: parsers that have nothing to do with ours judge whether results are the same code or data, where
//! Python's library has one: Python, JSON and TOML.

use benches::sources::Kind;
use benches::statistics::Share;
use compressor::policy::Level;
use serde_json::json;

use super::measured::Measured;
use super::script;

/// What Python's parsers say of a language.
pub struct Opinion {
    kind: Kind,
    level: Level,
    same: Share,
    others: Vec<String>,
}

/// Asks for the results at `balanced` of a language that there is a parser of, for JSON at `safe`, since `balanced` makes tables
/// of it; nothing where Python is not installed.
pub fn ask(kind: Kind, files: &[Measured]) -> Option<Opinion> {
    if !matches!(kind.id(), "python" | "json" | "toml") {
        return None;
    }
    let level = if kind.id() == "json" { Level::Safe } else { Level::Balanced };
    let pair = |file: &Measured| {
        let result = if level == Level::Safe { &file.safe } else { &file.balanced };
        json!({ "language": kind.id(), "original": file.file.text, "result": result.text }).to_string()
    };
    let answers: Vec<Option<bool>> = script::answers("same_code.py", files.iter().map(pair).collect())?;
    let mut opinion = Opinion { kind, level, same: Share::default(), others: Vec::new() };
    for (file, answer) in files.iter().zip(answers) {
        if let Some(same) = answer {
            opinion.same.add(same);
            opinion.others.extend((!same).then(|| file.file.path.display().to_string()));
        }
    }
    Some(opinion)
}

/// Prints what was said.
pub fn print(opinions: &[Opinion]) {
    for Opinion { kind, level, same, others } in opinions {
        println!(
            "\nBy the parser of Python's library, {} at `{}` is the same in {} ({} files that it parses).",
            kind.name,
            level.name(),
            same.percent(),
            same.of
        );
        for path in others {
            println!("- {}: {path}: other code, says Python's library", kind.name);
        }
    }
}
