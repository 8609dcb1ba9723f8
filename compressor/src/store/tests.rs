use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::*;

const LARGE: u64 = 1 << 20;

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn open(folder: &Path, limit: u64) -> Store {
    Store::open(folder.to_owned(), limit).expect("opens")
}

fn file(folder: &Path, handle: &Handle) -> PathBuf {
    folder.join(handle.whole())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("ASCII")).collect()
}

/// Makes a file so many seconds young.
fn dated(path: &Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().write(true).open(path).expect("there").set_modified(time).expect("ours");
}

fn both(limit: u64) -> (tempfile::TempDir, [Store; 2]) {
    let scratch = scratch();
    let stores = [open(&scratch.path().join("a/b"), limit), Store::in_memory(limit)];
    (scratch, stores)
}

#[test]
fn what_was_put_comes_back() {
    let (_scratch, stores) = both(LARGE);
    for store in stores {
        for text in ["", "a text\r\nwith lines\n", "größe 日本 \u{0}"] {
            let handle = store.put(text).expect("stored");
            assert_eq!(handle.to_string().len(), 16);
            assert!(handle.whole().starts_with(&handle.to_string()));
            assert_eq!(store.put(text).expect("again"), handle);
            for asked in [handle.to_string(), handle.whole().to_owned(), format!(" {} ", handle.whole().to_uppercase())]
            {
                assert_eq!(store.get(&asked).expect("there"), text, "{asked}");
            }
        }
    }
}

#[test]
fn a_handle_of_nothing_is_a_clear_error() {
    let (_scratch, stores) = both(LARGE);
    for store in stores {
        store.put("something").expect("stored");
        for malformed in
            ["", "abc", "zzzzzzzzzzzzzzzzzz", "../../../etc/passwd", &"a".repeat(65), "0123456789abcde\u{e9}"]
        {
            assert!(matches!(store.get(malformed), Err(StoreError::Malformed)), "{malformed}");
        }
        for unknown in ["0123456789abcdef".to_owned(), "0".repeat(64)] {
            assert!(matches!(store.get(&unknown), Err(StoreError::Unknown { .. })), "{unknown}");
        }
    }
}

#[test]
fn two_texts_of_one_beginning_are_told_apart() {
    let scratch = scratch();
    let store = open(scratch.path(), LARGE);
    let handle = store.put("one").expect("stored");
    let other = handle.to_string() + &"0".repeat(48);
    std::fs::write(scratch.path().join(&other), "other").expect("writes");
    assert!(matches!(store.get(&handle.to_string()), Err(StoreError::Ambiguous { .. })));
    assert_eq!(store.get(handle.whole()).expect("there"), "one");
}

#[test]
fn a_damaged_file_is_removed_and_reported() {
    let scratch = scratch();
    let store = open(scratch.path(), LARGE);
    let handle = store.put("whole").expect("stored");
    for damage in [&b"whale"[..], b"", b"\xff\xfe"] {
        std::fs::write(file(scratch.path(), &handle), damage).expect("writes");
        assert!(matches!(store.get(&handle.to_string()), Err(StoreError::Damaged { .. })));
        assert!(matches!(store.get(&handle.to_string()), Err(StoreError::Unknown { .. })));
        // Whoever puts it again mends it, also where nobody has noticed.
        std::fs::write(file(scratch.path(), &handle), damage).expect("writes");
        store.put("whole").expect("stored");
        assert_eq!(store.get(&handle.to_string()).expect("mended"), "whole");
    }
}

#[test]
fn the_oldest_go_first() {
    let scratch = scratch();
    let store = open(scratch.path(), 100);
    let text = |letter: &str| letter.repeat(30);
    let handles: Vec<Handle> = ["a", "b", "c"].iter().map(|letter| store.put(&text(letter)).expect("stored")).collect();
    for (handle, age) in handles.iter().zip(1..) {
        dated(&file(scratch.path(), handle), age);
    }
    store.get(handles[0].whole()).expect("there, and now the youngest");
    let last = store.put(&text("d")).expect("stored");
    assert!(matches!(store.get(handles[1].whole()), Err(StoreError::Unknown { .. })), "the oldest");
    for handle in [&handles[0], &handles[2], &last] {
        store.get(handle.whole()).expect("there");
    }
    // Put again, it is the youngest, too.
    for (handle, age) in [&handles[0], &handles[2], &last].into_iter().zip(1..) {
        dated(&file(scratch.path(), handle), age);
    }
    store.put(&text("a")).expect("stored");
    store.put(&text("e")).expect("stored");
    assert!(store.get(handles[2].whole()).is_err());
    store.get(handles[0].whole()).expect("there");
    let total: u64 = names(scratch.path())
        .iter()
        .map(|name| std::fs::metadata(scratch.path().join(name)).expect("there").len())
        .sum();
    assert!(total <= 100, "{total}");
}

#[test]
fn memory_keeps_to_its_limit_too() {
    let store = Store::in_memory(100);
    let text = |letter: &str| letter.repeat(30);
    let handles: Vec<Handle> = ["a", "b", "c"].iter().map(|letter| store.put(&text(letter)).expect("stored")).collect();
    store.get(handles[0].whole()).expect("there");
    store.put(&text("d")).expect("stored");
    assert!(store.get(handles[1].whole()).is_err());
    store.get(handles[0].whole()).expect("there");
}

#[test]
fn what_others_left_is_counted_when_opened() {
    let scratch = scratch();
    let first = open(scratch.path(), 100).put(&"a".repeat(80)).expect("stored");
    dated(&file(scratch.path(), &first), 1);
    let store = open(scratch.path(), 100);
    store.put(&"b".repeat(80)).expect("stored");
    assert!(store.get(first.whole()).is_err());
}

#[test]
fn a_text_beyond_the_limit_is_refused() {
    let (_scratch, stores) = both(10);
    for store in stores {
        let error = store.put("eleven byte").expect_err("too large");
        assert!(matches!(error, StoreError::TooLarge { bytes: 11, limit: 10 }), "{error}");
        store.put("ten bytes!").expect("just fits");
    }
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = scratch();
    let folder = scratch.path().join("new");
    let handle = open(&folder, LARGE).put("private").expect("stored");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&file(&folder, &handle)), 0o600);
}

#[test]
fn leftovers_of_killed_processes_go() {
    let scratch = scratch();
    std::fs::write(scratch.path().join("unfinished-dead"), "half").expect("writes");
    let working = scratch.path().join("unfinished-working");
    let file = File::create(&working).expect("writes");
    file.lock().expect("locks");
    std::fs::write(scratch.path().join("notes.txt"), "the user's").expect("writes");
    drop(open(scratch.path(), LARGE));
    let mut left = names(scratch.path());
    left.sort();
    assert_eq!(left, ["notes.txt", "unfinished-working"], "another process still writes the one");
    drop(file);
    drop(open(scratch.path(), LARGE));
    assert_eq!(names(scratch.path()), ["notes.txt"]);
}

#[test]
fn many_may_put_and_open_at_once() {
    let scratch = scratch();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let folder = scratch.path();
            scope.spawn(move || {
                for round in 0..20 {
                    // Opening looks for leftovers while others write.
                    let store = open(folder, LARGE);
                    for text in [format!("shared {round}"), format!("{thread} alone {round}")] {
                        let handle = store.put(&text).expect("stored");
                        assert_eq!(store.get(&handle.to_string()).expect("there"), text);
                    }
                }
            });
        }
    });
    assert_eq!(names(scratch.path()).len(), 20 + 8 * 20, "and nothing unfinished");
}

#[test]
fn a_folder_that_is_removed_is_made_again() {
    let scratch = scratch();
    let folder = scratch.path().join("originals");
    let store = open(&folder, LARGE);
    std::fs::remove_dir_all(&folder).expect("ours");
    let handle = store.put("text").expect("stored");
    assert_eq!(store.get(&handle.to_string()).expect("there"), "text");
}

#[test]
fn a_folder_that_is_a_file_is_a_clear_error() {
    let scratch = scratch();
    let path = scratch.path().join("file");
    std::fs::write(&path, "").expect("writes");
    assert!(matches!(Store::open(path, LARGE), Err(StoreError::File { .. })));
}
