//! Copies the font, cut by script, to where the site serves it.

use crate::failure::Result;
use crate::files;
use crate::project::Project;

const PACKAGE: &str = "@fontsource-variable/inter";

/// The scripts that Inter draws; the system's fonts serve the others.
const SCRIPTS: [&str; 5] = ["cyrillic", "greek", "latin", "latin-ext", "vietnamese"];

pub fn copy(project: &Project) -> Result {
    let package = project.node_modules().join(PACKAGE);
    let fonts = project.assets().join("fonts");
    for script in SCRIPTS {
        let name = format!("inter-{script}-wght-normal.woff2");
        files::copy(&package.join("files").join(&name), &fonts.join(&name))?;
    }
    // The font's licence wants to travel with it.
    files::copy(&package.join("LICENSE"), &fonts.join("inter-license.txt"))
}
