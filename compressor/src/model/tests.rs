use super::*;

#[test]
fn the_embedded_manifest_is_whole() {
    let manifest = unpack::manifest();
    assert_eq!(manifest.files.len(), 4);
    assert_eq!(manifest.hash().len(), 64);
}

#[test]
fn a_manifest_that_contradicts_itself_is_refused() {
    let whole = include_str!("../../../models/embedded/manifest.toml");
    let path = Path::new("manifest.toml");
    for (from, to, reason) in [
        ("role = \"heads\"", "role = \"encoder\"", "2 files have the role Encoder"),
        ("name = \"tokenizer.json\"", "name = \"../tokenizer.json\"", "leaves the folder"),
        ("window = 256", "window = 100", "does not fit a window of 100"),
        ("keep_class = 1", "keep_class = 7", "keep_class is 7"),
        ("keep_threshold = 0.3", "keep_threshold = 5.0", "threshold 5 is not in [0, 1]"),
    ] {
        assert!(whole.contains(from), "{from}");
        let error = Manifest::parse(&whole.replacen(from, to, 1), path).expect_err(reason);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn a_changed_manifest_has_another_fingerprint() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = ModelSource::Folder(folder.path().to_owned());
    assert_eq!(source.fingerprint(), None);
    std::fs::write(folder.path().join("manifest.toml"), "a").expect("writes");
    let first = source.fingerprint().expect("readable");
    assert_eq!(source.fingerprint().as_deref(), Some(first.as_str()));
    std::fs::write(folder.path().join("manifest.toml"), "b").expect("writes");
    assert_ne!(source.fingerprint(), Some(first));
    assert_eq!(ModelSource::Embedded { cache: folder.path().to_owned() }.fingerprint(), None);
}
