//! The `rollcall` binary.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A page is thousands of small pieces of memory, and the system's allocator takes a quarter of all the
/// time that a page does.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    server::run(std::env::args_os())
}
