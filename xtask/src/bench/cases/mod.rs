//! What is measured: one request after another, and beside each what it is compared with.

mod acts;
mod lists;
mod picker;

use serde_json::Value;

use super::client::Request;
use super::school::School;
use crate::failure::Result;

pub use acts::{Pictures, new_user};

/// What a case belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Picker,
    UsersList,
    RoomsList,
    Acts,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Picker, Self::UsersList, Self::RoomsList, Self::Acts];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Picker => "picker",
            Self::UsersList => "users list",
            Self::RoomsList => "rooms list",
            Self::Acts => "acts",
        }
    }
}

/// Something that is asked of a school's server.
pub struct Case {
    pub group: Group,
    pub name: String,
    /// How many requests in a row are measured together.
    pub times: u32,
    /// The request; each has a number of its own.
    pub ask: Box<dyn Fn(u64) -> Request>,
    /// The order to do the same without anything around it.
    pub raw: Option<Value>,
    /// The rows that a page shows, as the bare server takes them.
    pub rows: Option<Value>,
}

/// Everything that is measured of one school.
pub fn of(school: &mut School, pictures: &Pictures) -> Result<Vec<Case>> {
    let mut cases = picker::cases(school);
    cases.extend(lists::users(school)?);
    cases.extend(lists::rooms(school)?);
    cases.extend(acts::cases(school, pictures));
    Ok(cases)
}
