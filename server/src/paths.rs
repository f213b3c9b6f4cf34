//! Paths of the console: where forms lead, and which paths asked for may be led to.

use domain::{GroupName, RoomId, UserId, classroom::MeetingNumber, entry_link::LinkId};
use form_urlencoded::{Serializer, byte_serialize};

/// Home.
pub const HOME: &str = "/";
/// The users.
pub const USERS: &str = "/users";
/// The rooms.
pub const ROOMS: &str = "/rooms";
/// The settings of the school.
pub const SETTINGS: &str = "/settings";
/// The audit log.
pub const AUDIT: &str = "/audit";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";

/// Creating the first Admin, by the one-time link.
pub const SETUP: &str = "/setup";

/// Setting a password, by the one-time link.
pub const PASSWORD: &str = "/password";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Where one is signed in: part of the page of one's account, and a path of its own for what is sent.
pub const DEVICES: &str = "/account/devices";

/// The one-time link for the first Admin.
pub fn setup_link(secret: &str) -> String {
    with_query(SETUP, &[("secret", secret)])
}

/// The page that creates a room.
pub const NEW_ROOM: &str = "/rooms/new";
/// The page of a user.
pub fn user(id: &UserId) -> String {
    // A User ID has no spaces, the one character that forms encode otherwise than paths.
    format!("/users/{}", byte_serialize(id.as_str().as_bytes()).collect::<String>())
}

/// The page of a group.
pub fn group(name: &GroupName) -> String {
    // Forms encode spaces otherwise than paths, and nothing else as a plus sign.
    let name: String = byte_serialize(name.in_address().as_bytes()).collect();
    format!("/groups/{}", name.replace('+', "%20"))
}

/// The page of a room.
pub fn room(id: &RoomId) -> String {
    format!("/rooms/{id}")
}

/// The page of a meeting.
pub fn meeting(id: &RoomId, number: MeetingNumber) -> String {
    format!("/rooms/{id}/meetings/{}", number.0)
}

/// How the addresses of links begin. What follows opens a door, and is a secret.
pub const LINKS: &str = "/e/";
/// What is said to whoever has left a room.
pub const LEFT: &str = "/left";

/// The door of no link: there people are told to open theirs again.
pub const DOOR_OF_NO_LINK: &str = "/door/again";

/// The door of a link.
pub fn door(link: &LinkId) -> String {
    format!("/door/{link}")
}

/// The door of a room for whoever is signed in.
pub fn enter(id: &RoomId) -> String {
    format!("/rooms/{id}/enter")
}

/// The classroom of a room.
pub fn classroom(id: &RoomId) -> String {
    format!("/classroom/{id}")
}

/// Signing in, and then on to that path.
pub fn sign_in_first(next: &str) -> String {
    if next == HOME {
        return SIGN_IN.to_owned();
    }
    with_query(SIGN_IN, &[("next", next)])
}

/// A path with a query.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// The path if it leads nowhere but to this console.
pub fn on_this_site(path: &str) -> Option<&str> {
    let printable = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let own = path.starts_with('/') && !path.starts_with("//") && path.bytes().all(printable);
    own.then_some(path)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_that_lead_to_other_sites_are_not_followed() {
        for own in ["/", "/users?after=1", "/rooms/abc/settings"] {
            assert_eq!(on_this_site(own), Some(own));
        }
        for bad in [
            "",
            "users",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/a b",
        ] {
            assert_eq!(on_this_site(bad), None, "{bad}");
        }
    }

    #[test]
    fn user_ids_of_any_script_stand_in_paths() {
        assert_eq!(user(&UserId::parse("S-2041").unwrap()), "/users/S-2041");
        assert_eq!(user(&UserId::parse("학생@1").unwrap()), "/users/%ED%95%99%EC%83%9D%401");
    }

    #[test]
    fn group_names_stand_in_paths() {
        let path = |name: &str| group(&GroupName::parse(name).unwrap());
        assert_eq!(path("7B"), "/groups/7B");
        assert_eq!(path("Class 7B+"), "/groups/Class%207B%2B");
        assert_eq!(path("new"), "/groups/New");
        assert_eq!(path(".."), "/groups/%EF%BC%8E%EF%BC%8E");
    }

    #[test]
    fn signing_in_leads_on() {
        assert_eq!(sign_in_first("/"), "/sign-in");
        assert_eq!(sign_in_first("/users?q=a b"), "/sign-in?next=%2Fusers%3Fq%3Da+b");
    }

    proptest! {
        #[test]
        fn whoever_is_led_on_stays_here(path in "(/|\\\\|//|[\t\r\n]|https?:|evil.example|[ -~]|\\PC){0,12}") {
            if let Some(path) = on_this_site(&path) {
                let uri: axum::http::Uri = path.parse().unwrap_or_default();
                prop_assert_eq!((uri.scheme(), uri.authority()), (None, None));
                prop_assert!(path.starts_with('/') && !path[1..].starts_with(['/', '\\']));
                prop_assert!(!path.contains(|it: char| it.is_control() || it == '\\'));
            }
        }

        #[test]
        fn a_path_names_who_it_was_made_for(raw in "\\PC{1,12}") {
            if let Ok(id) = UserId::parse(&raw) {
                let path = user(&id);
                let named = path.strip_prefix("/users/").unwrap();
                let read = form_urlencoded::parse(format!("id={named}").as_bytes()).next().unwrap().1.into_owned();
                prop_assert_eq!(read, id.as_str());
                prop_assert!(on_this_site(&path).is_some() && !named.contains(['/', '?', '#']));
            }
        }
    }
}
