//! Copies the style sheets that only some pages load, or only paper does, to where the site serves them.

use crate::failure::Result;
use crate::files;
use crate::project::Project;

pub fn copy(project: &Project) -> Result {
    files::copy_tree(&project.path("style/apart"), &project.assets().join("styles"))
}
