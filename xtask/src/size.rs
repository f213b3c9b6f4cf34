//! `cargo xtask size`: how much a browser downloads before each kind of page is usable, and after.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// A kind of page: the parts of the app that it needs besides what every page needs, and the most
/// bytes that whoever opens it first may wait for.
struct Page {
    name: &'static str,
    /// None where no script runs.
    parts: &'static [&'static str],
    /// What it needs of what lies apart, by how the names begin: of each the largest file.
    apart: &'static [&'static str],
    limit: usize,
}

/// WASM, JavaScript, CSS and texts together, brotli-compressed. At the door no script runs; the goal for
/// the first page behind it is 260 kB, with which it would live within a second on a slow phone
/// connection. The limits are what the pages take today, and come down with them.
const PAGES: [Page; 7] = [
    Page { name: "sign-in, the first page", parts: &[], apart: &[], limit: 10_500 },
    Page { name: "the lists", parts: &["console"], apart: &[], limit: 517_500 },
    Page {
        name: "the classroom",
        parts: &["classroom"],
        apart: &["texts/classroom.", "styles/classroom."],
        limit: 547_100,
    },
    Page { name: "the audit log", parts: &["console", "audit"], apart: &[], limit: 635_000 },
    Page { name: "a group", parts: &["console", "group"], apart: &[], limit: 728_200 },
    Page { name: "a user", parts: &["console", "user"], apart: &[], limit: 819_500 },
    Page { name: "a room", parts: &["console", "room"], apart: &[], limit: 958_300 },
];

/// Files that no page counts, and the most bytes that each may take, compressed where that pays: what is
/// shown while it is still on its way, or only in some places.
const FILES: [(&str, usize); 9] = [
    ("favicon.svg", 300),
    ("fonts/inter-cyrillic-wght-normal.woff2", 18_800),
    ("fonts/inter-greek-wght-normal.woff2", 19_000),
    ("fonts/inter-latin-ext-wght-normal.woff2", 85_100),
    ("fonts/inter-latin-wght-normal.woff2", 48_300),
    ("fonts/inter-vietnamese-wght-normal.woff2", 10_300),
    ("icons.svg", 4_500),
    ("styles/help.css", 1_000),
    ("styles/print.css", 1_000),
];

/// Which files each part consists of, as the split writes it.
const MANIFEST: &str = "pkg/__wasm_split_manifest.json";

/// What no page that lives can work without, but for the parts that only some need.
const EVERYWHERE: [&str; 3] = ["wasm", "js", "css"];

/// What a page needs in which no script runs.
const WITHOUT_SCRIPT: [&str; 1] = ["css"];

/// Style sheets that not every page waits for: those of the classroom, the help and paper.
const APART: &str = "styles/";

/// Texts that every page needs which lives, in one language.
const TEXTS: &str = "texts/";

/// A file of the site.
struct Sized {
    name: String,
    raw: usize,
    sent: usize,
}

type Parts = BTreeMap<String, Vec<String>>;

/// What somebody waits for who opens a kind of page first.
pub struct PageSize {
    pub name: &'static str,
    /// Bytes, brotli-compressed.
    pub bytes: usize,
}

/// How much each kind of page takes.
pub fn pages(project: &Project) -> Result<Vec<PageSize>> {
    let parts = parts(&project.site())?;
    let files = measure(&project.site())?;
    let size = |it: &Page| PageSize { name: it.name, bytes: total(it, &parts, &files) };
    Ok(PAGES.iter().map(size).collect())
}

/// Prints the sizes; fails when a page or a file has become too heavy.
pub fn check(project: &Project) -> Result {
    let parts = parts(&project.site())?;
    let files = measure(&project.site())?;
    println!("{:>9} {:>9}", "bytes", "brotli");
    for file in &files {
        println!("{:>9} {:>9}  {}", file.raw, file.sent, file.name);
    }
    println!("{:>9} {:>9}", "brotli", "limit");
    let mut heavy: Vec<&str> = files.iter().filter(|it| is_heavy(it)).map(|it| &*it.name).collect();
    for page in PAGES {
        let total = total(&page, &parts, &files);
        println!("{total:>9} {:>9}  before {} is usable", page.limit, page.name);
        if total > page.limit {
            heavy.push(page.name);
        }
    }
    if heavy.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        "these take more bytes than they may",
        heavy.join("; "),
        "find what grew in the list above, and cut it or load it later",
    ))
}

fn is_heavy(file: &Sized) -> bool {
    FILES.iter().any(|(name, limit)| file.name == *name && file.sent > *limit)
}

fn parts(site: &Path) -> Result<Parts> {
    let not_built = || {
        Failure::new(
            "nothing to measure",
            "the site is not built",
            "run `cargo xtask test --only site,size`",
        )
    };
    let manifest = files::read(&site.join(MANIFEST)).map_err(|_| not_built())?;
    serde_json::from_str(&manifest).map_err(|_| not_built())
}

fn measure(site: &Path) -> Result<Vec<Sized>> {
    let mut sizes = Vec::new();
    for path in files::below(site)? {
        let content = fs::read(&path).map_err(|error| Failure::file(&path, &error))?;
        sizes.push(Sized {
            name: path.strip_prefix(site).unwrap_or(&path).display().to_string(),
            raw: content.len(),
            sent: compressed(&content).map_err(|error| Failure::file(&path, &error))?,
        });
    }
    Ok(sizes)
}

/// What every page needs and what this one needs; of the texts, the longest language's.
fn total(page: &Page, parts: &Parts, files: &[Sized]) -> usize {
    let of_any_part: BTreeSet<String> = parts.values().flatten().map(|it| wasm(it)).collect();
    let of_this_page: BTreeSet<String> =
        page.parts.iter().filter_map(|it| parts.get(*it)).flatten().map(|it| wasm(it)).collect();
    let lives = !page.parts.is_empty();
    let waited_for = |name: &str| {
        let kind = name.rsplit_once('.').map_or("", |it| it.1);
        let apart = name.starts_with(APART) || of_any_part.contains(name);
        let kinds = if lives { &EVERYWHERE[..] } else { &WITHOUT_SCRIPT[..] };
        let everywhere = !apart && kinds.contains(&kind);
        everywhere || of_this_page.contains(name)
    };
    let largest = |within: &dyn Fn(&str) -> bool| {
        files.iter().filter(|it| within(&it.name)).map(|it| it.sent).max().unwrap_or_default()
    };
    let is_common = |name: &str| {
        // What lies apart has one more part before its language.
        name.strip_prefix(TEXTS).is_some_and(|it| it.matches('.').count() == 1)
    };
    let texts = if lives { largest(&is_common) } else { 0 };
    let apart: usize = page.apart.iter().map(|it| largest(&|name| name.starts_with(it))).sum();
    let code: usize = files.iter().filter(|it| waited_for(&it.name)).map(|it| it.sent).sum();
    code + texts + apart
}

fn wasm(name: &str) -> String {
    format!("pkg/{name}.wasm")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shrinks_and_noise_does_not_grow() {
        assert!(compressed("again and ".repeat(100).as_bytes()).unwrap() < 50);
        assert_eq!(compressed(b"x").unwrap(), 1);
    }

    #[test]
    fn a_file_of_its_own_is_held_to_its_limit() {
        let icons = |sent| Sized { name: "icons.svg".to_owned(), raw: 1_000_000, sent };
        assert!(is_heavy(&icons(1_000_000)));
        assert!(!is_heavy(&icons(1)));
    }

    #[test]
    fn a_page_takes_what_all_take_its_own_parts_once_and_one_language() {
        let parts = [("gate", ["both", "gate"]), ("console", ["both", "lists"])]
            .map(|(part, names)| (part.to_owned(), names.map(str::to_owned).to_vec()));
        let files = [
            ("app.js", 1),
            ("pkg/both.wasm", 10),
            ("pkg/gate.wasm", 100),
            ("pkg/lists.wasm", 1_000),
            ("pkg/main.wasm", 10_000),
            ("styles/print.css", 100),
            ("pkg/app.css", 2),
            ("texts/en.json", 100_000),
            ("texts/ko.json", 200_000),
            ("texts/apart.en.json", 4_000_000),
            ("texts/apart.ko.json", 3_000_000),
            ("font.woff2", 1_000_000),
        ]
        .map(|(name, sent)| Sized { name: name.to_owned(), raw: sent, sent });
        let page = |parts| Page { name: "", parts, apart: &[], limit: 0 };
        let parts = Parts::from(parts);
        assert_eq!(total(&page(&["gate"]), &parts, &files), 210_113);
        assert_eq!(total(&page(&["gate", "console"]), &parts, &files), 211_113);
        assert_eq!(total(&page(&[]), &parts, &files), 2);
        let more = Page { apart: &["texts/apart."], ..page(&["gate"]) };
        assert_eq!(total(&more, &parts, &files), 4_210_113);
    }
}
