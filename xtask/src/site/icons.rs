//! Gathers the icons that the views use into one SVG sprite.

use std::collections::BTreeSet;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

const LIST: &str = "style/icons.txt";

/// How every icon of the set is drawn; the pages choose size and colour.
const DRAWN: &str = "viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
                     stroke-linecap=\"round\" stroke-linejoin=\"round\"";

pub fn generate(project: &Project) -> Result {
    let drawings = project.node_modules().join("lucide-static/icons");
    let mut symbols = String::new();
    for name in names(&files::read(&project.path(LIST))?) {
        let svg = files::read(&drawings.join(format!("{name}.svg"))).map_err(|_| unknown(name))?;
        symbols.push_str(&symbol(name, &svg)?);
    }
    let sprite = format!(
        "<!-- Icons by Lucide, ISC licence -->\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\">\n{symbols}</svg>\n"
    );
    files::write_if_changed(&project.assets().join("icons.svg"), &sprite)
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
    fn a_file_without_a_drawing_is_refused() {
        assert!(symbol("crown", "<html></html>").is_err());
    }

    #[test]
    fn the_list_has_comments_and_each_name_once() {
        let list = "# Permissions\ncrown # Host\n\neye\ncrown\n";
        assert_eq!(names(list).into_iter().collect::<Vec<_>>(), ["crown", "eye"]);
    }
}
