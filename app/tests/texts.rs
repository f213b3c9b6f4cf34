//! The language files are complete, and hold nothing that nobody uses.
#![expect(clippy::unwrap_used, reason = "a test that can't read its files has failed")]

use std::{collections::BTreeMap, fs, path::Path};

/// All texts of a language, those of the help and of the classroom included.
fn texts(locale: &str) -> BTreeMap<String, String> {
    let mut texts = texts_in(&format!("{locale}.yml"));
    texts.extend(texts_in(&format!("help.{locale}.yml")));
    texts.extend(texts_in(&format!("classroom.{locale}.yml")));
    texts
}

fn texts_in(file: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(file);
    let mut texts = BTreeMap::new();
    let mut path_to = Vec::<(usize, String)>::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let depth = key.len() - key.trim_start().len();
        let name = key.trim().trim_matches('"').to_owned();
        path_to.retain(|(it, _)| *it < depth);
        path_to.push((depth, name));
        if !value.trim().is_empty() && path_to[0].1 != "_version" {
            let key = path_to.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(".");
            texts.insert(key, value.trim().to_owned());
        }
    }
    texts
}

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

fn all_sources() -> String {
    let mut all = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

/// The names between `%{` and `}`.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<_> =
        text.split("%{").skip(1).filter_map(|it| Some(it.split_once('}')?.0)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_placeholders() {
    let (en, ko) = (texts("en"), texts("ko"));
    assert_eq!(en.keys().collect::<Vec<_>>(), ko.keys().collect::<Vec<_>>());
    for (key, text) in &en {
        assert_eq!(placeholders(text), placeholders(&ko[key]), "{key}");
    }
}

#[test]
fn every_korean_text_is_korean() {
    let foreign: Vec<_> = texts("ko")
        .into_iter()
        .filter(|(_, text)| !text.chars().any(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c)))
        .map(|(key, _)| key)
        .collect();
    // A size in pixels needs no words but those after it.
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[test]
fn every_text_is_used_and_every_used_text_exists() {
    let sources = all_sources();
    let en = texts("en");
    for key in en.keys() {
        let stem = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key);
        assert!(sources.contains(&format!("\"{stem}\"")), "nobody uses {key}");
    }
    for call in ["tr!(\"", "tr!(\n", "count!(\""] {
        for rest in sources.split(call).skip(1) {
            let rest = rest.trim_start().trim_start_matches('"');
            let key = rest.split('"').next().unwrap();
            let known = en.contains_key(key) || en.contains_key(&format!("{key}.other"));
            assert!(known || key.contains('$') || key.contains('{'), "no text for {key}");
        }
    }
}

#[test]
fn every_icon_in_a_view_is_in_the_sprite() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/icons.txt");
    let list = fs::read_to_string(list).unwrap();
    let icons: Vec<_> = list.lines().map(str::trim).collect();
    for rest in all_sources().split("<Icon name=\"").skip(1) {
        let name = rest.split('"').next().unwrap();
        assert!(icons.contains(&name), "{name} is missing from style/icons.txt");
    }
}
