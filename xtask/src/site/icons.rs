//! Gathers the icons that the views use into one SVG sprite, and writes the styles that show each.
//!
//! In the sprite they stand one below the other. The pages draw them as masks over the colour of the text,
//! each a part of the one picture: browsers take much longer to build a `<use>` for every icon.

use std::collections::BTreeSet;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

const LIST: &str = "style/icons.txt";
const GENERATED: &str = "style/generated/icons.css";

/// How wide and high an icon is in the sprite.
const SIDE: usize = 24;

/// How every icon of the set is drawn; the pages choose size and colour.
const DRAWN: &str = "viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
                     stroke-linecap=\"round\" stroke-linejoin=\"round\"";

pub fn generate(project: &Project) -> Result {
    let drawings = project.node_modules().join("lucide-static/icons");
    let list = files::read(&project.path(LIST))?;
    let names: Vec<&str> = names(&list).into_iter().collect();
    let mut symbols = String::new();
    for name in &names {
        let svg = files::read(&drawings.join(format!("{name}.svg"))).map_err(|_| unknown(name))?;
        symbols.push_str(&symbol(name, &svg)?);
    }
    files::write_if_changed(&project.assets().join("icons.svg"), &sprite(&names, &symbols))?;
    files::write_if_changed(&project.path(GENERATED), &styles(&names))
}

/// The symbols, and a picture of all of them.
fn sprite(names: &[&str], symbols: &str) -> String {
    let height = SIDE * names.len();
    let shown: String = (0..).step_by(SIDE).zip(names).map(|(y, name)| placed(name, y)).collect();
    format!(
        "<!-- Icons by Lucide, ISC licence -->\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{height}\">\n\
         {symbols}{shown}</svg>\n"
    )
}

fn placed(name: &str, y: usize) -> String {
    format!("<use href=\"#{name}\" y=\"{y}\" width=\"{SIDE}\" height=\"{SIDE}\"/>\n")
}

/// How far down the picture each icon is: 0 % shows the first, 100 % the last.
fn styles(names: &[&str]) -> String {
    let last = names.len().saturating_sub(1).max(1);
    let rule = |(place, name): (usize, &&str)| {
        let per_million = place * 1_000_000 / last;
        let (percent, rest) = (per_million / 10_000, per_million % 10_000);
        format!(".icon--{name} {{\n  mask-position: 0 {percent}.{rest:04}%;\n}}\n")
    };
    names.iter().enumerate().map(rule).collect()
}

/// One name a line; `#` begins a comment.
fn names(list: &str) -> BTreeSet<&str> {
    list.lines()
        .filter_map(|line| line.split('#').next())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

/// The icon's shapes under its name.
fn symbol(name: &str, svg: &str) -> Result<String> {
    let shapes = shapes(svg).ok_or_else(|| {
        Failure::new(
            format!("cannot read the icon `{name}`"),
            "its file holds no <svg> element",
            "remove node_modules and run the command again",
        )
    })?;
    Ok(format!("<symbol id=\"{name}\" {DRAWN}>{shapes}</symbol>\n"))
}

/// What stands inside the `<svg>` element, on one line.
fn shapes(svg: &str) -> Option<String> {
    let element = &svg[svg.find("<svg")?..];
    let inside = &element[element.find('>')? + 1..element.rfind("</svg>")?];
    Some(inside.lines().map(str::trim).collect())
}

fn unknown(name: &str) -> Failure {
    Failure::new(
        format!("{LIST} names an icon that doesn't exist"),
        format!("Lucide has no `{name}`"),
        "look the name up on https://lucide.dev/icons",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const CROWN: &str = "<!-- @license -->\n<svg\n  class=\"lucide\"\n  width=\"24\"\n>\n  \
                         <path d=\"M1 1\" />\n  <path d=\"M5 21h14\" />\n</svg>\n";

    #[test]
    fn a_symbol_holds_the_shapes_and_not_the_frame() {
        assert_eq!(
            symbol("crown", CROWN).unwrap(),
            format!(
                "<symbol id=\"crown\" {DRAWN}><path d=\"M1 1\" /><path d=\"M5 21h14\" /></symbol>\n"
            )
        );
    }

    #[test]
    fn each_icon_has_its_place_in_the_picture() {
        let names = ["crown", "eye", "x", "zap"];
        let sprite = sprite(&names, "");
        assert!(sprite.contains("width=\"24\" height=\"96\""));
        assert!(sprite.contains("<use href=\"#x\" y=\"48\" width=\"24\" height=\"24\"/>"));
        let styles = styles(&names);
        assert!(styles.contains(".icon--crown {\n  mask-position: 0 0.0000%;"));
        assert!(styles.contains(".icon--x {\n  mask-position: 0 66.6666%;"));
        assert!(styles.contains(".icon--zap {\n  mask-position: 0 100.0000%;"));
    }

    #[test]
    fn a_file_without_a_drawing_is_refused() {
        assert!(symbol("crown", "<html></html>").is_err());
    }

    #[test]
    fn the_list_has_comments_and_each_name_once() {
        let list = "# Permissions\ncrown # Host\n\neye\ncrown\n";
        assert_eq!(names(list).into_iter().collect::<Vec<_>>(), ["crown", "eye"]);
    }
}
