//! `compression-validator`: the program. What it does is in the library beside it.

fn main() -> std::process::ExitCode {
    validator::run()
}
