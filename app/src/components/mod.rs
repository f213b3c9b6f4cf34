//! The design system's components: each renders one partial of `style/` and knows no page.

pub(crate) mod answer;
pub(crate) mod avatar;
pub(crate) mod combobox;
pub(crate) mod dialog;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod group_fields;
pub(crate) mod group_search;
pub(crate) mod groups_field;
pub(crate) mod icon;
pub(crate) mod image_field;
pub(crate) mod layout;
pub(crate) mod list;
pub(crate) mod menu;
pub(crate) mod page;
pub(crate) mod pager;
pub(crate) mod permission;
pub(crate) mod picker;
pub(crate) mod room_fields;
pub(crate) mod search_bar;
pub(crate) mod state;
pub(crate) mod toast;
pub(crate) mod user_fields;
pub(crate) mod user_search;
