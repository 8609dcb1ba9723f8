//! The model and the tokenizers: they do what they are there for.

use compressor::engine::Cancel;
use compressor::model::ModelSource;
use compressor::model::certificate::{self, Standing};
use compressor::pipeline::Document;
use compressor::policy::{EngineChoice, Level, Policy};
use compressor::tokens::Tokenizer;

use super::{Finding, Subject};
use crate::exit::describe;

/// Words that any tagger drops around atoms that none may.
const PROBE: &str = "In order to be able to make use of the package, you will basically need to make sure that you have \
    actually installed Python 3.12, and that the `login` service is not already running on the machine.";
const PROBE_ATOMS: [&str; 3] = ["3.12", "`login`", "not"];

pub(super) fn loads(subject: &Subject<'_>) -> Finding {
    match subject.compressor.load() {
        Ok(model) => Finding::ok(format!("{} ({:.12}) loads, every file has its hash", model.name, model.hash)),
        Err(error) => Finding::failed(describe(&error.into()), remedy(&subject.source)),
    }
}

pub(super) fn answers(subject: &Subject<'_>) -> Finding {
    let policy = Policy::new(Level::Balanced).with_engine(EngineChoice::Tagger);
    let document = Document { text: PROBE, name: None, language: None };
    let answer = match subject.compressor.compress(&document, &policy, &Cancel::new()) {
        Ok(answer) => answer,
        Err(error) => return Finding::failed(describe(&error.into()), remedy(&subject.source)),
    };
    let words = |text: &str| text.split_whitespace().count();
    let missing: Vec<_> = PROBE_ATOMS.into_iter().filter(|atom| !answer.text.contains(atom)).collect();
    if !missing.is_empty() {
        return Finding::failed(format!("the probe lost {}", missing.join(", ")), remedy(&subject.source));
    }
    if words(&answer.text) >= words(PROBE) {
        return Finding::failed("the probe came back without a word dropped", remedy(&subject.source));
    }
    Finding::ok(format!("the probe was shortened: {}", answer.receipt))
}

/// What the validator found about the model, if a certificate lies in its folder. A model needs none.
pub(super) fn certificate(subject: &Subject<'_>) -> Finding {
    let ModelSource::Folder(folder) = &subject.source else {
        return Finding::ok("none is needed for the embedded model; its card says how well it does");
    };
    let standing = subject.compressor.load().ok().and_then(|model| certificate::beside(folder, &model.hash));
    match standing {
        None => Finding::ok("none lies beside the model"),
        Some(standing @ Standing::Holds { .. }) => Finding::ok(standing.to_string()),
        Some(standing) => {
            let remedy = format!("delete {}, or certify the model again", folder.join(certificate::FILE).display());
            Finding::warning(standing.to_string(), remedy)
        }
    }
}

fn remedy(source: &ModelSource) -> String {
    match source {
        ModelSource::Embedded { cache } => {
            format!("delete {} and try again; without a model, --engine structural still works", cache.display())
        }
        ModelSource::Folder(_) => "leave out --model to use the embedded model, or fetch the folder again".to_owned(),
    }
}

pub(super) fn tokenizers(_: &Subject<'_>) -> Finding {
    // Published counts of a sentence that every implementation is tried on.
    let wrong: Vec<_> = [Tokenizer::O200kBase, Tokenizer::Cl100kBase]
        .into_iter()
        .filter(|tokenizer| tokenizer.count("tiktoken is great!") != 6)
        .map(Tokenizer::name)
        .collect();
    if wrong.is_empty() {
        let names = Tokenizer::ALL.map(|tokenizer| {
            let about = if tokenizer.exact() { "" } else { " (estimate)" };
            format!("{}{about}", tokenizer.name())
        });
        return Finding::ok(names.join(", "));
    }
    Finding::failed(format!("{} counts wrongly", wrong.join(", ")), "install the program again: its file is damaged")
}
