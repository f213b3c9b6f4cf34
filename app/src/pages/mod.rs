//! The pages, one a file, named after what is done there.

pub(crate) mod home;
pub(crate) mod not_found;
pub(crate) mod room;
pub(crate) mod room_add;
pub(crate) mod room_new;
pub(crate) mod room_settings;
pub(crate) mod rooms;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod user;
pub(crate) mod user_new;
pub(crate) mod users;
