//! What is true in Rollcall whatever the screen, the transport or the store.
//!
//! Everything here compiles for the browser as well, so a form and the server run the same rules.
//! Nothing here knows async, SQL, HTTP or the DOM, and nothing here knows sentences: a broken rule
//! is a [`Problem`] or a [`entry::Refusal`], and the languages live with the screen.
#![deny(missing_docs)]

pub mod account;
pub mod asked;
pub mod attendance;
pub mod audit;
pub mod avatar;
mod base32;
pub mod browser;
pub mod classroom;
pub mod door;
pub mod edition;
pub mod entry;
pub mod entry_link;
pub mod form;
pub mod group;
pub mod history;
pub mod image;
pub mod live;
pub mod local_time;
pub mod many;
pub mod meeting_record;
pub mod members;
mod named;
pub mod page;
pub mod password;
pub mod pasted;
pub mod permission;
pub mod problem;
pub mod removal;
pub mod room;
pub mod search;
pub mod settings;
pub mod sign_in;
mod text;
pub mod time;
mod unicode;
pub mod user;

pub use asked::{RoomOrder, RoomsAsked, UserOrder, UsersAsked};
pub use edition::Edition;
pub use group::{GroupName, GroupSummary};
pub use page::{Cursor, Newest, Page};
pub use password::Password;
pub use permission::{ConsoleRole, EntryPermission};
pub use problem::{Problem, Problems};
pub use removal::AtLeast;
pub use room::{RoomId, RoomName, RoomState, RoomStatus, RoomType};
pub use search::SearchTerm;
pub use text::fold;
pub use time::Timestamp;
pub use user::{Nickname, UserId, UserStatus, UserSummary};
