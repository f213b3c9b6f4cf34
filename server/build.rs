//! Embeds the files of the site: named by their content, and compressed once for all.
//!
//! `ROLLCALL_SITE` names the folder that holds them. Without it nothing is embedded, which is enough
//! to check, document and test.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Files that browsers and robots ask for by a fixed name.
const WELL_KNOWN: [&str; 2] = ["/favicon.svg", "/robots.txt"];

/// Written beside the files when the app is split into parts: the files of each.
const PARTS: &str = "/pkg/__wasm_split_manifest.json";

/// A file on its way into the binary.
struct File {
    /// Its path in the site, such as `/pkg/rollcall.css`.
    source: String,
    /// The path under which it is served.
    path: String,
    content: Vec<u8>,
}

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=ROLLCALL_SITE");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut files = match env::var_os("ROLLCALL_SITE") {
        Some(folder) => {
            println!("cargo::rerun-if-changed={}", folder.display());
            read_folder(Path::new(&folder))?
        }
        None => BTreeMap::new(),
    };
    let manifest = files.remove(PARTS);
    let files = named_by_content(files)?;
    fs::write(out.join("parts.rs"), parts(manifest.as_deref().unwrap_or(b"{}"), &files)?)?;
    let mut table = String::from("&[\n");
    for (number, file) in files.iter().enumerate() {
        write_entry(&mut table, &out, number, file)?;
    }
    table.push(']');
    fs::write(out.join("site.rs"), table)?;
    Ok(())
}

/// Which files each part of the app consists of, as a table of their paths.
fn parts(manifest: &[u8], files: &[File]) -> Result<String> {
    let manifest: BTreeMap<String, Vec<String>> = serde_json::from_slice(manifest)?;
    let mut table = String::from("&[\n");
    for (part, names) in &manifest {
        let paths = names.iter().map(|name| {
            let source = format!("/pkg/{name}.wasm");
            let file = files.iter().find(|it| it.source == source);
            Ok(file
                .ok_or_else(|| format!("{PARTS} names {source}, which is missing"))?
                .path
                .as_str())
        });
        writeln!(table, "({part:?}, &{:?}),", paths.collect::<Result<Vec<_>>>()?)?;
    }
    table.push(']');
    Ok(table)
}

/// All files below a folder by their path in the site.
fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .map_err(|error| format!("ROLLCALL_SITE: cannot read {}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative =
                    path.strip_prefix(root)?.to_str().ok_or("a file name is not UTF-8")?;
                files.insert(format!("/{relative}"), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// Gives each file its path. Scripts and style sheets come last: they name other files.
fn named_by_content(mut files: BTreeMap<String, Vec<u8>>) -> Result<Vec<File>> {
    let scripts = take(&mut files, "js");
    let styles = take(&mut files, "css");
    let mut named: Vec<File> =
        files.into_iter().map(|(source, content)| name(source, content)).collect();
    named.extend(name_scripts(scripts, &named)?);
    for (source, content) in styles {
        let content = rename_references(&source, &String::from_utf8(content)?, &named)?;
        named.push(name(source, content.into_bytes()));
    }
    Ok(named)
}

fn take(files: &mut BTreeMap<String, Vec<u8>>, kind: &str) -> BTreeMap<String, Vec<u8>> {
    files.extract_if(.., |source, _| extension(source) == kind).collect()
}

fn name(source: String, content: Vec<u8>) -> File {
    let path = if WELL_KNOWN.contains(&source.as_str()) {
        source.clone()
    } else {
        hashed(&source, &content)
    };
    File { source, path, content }
}

fn hashed(source: &str, content: &[u8]) -> String {
    let (stem, extension) = source.rsplit_once('.').unwrap_or((source, ""));
    let hash =
        Sha256::digest(content).iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte));
    format!("{stem}-{hash:016x}.{extension}")
}

/// Scripts import each other, in circles: all of them are named by the content of all of them.
fn name_scripts(scripts: BTreeMap<String, Vec<u8>>, named: &[File]) -> Result<Vec<File>> {
    let mut texts = BTreeMap::new();
    for (source, content) in scripts {
        let others = named.iter().map(|it| (it.source.as_str(), it.path.as_str()));
        texts.insert(source, rename_imports(String::from_utf8(content)?, others));
    }
    let together = texts.values().cloned().collect::<String>();
    let paths: BTreeMap<&str, String> =
        texts.keys().map(|it| (it.as_str(), hashed(it, together.as_bytes()))).collect();
    let all = || paths.iter().map(|(source, path)| (*source, path.as_str()));
    Ok(texts
        .iter()
        .map(|(source, text)| File {
            source: source.clone(),
            path: paths[source.as_str()].clone(),
            content: rename_imports(text.clone(), all()).into_bytes(),
        })
        .collect())
}

/// Points what a script imports and fetches to where it is served: all of that is in its own folder.
/// The WASM knows the modules that it imports by their first names, which therefore stay elsewhere.
fn rename_imports<'a>(text: String, files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    files.fold(text, |text, (source, path)| {
        let (before, after) = (file_name(source), file_name(path));
        ["from\"./", "from \"./", "URL(\"./"].into_iter().fold(text, |text, start| {
            text.replace(&format!("{start}{before}\""), &format!("{start}{after}\""))
        })
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |it| it.1)
}

/// Points `url(/fonts/…)` to where the files are served.
fn rename_references(style: &str, text: &str, files: &[File]) -> Result<String> {
    let mut renamed = text.to_owned();
    for file in files {
        for (before, after) in [("(", ")"), ("(\"", "\")"), ("('", "')")] {
            renamed = renamed.replace(
                &format!("{before}{}{after}", file.source),
                &format!("{before}{}{after}", file.path),
            );
        }
    }
    let missing = renamed.split("url(").skip(1).filter_map(|it| it.split(')').next()).find(|url| {
        let url = url.trim_matches(['"', '\'']);
        url.starts_with('/') && files.iter().all(|it| it.path != url)
    });
    match missing {
        Some(url) => Err(format!("{style} refers to {url}, which the site doesn't have").into()),
        None => Ok(renamed),
    }
}

/// Writes a file's contents beside the table, and its entry into the table.
fn write_entry(table: &mut String, out: &Path, number: usize, file: &File) -> Result<()> {
    let File { source, path, content } = file;
    let (gzip, brotli) = (gzip(content)?, brotli(content)?);
    // Fonts and pictures are compressed already: a twentieth is not worth unpacking.
    let coded = if gzip.len() * 20 > content.len() * 19 {
        format!("(None, {})", keep(out, number, "plain", content)?)
    } else {
        let gzip = keep(out, number, "gzip", &gzip)?;
        let brotli = keep(out, number, "brotli", &brotli)?;
        format!("(Some(\"br\"), {brotli}), (Some(\"gzip\"), {gzip})")
    };
    let content_type = content_type(source)?;
    let immutable = !WELL_KNOWN.contains(&source.as_str());
    writeln!(
        table,
        "File {{ source: {source:?}, path: {path:?}, content_type: {content_type:?}, \
         immutable: {immutable}, coded: &[{coded}] }},"
    )?;
    Ok(())
}

fn keep(out: &Path, number: usize, coding: &str, content: &[u8]) -> Result<String> {
    let path = out.join(format!("{number}.{coding}"));
    fs::write(&path, content)?;
    let path = path.to_str().ok_or("the path of the build folder is not UTF-8")?;
    Ok(format!("include_bytes!({path:?}).as_slice()"))
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn content_type(source: &str) -> Result<&'static str> {
    match extension(source) {
        "css" => Ok("text/css; charset=utf-8"),
        "js" => Ok("text/javascript; charset=utf-8"),
        "wasm" => Ok("application/wasm"),
        "svg" => Ok("image/svg+xml"),
        "png" => Ok("image/png"),
        "ico" => Ok("image/x-icon"),
        "woff2" => Ok("font/woff2"),
        "json" => Ok("application/json"),
        "txt" => Ok("text/plain; charset=utf-8"),
        _ => Err(format!("{source}: no content type is known for it; see server/build.rs").into()),
    }
}

fn extension(source: &str) -> &str {
    source.rsplit_once('.').map_or("", |it| it.1)
}
