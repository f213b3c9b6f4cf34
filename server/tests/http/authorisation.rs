//! Who may do what: every operation of the console against everybody who could ask for it.

use std::{fs, path::Path};

use app::server::arguments_of;
use axum::{body::Body, http::Method};
use domain::entry_link::EntryToken;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
    images::one_colour,
    meetings,
};

/// Whoever may ask. Nobody else has a session: without a role nobody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    SignedOut,
    /// Signed in once, and deactivated since.
    Deactivated,
    /// Signed in more than twelve hours ago.
    Expired,
    /// A user who has a password left from when they had a role.
    NoRole,
    /// A Teacher to whom the room is nothing.
    Other,
    /// A Teacher who is Host in the room.
    Host,
    /// The Teacher who owns the room.
    Owner,
    Admin,
}
use Principal::{Admin, Deactivated, Expired, Host, NoRole, Other, Owner, SignedOut};

/// Whoever isn't signed in, however that came about.
const OUTSIDE: [Principal; 4] = [SignedOut, Deactivated, Expired, NoRole];

/// An operation, and how it answers: whoever isn't signed in, another Teacher, a Teacher who is Host,
/// the Teacher who owns the room, an Admin.
///
/// 200 shown or done, 303 done, or led to the door; 401 signed out; 403 not allowed; 404 as if it never
/// was; 422 allowed, and refused for what was asked.
pub type Row = (&'static str, &'static str, [u16; 5]);

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // Pages                                  outside other host owner admin
    ("GET", "/sign-in",                       [200, 200, 200, 200, 200]),
    ("GET", "/setup",                         [200, 200, 200, 200, 200]),
    ("GET", "/password",                      [404, 404, 404, 404, 404]),
    ("GET", "/",                              [303, 302, 302, 302, 302]),
    ("GET", "/users",                         [303, 403, 403, 403, 200]),
    ("GET", "/users/new",                     [303, 403, 403, 403, 200]),
    ("GET", "/users/{user_id}",               [303, 403, 403, 403, 200]),
    ("GET", "/users/{user_id}/hand-over",     [303, 403, 403, 403, 200]),
    ("GET", "/users/{user_id}/delete",        [303, 403, 403, 403, 200]),
    ("GET", "/groups",                        [303, 403, 403, 403, 200]),
    ("GET", "/groups/new",                    [303, 403, 403, 403, 200]),
    ("GET", "/groups/{group}",                [303, 403, 403, 403, 200]),
    ("GET", "/groups/{group}/add",            [303, 403, 403, 403, 200]),
    ("GET", "/groups/{group}/rename",         [303, 403, 403, 403, 200]),
    ("GET", "/groups/{group}/merge",          [303, 403, 403, 403, 200]),
    ("GET", "/groups/{group}/delete",         [303, 403, 403, 403, 200]),
    ("GET", "/rooms",                         [303, 200, 200, 200, 200]),
    ("GET", "/rooms/new",                     [303, 200, 200, 200, 200]),
    ("GET", "/rooms/{room}",                  [303, 404, 200, 200, 200]),
    ("GET", "/rooms/{room}/add",              [303, 404, 403, 200, 200]),
    ("GET", "/rooms/{room}/settings",         [303, 404, 403, 200, 200]),
    ("GET", "/rooms/{room}/owner",            [303, 404, 403, 200, 200]),
    ("GET", "/rooms/{room}/delete",           [303, 404, 403, 200, 200]),
    ("GET", "/rooms/{room}/meetings/{meeting}", [303, 404, 200, 200, 200]),
    ("GET", "/settings",                      [303, 403, 403, 403, 200]),
    ("GET", "/audit",                         [303, 403, 403, 403, 200]),
    ("GET", "/account",                       [303, 200, 200, 200, 200]),
    ("GET", "/door/{link}",                   [404, 404, 404, 404, 404]),
    ("GET", "/rooms/{room}/enter",            [303, 404, 200, 200, 200]),
    ("GET", "/classroom/{room}",              [303, 404, 303, 303, 303]),
    ("GET", "/left",                          [200, 200, 200, 200, 200]),
    ("GET", "/help/{topic}",                  [303, 200, 200, 200, 200]),
    ("GET", "/design",                        [303, 403, 403, 403, 200]),

    // Forms
    ("POST", "/sign-in",                      [303, 303, 303, 303, 303]),
    ("POST", "/sign-out",                     [303, 303, 303, 303, 303]),
    ("POST", "/setup",                        [422, 422, 422, 422, 422]),
    ("POST", "/password",                     [422, 422, 422, 422, 422]),
    ("POST", "/account",                      [303, 303, 303, 303, 303]),
    ("POST", "/account/devices",              [303, 303, 303, 303, 303]),
    ("POST", "/preferences",                  [303, 303, 303, 303, 303]),
    ("POST", "/settings",                     [303, 403, 403, 403, 303]),
    ("POST", "/users/new",                    [303, 403, 403, 403, 303]),
    ("POST", "/users/{user_id}",              [303, 403, 403, 403, 303]),
    ("POST", "/users/{user_id}/hand-over",    [303, 403, 403, 403, 303]),
    ("POST", "/users/{user_id}/delete",       [303, 403, 403, 403, 303]),
    ("POST", "/groups/new",                   [303, 403, 403, 403, 303]),
    ("POST", "/groups/{group}/add",           [303, 403, 403, 403, 303]),
    ("POST", "/groups/{group}/rename",        [303, 403, 403, 403, 303]),
    ("POST", "/groups/{group}/merge",         [303, 403, 403, 403, 303]),
    ("POST", "/groups/{group}/delete",        [303, 403, 403, 403, 303]),
    ("POST", "/rooms/new",                    [303, 303, 303, 303, 303]),
    ("POST", "/rooms/{room}/settings",        [303, 404, 403, 303, 303]),
    ("POST", "/rooms/{room}/duplicate",       [303, 404, 403, 303, 303]),
    ("POST", "/rooms/{room}/add",             [303, 404, 403, 303, 303]),
    ("POST", "/rooms/{room}/owner",           [303, 404, 403, 303, 303]),
    ("POST", "/rooms/{room}/delete",          [303, 404, 403, 303, 303]),
    ("POST", "/rooms/{room}/enter",           [303, 404, 303, 303, 303]),
    ("POST", "/door/{link}",                  [303, 303, 303, 303, 303]),
    ("POST", "/classroom/{room}/leave",       [303, 303, 303, 303, 303]),
    ("POST", "/rooms/{room}/links",           [303, 404, 403, 200, 200]),
    ("POST", "/rooms/{room}/sheet",           [303, 404, 403, 200, 200]),

    // Server functions
    ("GET", "/api/account/devices",           [401, 200, 200, 200, 200]),
    ("GET", "/api/audit/list",                [401, 403, 403, 403, 200]),
    ("GET", "/api/entry/can-enter",           [401, 404, 200, 200, 200]),
    ("GET", "/api/groups/list",               [401, 403, 403, 403, 200]),
    ("GET", "/api/groups/search",             [401, 403, 403, 403, 200]),
    ("GET", "/api/groups/get",                [401, 403, 403, 403, 200]),
    ("GET", "/api/groups/users",              [401, 403, 403, 403, 200]),
    ("POST", "/api/groups/remove-user",       [401, 403, 403, 403, 200]),
    ("POST", "/api/groups/put-back",          [401, 403, 403, 403, 200]),
    ("GET", "/api/groups/members",            [401, 404, 403, 200, 200]),
    ("GET", "/api/links/standing",            [401, 404, 403, 200, 200]),
    ("POST", "/api/links/show",               [401, 404, 403, 200, 200]),
    ("POST", "/api/links/change",             [401, 404, 403, 200, 200]),
    ("POST", "/api/links/expire",             [401, 404, 403, 200, 200]),
    ("GET", "/api/meetings/now",              [401, 404, 200, 200, 200]),
    ("GET", "/api/meetings/list",             [401, 404, 200, 200, 200]),
    ("GET", "/api/meetings/attendance",       [401, 404, 200, 200, 200]),
    ("GET", "/api/meetings/losses",           [401, 404, 403, 200, 200]),
    ("GET", "/api/users/history",             [401, 403, 403, 403, 200]),
    ("GET", "/api/rooms/history",             [401, 404, 200, 200, 200]),
    ("POST", "/api/rooms/change-members",     [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/put-back",           [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/candidates",          [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/look-up",            [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/list",                [401, 200, 200, 200, 200]),
    ("GET", "/api/rooms/get",                 [401, 404, 200, 200, 200]),
    ("GET", "/api/rooms/allowance",           [401, 200, 200, 200, 200]),
    ("GET", "/api/rooms/own",                 [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/meeting",             [401, 404, 200, 200, 200]),
    ("GET", "/api/rooms/about",               [401, 404, 200, 200, 200]),
    ("POST", "/api/rooms/lift-ban",           [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/lift-ban-of",        [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/own-settings",        [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/members",             [401, 404, 200, 200, 200]),
    ("POST", "/api/rooms/set-ended",          [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/set-permission",     [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/remove-member",      [401, 404, 403, 200, 200]),
    ("POST", "/api/rooms/add-member",         [401, 404, 403, 200, 200]),
    ("GET", "/api/rooms/find",                [401, 403, 403, 403, 200]),
    ("GET", "/api/session/check",             [401, 200, 200, 200, 200]),
    ("GET", "/api/settings/get",              [401, 403, 403, 403, 200]),
    ("GET", "/api/users/list",                [401, 403, 403, 403, 200]),
    ("GET", "/api/users/details",             [401, 403, 403, 403, 200]),
    ("GET", "/api/users/taken",               [401, 403, 403, 403, 200]),
    ("GET", "/api/users/find",                [401, 403, 403, 403, 200]),
    ("POST", "/api/users/set-active",         [401, 403, 403, 403, 200]),
    ("POST", "/api/users/password-link",      [401, 403, 403, 403, 422]),
    ("GET", "/api/users/rooms",               [401, 403, 403, 403, 200]),
    ("GET", "/api/users/meetings",            [401, 403, 403, 403, 200]),
    ("GET", "/api/users/losses",              [401, 403, 403, 403, 200]),
    ("POST", "/api/users/many",               [401, 403, 403, 403, 200]),
    ("POST", "/api/users/many-losses",        [401, 403, 403, 403, 200]),

    // The rest
    ("GET", "/account/devices",               [303, 303, 303, 303, 303]),
    ("GET", "/audit.csv",                     [303, 403, 403, 403, 200]),
    ("GET", "/e/{token}",                     [303, 303, 303, 303, 303]),
    ("GET", "/door/{link}/image",             [404, 404, 404, 404, 404]),
    ("GET", "/classroom/{room}/socket",       [403, 403, 403, 403, 403]),
    ("GET", "/images/{side}/{name}",          [404, 200, 200, 200, 200]),
    ("GET", "/live",                          [303, 200, 200, 200, 200]),
    ("GET", "/rooms/{room}/sheet",            [303, 404, 403, 200, 200]),
    ("GET", "/rooms/{room}/meetings/{meeting}/attendance.csv", [303, 404, 200, 200, 200]),
];

/// What stands in the table for a principal.
pub fn expected(row: &Row, principal: Principal) -> u16 {
    let [outside, other, host, owner, admin] = row.2;
    match principal {
        SignedOut | Deactivated | Expired | NoRole => outside,
        Other => other,
        Host => host,
        Owner => owner,
        Admin => admin,
    }
}

/// A school in which everybody is who may ask.
pub struct School {
    folder: TempDir,
    browsers: Vec<(Principal, Browser)>,
    pub room: String,
    /// The name of a picture that somebody has.
    picture: String,
    /// What stands in somebody's link to the room.
    link: EntryToken,
}

/// Longer than a session lasts without being used.
const EXPIRES: i64 = 13 * 60 * 60;

impl School {
    pub async fn new() -> Self {
        let house = House::new().await;
        let mut admin = house.admin().await;
        for (user_id, role) in [
            ("T-other", "teacher"),
            ("T-host", "teacher"),
            ("T-owner", "teacher"),
            ("T-gone", "teacher"),
            ("T-late", "teacher"),
            ("T-was", "teacher"),
            ("S-1", "none"),
            ("S-2", "none"),
        ] {
            let form = [("user_id", user_id), ("role", role), ("group", "7B")];
            admin.upload("/users/new", &form, Some(&one_colour(7))).await;
            house.db_give_password(user_id).await;
        }
        admin.post("/groups/new", &[("name", "Choir")]).await;
        let mut late = house.visitor();
        late.sign_in("T-late", PASSWORD).await;
        house.clock.advance(EXPIRES);
        admin.sign_in("A-hana", PASSWORD).await;
        let mut browsers = vec![(SignedOut, house.visitor()), (Expired, late)];
        for (principal, user_id) in [
            (Other, "T-other"),
            (Host, "T-host"),
            (Owner, "T-owner"),
            (Deactivated, "T-gone"),
            (NoRole, "T-was"),
        ] {
            let mut browser = house.visitor();
            let answer = browser.sign_in(user_id, PASSWORD).await;
            assert_eq!(answer.status, 303, "{user_id}");
            browsers.push((principal, browser));
        }
        let owner = &mut browsers.iter_mut().find(|it| it.0 == Owner).unwrap().1;
        let members = [
            ("name", "Algebra"),
            ("member", "T-host"),
            ("permission", "host"),
            ("member", "S-1"),
            ("permission", "guest"),
        ];
        let made = owner.post("/rooms/new", &members).await;
        let room = made.location().strip_prefix("/rooms/").unwrap().split('?').next().unwrap();
        let room = room.to_owned();
        let gone = [("user_id", "T-gone"), ("active", "false")];
        admin.script().post("/api/users/set-active", &gone).await;
        let none = [("nickname", "x"), ("permission", "guest"), ("role", "none")];
        admin.upload("/users/T-was", &none, None).await;
        let user = admin.script().get("/api/users/find?user_id=S-2").await.json();
        let picture = user["image"].as_str().unwrap().to_owned();
        let link = house.db_link(&room, Some("S-1")).await;
        meetings::db_hold(&house, &room, &["S-1"]).await;
        browsers.push((Admin, admin));
        Self { folder: house.close().await, browsers, room, picture, link }
    }

    pub fn browser(&self, principal: Principal) -> &Browser {
        &self.browsers.iter().find(|it| it.0 == principal).unwrap().1
    }

    /// A copy of it, with nothing done in it yet.
    pub async fn copy(&self) -> House {
        let copy = TempDir::new().unwrap();
        for file in ["rollcall.db", "rollcall.db-wal", "rollcall.db-shm", "rollcall.key"] {
            let from = self.folder.path().join(file);
            if from.exists() {
                fs::copy(from, copy.path().join(file)).unwrap();
            }
        }
        copy_folder(&self.folder.path().join("images"), &copy.path().join("images"));
        let house = House::over(copy).await;
        house.clock.advance(EXPIRES);
        house
    }

    /// How an operation answers each of them.
    async fn ask(&self, row: &Row) -> Vec<(Principal, u16)> {
        let mut answers = Vec::new();
        let mut house = self.copy().await;
        for (principal, browser) in &self.browsers {
            let status = self.operate(&browser.at(house.router.clone()), row).await;
            answers.push((*principal, status));
            if row.0 == "POST" && status < 400 {
                house = self.copy().await;
            }
        }
        answers
    }

    /// Asks for an operation as somebody would who is allowed to.
    pub async fn operate(&self, browser: &Browser, (method, path, _): &Row) -> u16 {
        let method: Method = method.parse().unwrap();
        if path.starts_with("/api/") {
            return call(browser, path, &method, &self.room).await;
        }
        let asked = path
            .replace("{user_id}", "S-2")
            .replace("{group}", "7B")
            .replace("{room}", &self.room)
            .replace("{token}", &self.link.reveal())
            .replace("{link}", self.link.id().as_str())
            .replace("{meeting}", "1")
            .replace("{topic}", "rooms")
            .replace("{side}", "96")
            .replace("{name}", &self.picture);
        if *path == "/live" {
            return browser.status(method, &asked, None, Body::empty()).await;
        }
        let mut browser = browser.clone();
        if method == Method::GET {
            return browser.get(&asked).await.status;
        }
        let form = form(path);
        match *path {
            "/users/new" | "/users/{user_id}" => browser.upload(&asked, form, None).await.status,
            _ => browser.post(&asked, form).await.status,
        }
    }
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_folder(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// What somebody would send who may.
pub fn form(path: &str) -> &'static [(&'static str, &'static str)] {
    match path {
        "/sign-in" => &[("user_id", "A-hana"), ("password", PASSWORD)],
        "/setup" => &[
            ("secret", "x"),
            ("user_id", "A-2"),
            ("nickname", ""),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ],
        "/account" => {
            &[("old", PASSWORD), ("password", "a new horse"), ("password_again", "a new horse")]
        }
        "/account/devices" => &[("sign_out", "others")],
        "/preferences" => &[("theme", "dark"), ("back", "/")],
        "/settings" => &[
            ("school", "Hana"),
            ("time_zone", "UTC"),
            ("retention", "year"),
            ("notice", ""),
            ("language", "en"),
            ("teacher_rooms", "20"),
            ("teacher_members", ""),
            ("teacher_capacity", ""),
        ],
        "/users/new" => &[("user_id", "S-3")],
        "/users/{user_id}" => &[("nickname", "x"), ("permission", "host"), ("role", "none")],
        "/users/{user_id}/hand-over" => &[("owner", "A-hana")],
        "/users/{user_id}/delete" => &[("user_id", "S-2")],
        "/groups/new" => &[("name", "Drama")],
        "/groups/{group}/add" => &[("member", "A-hana")],
        "/groups/{group}/rename" => &[("name", "8B")],
        "/groups/{group}/merge" => &[("name", "Choir")],
        "/groups/{group}/delete" => &[("name", "7B")],
        "/rooms/new" => &[("name", "Biology")],
        "/rooms/{room}/settings" => &[
            ("name", "Algebra II"),
            ("type", "private"),
            ("capacity", ""),
            ("time_limit", ""),
            ("opens", ""),
            ("closes", ""),
        ],
        "/rooms/{room}/add" => &[("member", "S-2"), ("permission", "guest")],
        "/rooms/{room}/owner" => &[("owner", "T-other")],
        "/rooms/{room}/delete" => &[("name", "Algebra")],
        "/rooms/{room}/enter" => &[("as", "own")],
        "/rooms/{room}/links" => &[("as", "csv")],
        _ => &[],
    }
}

/// Calls a server function with everything that it takes.
async fn call(browser: &Browser, path: &str, method: &Method, room: &str) -> u16 {
    let mut script = browser.script();
    let known = arguments_of(path).unwrap();
    let of_links = path.starts_with("/api/links/");
    let as_json = of_links && *method == Method::POST;
    if as_json || ["/api/rooms/change-members", "/api/rooms/put-back"].contains(&path) {
        let mut arguments = json!({
            "room": room,
            "which": "all",
            "act": if of_links { json!("renew") } else { json!({ "permission": "guest" }) },
            "before": [["S-1", "host"]],
            "user_id": "S-1",
            "expiry": { "in_days": 1 },
        });
        arguments.as_object_mut().unwrap().retain(|name, _| known.contains(&name.as_str()));
        let kind = Some("application/json");
        let body = Value::to_string(&arguments).into();
        return script.status(method.clone(), path, kind, body).await;
    }
    let arguments = [
        (
            "user_id",
            if path.ends_with("member") || path.contains("set-perm") || of_links {
                "S-1"
            } else {
                "S-2"
            },
        ),
        ("room", room),
        ("name", "7B"),
        ("term", "s"),
        ("search", ""),
        ("at", ""),
        ("older_than", ""),
        ("meeting", "1"),
        ("permission", "host"),
        ("active", "false"),
        ("ended", "true"),
        ("ban", "1"),
        ("pasted", "S-1"),
        ("orders", "[]"),
        ("users", "[]"),
    ];
    let arguments: Vec<_> = arguments.into_iter().filter(|it| known.contains(&it.0)).collect();
    if *method == Method::GET {
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(arguments).finish();
        return script.get(&format!("{path}?{query}")).await.status;
    }
    script.post(path, &arguments).await.status
}

#[tokio::test]
async fn every_operation_answers_as_the_authorisation_table_says() {
    let known = server::operations();
    let named = |row: &Row, (method, path): &(Method, String)| row.0 == method && row.1 == path;
    let without_row: Vec<_> =
        known.iter().filter(|it| !TABLE.iter().any(|row| named(row, it))).collect();
    assert!(without_row.is_empty(), "not in the table: {without_row:?}");
    let gone: Vec<_> = TABLE.iter().filter(|row| !known.iter().any(|it| named(row, it))).collect();
    assert!(gone.is_empty(), "no operations any more: {gone:?}");

    let school = School::new().await;
    let mut otherwise = Vec::new();
    for row in TABLE {
        let answers = school.ask(row).await;
        assert_eq!(answers.len(), OUTSIDE.len() + 4);
        for (principal, status) in answers {
            if status != expected(row, principal) {
                otherwise.push(format!("{} {} {principal:?}: {status}", row.0, row.1));
            }
        }
    }
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}

#[tokio::test]
async fn a_room_that_is_given_away_twice_by_one_form_is_answered_alike() {
    let school = School::new().await;
    let house = school.copy().await;
    let mut owner = school.browser(Owner).at(house.router.clone());
    let path = format!("/rooms/{}/owner", school.room);
    for _ in 0..2 {
        let sent = owner.post(&path, &[("owner", "T-other"), ("once", "of one page")]).await;
        assert_eq!(sent.status, 303);
        assert!(sent.location().ends_with("?handed-over"), "{}", sent.location());
    }
    assert_eq!(owner.post(&path, &[("owner", "T-other")]).await.status, 403);
}

#[tokio::test]
async fn the_log_tells_of_which_room_somebody_was_refused_what() {
    let school = School::new().await;
    let house = school.copy().await;
    let mut host = school.browser(Host).at(house.router.clone()).script();
    let ended = [("room", school.room.as_str()), ("ended", "true")];
    assert_eq!(host.post("/api/rooms/set-ended", &ended).await.status, 403);
    let mut admin = school.browser(Admin).at(house.router.clone());
    let log = admin.get(&format!("/audit?room={}&kind=refused", school.room)).await;
    assert!(log.body.contains("T-host"), "{}", log.body);
}
