//! `cargo xtask size`: how much a browser downloads before the first page is usable.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// WASM, JavaScript and CSS together, brotli-compressed: where a page still opens within a second
/// on a slow phone connection. A bare Leptos page takes 150 kB of it.
const GOAL: usize = 260_000;

/// What a page takes today. It is twice the goal, and must not grow: whoever brings it down brings
/// this down with it, until it is the goal.
const CEILING: usize = 515_000;

/// What no page can work without.
const WAITED_FOR: [&str; 3] = ["wasm", "js", "css"];

/// A file of the site.
struct Sized {
    name: String,
    raw: usize,
    sent: usize,
    waited_for: bool,
}

/// Prints the sizes; fails when a page has become too heavy.
pub fn check(project: &Project) -> Result {
    let files = measure(&project.site())?;
    let total: usize = files.iter().filter(|file| file.waited_for).map(|file| file.sent).sum();
    if total == 0 {
        return Err(Failure::new(
            "nothing to measure",
            "the site is not built",
            "run `cargo xtask test --only site,size`",
        ));
    }
    print(&files, total);
    if total <= CEILING {
        return Ok(());
    }
    Err(Failure::new(
        format!("a page takes {total} bytes"),
        format!("it took {CEILING} before, and the goal is {GOAL}"),
        "find what grew in the list above, and cut it or load it later",
    ))
}

fn measure(site: &Path) -> Result<Vec<Sized>> {
    let mut sizes = Vec::new();
    for path in files::below(site)? {
        let content = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        sizes.push(Sized {
            name: path.strip_prefix(site).unwrap_or(&path).display().to_string(),
            raw: content.len(),
            sent: compressed(&content).map_err(|error| Failure::file(&path, &error))?,
            waited_for: WAITED_FOR.contains(&extension.as_ref()),
        });
    }
    Ok(sizes)
}

/// The size by brotli at its best, as the server sends it; never more than the content itself.
fn compressed(content: &[u8]) -> std::io::Result<usize> {
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    const BUFFER: usize = 4096;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(content)?;
    Ok(writer.into_inner().len().min(content.len()))
}

fn print(files: &[Sized], total: usize) {
    for waited_for in [true, false] {
        println!("{:>9} {:>9}  {}", "bytes", "brotli", heading(waited_for));
        for file in files.iter().filter(|file| file.waited_for == waited_for) {
            println!("{:>9} {:>9}  {}", file.raw, file.sent, file.name);
        }
    }
    println!("{total} bytes to the first usable page, goal {GOAL}");
}

fn heading(waited_for: bool) -> &'static str {
    if waited_for { "a page waits for" } else { "fonts, icons and the rest" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shrinks_and_noise_does_not_grow() {
        assert!(compressed("again and ".repeat(100).as_bytes()).unwrap() < 50);
        assert_eq!(compressed(b"x").unwrap(), 1);
    }
}
