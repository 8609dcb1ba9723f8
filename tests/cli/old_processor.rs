//! A processor without the instructions that the model's runtime was compiled for: said, not crashed into.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::process::Command;

use crate::model::PROSE;
use crate::program::{LOOSE, Run, Scratch, cache, finish, path};

/// Runs the program as a processor of 2008 would.
fn run(scratch: &Scratch, arguments: &[&str]) -> Option<Run> {
    let emulator = e2e::tools::program("qemu-x86_64-static").or_else(|| e2e::tools::program("qemu-x86_64"));
    let Some(emulator) = emulator else {
        e2e::skipped("qemu-user-static is not installed");
        return None;
    };
    let mut command = Command::new(emulator);
    command.args(["-cpu", "Nehalem"]).arg(path()).args(arguments).current_dir(scratch.path());
    command.env("COMPRESSION_LAYER_CACHE", cache());
    Some(finish(command, ""))
}

#[test]
fn a_processor_that_is_too_old_is_told_what_still_works() {
    let scratch = Scratch::with(&[("prose.md", PROSE.as_bytes()), ("loose.md", LOOSE.as_bytes())]);
    let Some(refused) = run(&scratch, &["compress", "prose.md"]) else { return };
    let refused = refused.expect(2).says("this CPU lacks avx2, fma, f16c, bmi2").says("use --engine structural");
    assert_eq!(refused.out, "");
    let Some(structural) = run(&scratch, &["compress", "--engine", "structural", "loose.md"]) else { return };
    assert_eq!(structural.expect(0).out, scratch.run(&["compress", "--engine", "structural", "loose.md"]).out);
    let Some(safe) = run(&scratch, &["compress", "--level", "safe", "loose.md"]) else { return };
    safe.expect(0);
    let Some(doctor) = run(&scratch, &["doctor"]) else { return };
    assert!(doctor.expect(2).out.contains("lacks avx2, fma, f16c, bmi2"));
}
