//! The person in front of the screen.

use domain::{ConsoleRole, UserSummary, live::Changes, room::RoomSummary};
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
    /// What the school is called, where it says so.
    pub school: Option<String>,
    /// The time zone of the school.
    pub zone: String,
}

/// Whoever looks at the page has come through the door of its room, signed in or not: the page comes to life
/// for them. The server provides it as context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrant {
    /// The time zone of the school.
    pub zone: String,
}

/// Who is signed in: travels from the server to the browser with the page. Not a resource, so that the
/// frame of every page is there at once and what stands in it is rendered only once.
pub(crate) fn viewer() -> Option<Viewer> {
    SharedValue::new(use_context::<Viewer>).into_inner()
}

/// Who has come through the door of a room: travels with the page as [`viewer`] does.
pub(crate) fn entrant() -> Option<Entrant> {
    SharedValue::new(use_context::<Entrant>).into_inner()
}

/// Whether an Admin is in front of the screen. Only for what is shown: the server asks again.
pub(crate) fn is_admin() -> bool {
    use_context::<Viewer>().is_some_and(|it| it.user.role == ConsoleRole::Admin)
}

/// Whether the person in front of the screen may change a room: an Admin, or its owner.
pub(crate) fn may_change(room: &RoomSummary) -> bool {
    let owns = |it: Viewer| it.user.user_id == room.owner.user_id;
    is_admin() || use_context::<Viewer>().is_some_and(owns)
}
