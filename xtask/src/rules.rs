//! Rules of the architecture that no compiler checks: things counted in the sources, each with the
//! number allowed.

use std::path::Path;

use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// A file of the project that is or will be under version control.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_rust_below(&self, folder: &str) -> bool {
        self.path.starts_with(folder) && self.has_extension("rs")
    }

    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension() == Some(extension.as_ref())
    }

    /// The places of the lines that `counts` picks.
    fn lines(&self, counts: impl Fn(&str) -> bool) -> Vec<String> {
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| counts(line))
            .map(|(index, _)| self.place(index))
            .collect()
    }

    fn place(&self, line_index: usize) -> String {
        format!("{}:{}", self.path, line_index + 1)
    }
}

struct Rule {
    name: &'static str,
    reason: &'static str,
    allowed: usize,
    /// Every place in one file that counts.
    places: fn(&Source) -> Vec<String>,
}

const RULES: [Rule; 5] = [
    Rule {
        name: "one line of conditional compilation in app",
        reason: "views must read the same for server and browser; what only the server has is one \
                 module",
        allowed: 1,
        places: conditional_compilation,
    },
    Rule {
        name: "SQL in backend only",
        reason: "use cases are the one way to the data",
        allowed: 0,
        places: sql_outside_backend,
    },
    Rule {
        name: "nothing left unfinished",
        reason: "what has to be done is an issue, not a note in the source",
        allowed: 0,
        places: unfinished_work,
    },
    Rule {
        name: "no inline styles",
        reason: "the content security policy blocks them: use a class",
        allowed: 0,
        places: inline_styles,
    },
    Rule {
        name: "every server function names its endpoint",
        reason: "addresses must not change with the code's layout",
        allowed: 0,
        places: server_functions_without_endpoint,
    },
];

pub fn check(project: &Project) -> Result {
    let sources = sources(project)?;
    let mut broken = Vec::new();
    for rule in &RULES {
        let places: Vec<String> = sources.iter().flat_map(rule.places).collect();
        if places.len() > rule.allowed {
            eprintln!(
                "{} ({} allowed, {} found), because {}:\n  {}",
                rule.name,
                rule.allowed,
                places.len(),
                rule.reason,
                places.join("\n  ")
            );
            broken.push(rule.name);
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        "rules of the architecture",
        format!("broken: {}", broken.join("; ")),
        "change the places named above",
    ))
}

/// The text files that git knows or would add, but for this one, which has to name what it seeks.
fn sources(project: &Project) -> Result<Vec<Source>> {
    let listing = command::quietly(
        command::program(project, "git").args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
            "-z",
        ]),
        "listing the sources",
        "install git, and work in a clone of the repository",
    )?;
    Ok(listing
        .split_terminator('\0')
        .filter(|path| *path != "xtask/src/rules.rs")
        .filter_map(|path| {
            let text = files::read(&project.path(path)).ok()?;
            Some(Source { path: path.to_owned(), text })
        })
        .collect())
}

fn conditional_compilation(source: &Source) -> Vec<String> {
    if !source.is_rust_below("app/src/") {
        return Vec::new();
    }
    source.lines(|line| {
        is_code(line)
            && ["cfg(", "cfg!(", "cfg_attr("].iter().any(|form| line.contains(form))
            && !line.contains("cfg(test)")
    })
}

fn sql_outside_backend(source: &Source) -> Vec<String> {
    if source.path.starts_with("backend/") || !source.is_rust_below("") {
        return Vec::new();
    }
    source.lines(|line| is_code(line) && line.contains("sqlx::"))
}

fn unfinished_work(source: &Source) -> Vec<String> {
    if source.has_extension("lock") || source.path.ends_with("-lock.json") {
        return Vec::new();
    }
    source.lines(|line| {
        line.split(|character: char| !character.is_alphanumeric())
            .any(|word| ["TODO", "FIXME", "XXX", "HACK"].contains(&word))
            || line.to_lowercase().contains("for now")
    })
}

/// `style="…"`, `style=move || …` and `style:width=…`, as the view macro takes them.
fn inline_styles(source: &Source) -> Vec<String> {
    if !source.is_rust_below("app/src/") {
        return Vec::new();
    }
    source.lines(|line| {
        is_code(line)
            && line
                .split(|character: char| character.is_whitespace() || character == '<')
                .filter_map(|word| word.strip_prefix("style"))
                .any(|rest| rest.starts_with('=') || rest.starts_with(':') && rest.contains('='))
    })
}

fn server_functions_without_endpoint(source: &Source) -> Vec<String> {
    if !source.is_rust_below("app/src/") {
        return Vec::new();
    }
    let attributes = source.text.match_indices("#[server");
    attributes
        .filter(|(start, _)| {
            let attribute = &source.text[*start..];
            let end = attribute.find(']').unwrap_or(attribute.len());
            // That one stands before an argument, and is no function's.
            attribute[..end] != *"#[server(default)" && !attribute[..end].contains("endpoint =")
        })
        .map(|(start, _)| source.place(source.text[..start].matches('\n').count()))
        .collect()
}

fn is_code(line: &str) -> bool {
    !line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn conditional_compilation_counts_in_app_but_for_tests() {
        let text = "#[cfg(test)]\n// cfg(x)\n#[cfg(feature = \"ssr\")]\nif cfg!(windows) {}";
        assert_eq!(
            conditional_compilation(&source("app/src/lib.rs", text)),
            ["app/src/lib.rs:3", "app/src/lib.rs:4"]
        );
        assert!(conditional_compilation(&source("server/src/main.rs", text)).is_empty());
    }

    #[test]
    fn sql_counts_everywhere_but_in_backend() {
        let text = "use sqlx::Row;";
        assert_eq!(sql_outside_backend(&source("server/src/a.rs", text)), ["server/src/a.rs:1"]);
        assert!(sql_outside_backend(&source("backend/src/a.rs", text)).is_empty());
        assert!(sql_outside_backend(&source("README.md", text)).is_empty());
    }

    #[test]
    fn notes_of_unfinished_work_count_as_words() {
        let text = "/* TODO: more */\nFOXXXY\nGood for nowhere, good for Now.\n";
        assert_eq!(
            unfinished_work(&source("style/a.css", text)),
            ["style/a.css:1", "style/a.css:3"]
        );
        assert!(unfinished_work(&source("package-lock.json", text)).is_empty());
    }

    #[test]
    fn style_attributes_count_and_variables_do_not() {
        let text = "<p style=\"color: red\">\n<p class=\"a\" style=move || x>\n<p style:width=w>\n\
                    let style = 1;\nA { style: B }\nuse style::C;\n";
        assert_eq!(
            inline_styles(&source("app/src/a.rs", text)),
            ["app/src/a.rs:1", "app/src/a.rs:2", "app/src/a.rs:3"]
        );
    }

    #[test]
    fn server_functions_need_an_endpoint() {
        let text = "#[server]\nfn a() {}\n\n#[server(\n    prefix = \"/api\",\n    endpoint = \"b\"\n)]\n\
                    #[server(prefix = \"/api\")]\n";
        assert_eq!(
            server_functions_without_endpoint(&source("app/src/a.rs", text)),
            ["app/src/a.rs:1", "app/src/a.rs:8"]
        );
    }
}
