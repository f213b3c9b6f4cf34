//! The person in front of the screen.

use domain::{UserSummary, live::Changes};
use leptos::prelude::{SharedValue, use_context};
use serde::{Deserialize, Serialize};

/// The person in front of the screen. The server provides it as context when it renders a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who they are.
    pub user: UserSummary,
    /// Whether the console is reached in a way that others could listen to.
    pub insecure: bool,
    /// The version of the site that the page came from.
    pub version: String,
    /// What had changed when the page was rendered.
    pub changes: Changes,
}

/// Who is signed in: travels from the server to the browser with the page. Not a resource, so that the
/// frame of every page is there at once and what stands in it is rendered only once.
pub(crate) fn viewer() -> Option<Viewer> {
    SharedValue::new(use_context::<Viewer>).into_inner()
}
