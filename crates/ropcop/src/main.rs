//! The program `ropcop`; everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    ropcop::hush_panics();
    ropcop::run(std::env::args_os(), &mut ropcop::Streams::standard()).into()
}
