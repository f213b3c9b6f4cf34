//! What changes something, and what decides: creating users and rooms, "Can they enter?", sign-in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Case, Group};
use crate::bench::baseline::Raw;
use crate::bench::client::{Picture, Request, pairs};
use crate::bench::school::{self, School};
use crate::failure::{Failure, Result};

/// What is uploaded.
pub struct Pictures {
    photo: (Picture, PathBuf),
    shrunk: (Picture, PathBuf),
    /// The heaviest picture that is taken.
    pub heavy: Picture,
    bomb: Picture,
}

impl Pictures {
    /// Has them drawn into that folder.
    pub fn draw(raw: &mut Raw, folder: &Path) -> Result<Self> {
        let files = raw.texts(&json!({ "do": "pictures", "folder": folder }))?;
        let [photo, shrunk, heavy, bomb] = &files[..] else {
            let why = format!("{} were drawn instead of four", files.len());
            return Err(Failure::new("no pictures", why, "see backend/examples/raw/pictures.rs"));
        };
        Ok(Self {
            photo: (read(photo)?, photo.into()),
            shrunk: (read(shrunk)?, shrunk.into()),
            heavy: read(heavy)?,
            bomb: read(bomb)?,
        })
    }

    pub fn photo(&self) -> Picture {
        self.photo.0.clone()
    }
}

fn read(file: &str) -> Result<Picture> {
    fs::read(file).map(Arc::from).map_err(|error| Failure::file(Path::new(file), &error))
}

/// The form that creates a user; each number makes another.
pub fn new_user(number: u64, picture: Option<Picture>) -> Request {
    let (user_id, nickname) = (format!("B-{number}"), format!("Measured person {number}"));
    let form = [
        ("user_id", user_id.as_str()),
        ("nickname", &nickname),
        ("permission", "guest"),
        ("role", "none"),
        ("once", &user_id),
    ];
    Request::upload("/users/new", pairs(&form), picture)
}

pub fn cases(school: &School, pictures: &Pictures) -> Vec<Case> {
    let act = |name: &str, times, raw: Value, ask: Box<dyn Fn(u64) -> Request>| Case {
        group: Group::Acts,
        name: name.to_owned(),
        times,
        ask,
        raw: (!raw.is_null()).then_some(raw),
        rows: None,
    };
    let upload = |picture: &Picture, status| {
        let picture = picture.clone();
        Box::new(move |it| new_user(it, Some(picture.clone())).expecting(status))
    };
    let decode = |file: &Path| json!({ "do": "decode", "file": file });
    let (photo, shrunk) = (&pictures.photo, &pictures.shrunk);
    let plain = Box::new(|it| new_user(it, None));
    let mut cases = vec![
        act("create a user", 20, json!({ "do": "create_user" }), plain),
        act("with a 12-megapixel photo", 2, decode(&photo.1), upload(&photo.0, 200)),
        act("with the same, shrunk", 5, decode(&shrunk.1), upload(&shrunk.0, 200)),
        act("with a bomb, refused", 10, Value::Null, upload(&pictures.bomb, 422)),
    ];
    for (members, times) in [(3, 20), (10_000, 1)] {
        if let Some(people) = school.people.get(..members) {
            let people = people.to_vec();
            let raw = json!({ "do": "create_room", "members": people });
            let room = move |it| school::new_room(&format!("Measured room {it}"), &people);
            let name = format!("create a room with {members} members");
            cases.push(act(&name, times, raw, Box::new(room)));
        }
    }
    if let (Some((_, room)), Some(user)) = (school.rooms.first().cloned(), school.people.first()) {
        let user = user.clone();
        let raw = json!({ "do": "can_enter", "room": room, "user": user });
        let ask =
            move |_| Request::get("/api/entry/can-enter", &[("room", &room), ("user_id", &user)]);
        cases.push(act("\"Can they enter?\"", 50, raw, Box::new(ask)));
    }
    let sign_in = Box::new(|_| school::sign_in());
    cases.push(act("sign in", 2, json!({ "do": "verify" }), sign_in));
    cases
}
