//! Writes results under an output folder.
//!
//! Invariants
//! - a source is never overwritten, and no two results share a file: both are refused before anything is written
//!   (`tests::sources_and_collisions_are_refused`);
//! - a file is whole or not there: it is written beside, synced and renamed (`tests/cli/interrupts`).

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::inputs::{Input, Source};
use crate::interrupt::Interrupt;

/// The place of each input under the output folder, in order.
pub fn places(root: &Path, inputs: &[Input]) -> anyhow::Result<Vec<PathBuf>> {
    let mut taken: HashMap<PathBuf, &Path> = HashMap::new();
    let mut places = Vec::with_capacity(inputs.len());
    for input in inputs {
        let Source::File { path, under } = &input.source else {
            bail!("a text from stdin has no name to be written under: leave out --output and redirect stdout");
        };
        let place = root.join(under);
        if let Some(other) = taken.insert(place.clone(), path) {
            bail!("{} and {} would both be written to {}", other.display(), path.display(), place.display());
        }
        places.push(place);
    }
    let sources: HashSet<PathBuf> = inputs.iter().filter_map(|input| input.path()?.canonicalize().ok()).collect();
    // A place that does not exist yet is nobody's source.
    let over = places.iter().find(|place| place.canonicalize().is_ok_and(|place| sources.contains(&place)));
    match over {
        Some(place) => bail!("{} is a source and would be overwritten: choose another --output", place.display()),
        None => Ok(places),
    }
}

/// Writes a whole file, or none.
pub fn write(place: &Path, text: &str, interrupt: &Interrupt) -> anyhow::Result<()> {
    write_beside(place, text, interrupt).with_context(|| format!("cannot write {}", place.display()))
}

fn write_beside(place: &Path, text: &str, interrupt: &Interrupt) -> std::io::Result<()> {
    let folder = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut beside = interrupt.at_once(|unfinished| {
        let file = builder().tempfile_in(folder)?;
        *unfinished = Some(file.path().to_owned());
        Ok::<_, std::io::Error>(file)
    })?;
    let written = beside.write_all(text.as_bytes()).and_then(|()| beside.as_file().sync_all());
    interrupt.at_once(|unfinished| {
        *unfinished = None;
        written.and_then(|()| beside.persist(place).map_err(|error| error.error)).map(|_| ())
    })
}

/// A temporary file is for its owner only; a result is for whom the user's mask allows.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".compression-layer-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::fs;

    use super::*;
    use crate::inputs::resolve;

    #[test]
    fn sources_and_collisions_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["a/x.md", "b/x.md"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), name).unwrap();
        }
        let refusal = |output: &str, arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|argument| root.join(argument)).collect();
            places(&root.join(output), &resolve(&arguments).unwrap().list).unwrap_err().to_string()
        };
        assert!(refusal("out", &["a/x.md", "b/x.md"]).contains("would both be written to"));
        assert!(refusal("a", &["a/x.md"]).contains("is a source and would be overwritten"));
        assert!(refusal("b/../a", &["a/x.md"]).contains("is a source"), "however the folder is named");
        assert!(places(Path::new("out"), &resolve(&[]).unwrap().list).is_err(), "stdin has no name");
    }

    #[test]
    fn an_existing_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep/er/out.md");
        let interrupt = Interrupt::default();
        write(&place, "first", &interrupt).unwrap();
        write(&place, "second", &interrupt).unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "second");
        assert_eq!(fs::read_dir(place.parent().unwrap()).unwrap().count(), 1, "nothing else stays");
    }
}
