//! The Python packages of `requirements.txt`, installed once into the target folder.
//!
//! Invariants
//! - a package that is not what it was when it was chosen is an error, and no reason to skip.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Written last.
const COMPLETE: &str = "complete";

/// A folder of programs that are run by name.
const PROGRAMS: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// A program of the packages. Where it cannot be had, the test that asks is to return at once: the reason is printed.
pub fn program(name: &str) -> Option<PathBuf> {
    static INSTALLED: LazyLock<Result<PathBuf, String>> = LazyLock::new(install);
    let found = INSTALLED.clone().and_then(|folder| {
        let program = folder.join(PROGRAMS).join(name);
        if program.exists() { Ok(program) } else { Err(format!("there is no {name} for this machine")) }
    });
    found.inspect_err(|reason| e2e::skipped(reason)).ok()
}

fn install() -> Result<PathBuf, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(target).unwrap();
    // Two test runs may share the folder.
    let lock = File::create(target.join("clients-venv.lock")).unwrap();
    lock.lock().unwrap();
    let digest: [u8; 32] = Sha256::digest(REQUIREMENTS).into();
    let key = format!("{:016x}", digest.iter().take(8).fold(0_u64, |key, &byte| key << 8 | u64::from(byte)));
    let folder = target.join("clients-venv").join(key);
    if folder.join(COMPLETE).exists() {
        return Ok(folder);
    }
    let python = ["python3", "python"].into_iter().find(|name| is_python(name));
    let python = python.ok_or("Python 3.11 or later is not installed")?;
    let mut make = Command::new(python);
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    run(make).map_err(|output| format!("Python makes no virtual environment: {}", last_line(&output)))?;
    let mut install = Command::new(folder.join(PROGRAMS).join("python"));
    install.args(["-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "--only-binary=:all:", "-r"]);
    install.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/requirements.txt"));
    run(install).map_err(|output| {
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("DO NOT MATCH THE HASHES"), "{said}");
        format!("the Python packages cannot be installed: {}", last_line(&output))
    })?;
    File::create(folder.join(COMPLETE)).unwrap();
    Ok(folder)
}

fn is_python(name: &str) -> bool {
    let mut command = Command::new(name);
    command.args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
    run(command).is_ok()
}

/// Runs a command to its end; an error if it fails or is not there.
fn run(mut command: Command) -> Result<(), Output> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(output),
        Err(error) => {
            Err(Output { status: <_>::default(), stdout: Vec::new(), stderr: error.to_string().into_bytes() })
        }
    }
}

fn last_line(output: &Output) -> String {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").trim().to_owned()
}
