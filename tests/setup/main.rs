//! `scripts/setup` on machines that lack something, played by a folder of stand-ins for compilers and package managers.
//!
//! Invariants
//! - nothing is installed that is there, and nothing is asked (`tests/setup::a_complete_machine_is_left_alone`);
//! - what cannot be installed is named, with its reason and exit code 2 (`tests/setup::an_unknown_machine_is_told_what_is_missing`).

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Programs of every Unix that the script itself needs.
const EVERYWHERE: [&str; 14] =
    ["sh", "env", "dirname", "sed", "awk", "cut", "sort", "head", "grep", "tr", "cat", "mkdir", "getconf", "chmod"];

/// A machine that has no more than what is put on it. Its folder has a space in its name.
struct Machine {
    folder: TempDir,
}

impl Machine {
    /// A user's machine with Rust but neither compiler nor package manager.
    fn new() -> Self {
        let machine = Self { folder: tempfile::Builder::new().prefix("a machine ").tempdir().expect("a folder") };
        fs::create_dir(machine.bin()).expect("a folder");
        for program in EVERYWHERE {
            std::os::unix::fs::symlink(real(program), machine.bin().join(program)).expect("a link");
        }
        machine.add("cargo", "echo cargo 1.95.0");
        machine.user(1000);
        machine
    }

    /// A machine with all that a build needs.
    fn complete() -> Self {
        let machine = Self::new();
        machine.add("cc", ":");
        machine.add("c++", ":");
        machine.add("cmake", ":");
        machine.libclang();
        machine
    }

    fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    /// Puts a program there.
    fn add(&self, name: &str, script: &str) {
        let path = self.bin().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("rights");
    }

    fn user(&self, id: u32) {
        self.add("id", &format!("echo {id}"));
    }

    /// Puts libclang and its headers where Debian has them.
    fn libclang(&self) {
        let library = self.folder.path().join("usr/lib/llvm-19/lib");
        fs::create_dir_all(library.join("clang/19/include")).expect("a folder");
        fs::write(library.join("clang/19/include/stddef.h"), "").expect("a file");
        fs::write(library.join("libclang.so.1"), "").expect("a file");
    }

    /// Puts a package manager there that records how it was called, and brings a C++ compiler and cmake.
    fn manager(&self, name: &str) {
        let bin = self.bin();
        self.add(
            name,
            &format!(
                "echo \"{name} $*\" >>\"$CALLS\"\n\
                 for program in c++ cmake; do\n\
                 printf '#!/bin/sh\\n' >'{0}'/$program && chmod 755 '{0}'/$program\n\
                 done",
                bin.display()
            ),
        );
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.folder.path().join("calls")).unwrap_or_default()
    }

    /// Runs the script from a folder that is not the project's.
    fn setup(&self, arguments: &[&str]) -> Output {
        Command::new("/bin/sh")
            .arg(root().join("scripts/setup"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", self.bin())
            .env("HOME", self.folder.path())
            .env("SETUP_ROOT", self.folder.path())
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"))
            .env("CALLS", self.folder.path().join("calls"))
            .stdin(Stdio::null())
            .output()
            .expect("the script starts")
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the root").to_path_buf()
}

/// Where this machine has a program.
fn real(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("a PATH");
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.exists()).expect(program)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_complete_machine_is_left_alone() {
    let machine = Machine::complete();
    machine.manager("apt-get");
    let output = machine.setup(&[]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "setup: everything is here\n"));
    assert_eq!(machine.calls(), "");
}

#[test]
fn what_is_missing_is_installed_with_sudo_and_its_reason() {
    let machine = Machine::new();
    machine.add("cc", ":");
    machine.libclang();
    machine.manager("apt-get");
    machine.add("sudo", "echo \"sudo $*\" >>\"$CALLS\"\n[ \"$1\" = -n ] && shift\nexec \"$@\"");
    let output = machine.setup(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "setup: missing: a C++ compiler, which compiles llama.cpp\n\
         setup: missing: cmake, which drives the build of llama.cpp\n\
         setup: installing with apt-get: g++ cmake\n\
         setup: everything is here\n"
    );
    assert_eq!(
        machine.calls(),
        "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends g++ cmake\n\
         apt-get install -y --no-install-recommends g++ cmake\n"
    );
}

#[test]
fn root_needs_no_sudo_and_each_manager_is_spoken_to_in_its_words() {
    for (manager, call) in [
        ("apt-get", "apt-get install -y --no-install-recommends g++ cmake\n"),
        ("dnf", "dnf install -y gcc-c++ cmake\n"),
        ("pacman", "pacman -S --needed --noconfirm gcc cmake\n"),
        ("brew", "brew install gcc cmake\n"),
    ] {
        let machine = Machine::new();
        machine.user(0);
        machine.add("cc", ":");
        machine.libclang();
        machine.manager(manager);
        let output = machine.setup(&[]);
        assert_eq!(output.status.code(), Some(0), "{manager}: {}", stderr(&output));
        assert_eq!(machine.calls(), call);
    }
}

#[test]
fn a_fresh_machine_fetches_its_package_lists_first() {
    let machine = Machine::complete();
    machine.user(0);
    fs::remove_file(machine.bin().join("cmake")).expect("it was there");
    machine.add(
        "apt-get",
        &format!(
            "echo \"apt-get $*\" >>\"$CALLS\"\n\
             case $1 in\n\
             update) : >\"$CALLS.lists\" ;;\n\
             *) [ -e \"$CALLS.lists\" ] && cat \"$0\" >'{0}/cmake' && chmod 755 '{0}/cmake' ;;\n\
             esac",
            machine.bin().display()
        ),
    );
    let output = machine.setup(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        machine.calls(),
        "apt-get install -y --no-install-recommends cmake\n\
         apt-get update\n\
         apt-get install -y --no-install-recommends cmake\n"
    );
}

#[test]
fn an_unknown_machine_is_told_what_is_missing() {
    let output = Machine::new().setup(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "setup: missing, and none of the package managers this script knows is here (apt-get, dnf, pacman, brew):\n  \
         - a C compiler, which links Rust programs and compiles the tree-sitter grammars\n  \
         - a C++ compiler, which compiles llama.cpp\n  \
         - cmake, which drives the build of llama.cpp\n  \
         - libclang, which reads the headers of llama.cpp for its Rust bindings\n\
         Install them, then run the same command again.\n"
    );
}

#[test]
fn without_root_and_sudo_the_packages_are_named() {
    let machine = Machine::new();
    machine.add("cc", ":");
    machine.libclang();
    machine.manager("dnf");
    let output = machine.setup(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("only root may run `dnf`. As root, install gcc-c++ cmake"), "{}", stderr(&output));
    assert_eq!(machine.calls(), "");
}

#[test]
fn an_installation_that_brings_too_little_is_no_success() {
    let machine = Machine::new();
    machine.user(0);
    machine.add("cc", ":");
    machine.manager("apt-get");
    let output = machine.setup(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("and yet missing:\n  - libclang"), "{}", stderr(&output));
}

#[test]
fn a_machine_without_rust_is_sent_to_rustup() {
    let machine = Machine::complete();
    fs::remove_file(machine.bin().join("cargo")).expect("it was there");
    let output = machine.setup(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("missing: cargo") && stderr(&output).contains("https://rustup.rs"));
}

#[test]
fn a_rust_that_is_too_old_is_named() {
    for (version, code) in [("1.94.1", 2), ("1.9.0", 2), ("1.95.0", 0), ("1.100.0-nightly", 0), ("2.0.0", 0)] {
        let machine = Machine::complete();
        machine.add("cargo", &format!("echo 'cargo {version} (0123abcd 2026-01-01)'"));
        let output = machine.setup(&[]);
        assert_eq!(output.status.code(), Some(code), "{version}: {}", stderr(&output));
    }
}

#[test]
fn a_licence_checker_that_does_not_compile_stops_nothing() {
    let machine = Machine::complete();
    machine
        .add("cargo", "case $1 in --version) echo cargo 1.95.0 ;; *) echo \"cargo $*\" >>\"$CALLS\"; exit 101 ;; esac");
    let output = machine.setup(&["--checks"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("cargo-deny could not be installed; its check will be skipped"));
    assert!(machine.calls().starts_with("cargo install --quiet --locked --root"));
}
