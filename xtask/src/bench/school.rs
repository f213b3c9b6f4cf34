//! A seeded school, served by the real binary, with an Admin who is signed in.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::baseline::Raw;
use super::client::{Client, Pairs, Request, pairs};
use super::process::Process;
use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::timed;

pub const ADMIN: &str = "A-bench";
pub const PASSWORD: &str = "correct horse battery staple";

/// A program on a data folder.
pub struct Served {
    pub process: Process,
    pub client: Client,
}

/// The folder of a school.
pub struct Folder {
    binary: PathBuf,
    path: PathBuf,
}

impl Folder {
    /// An empty folder for what that binary serves.
    pub fn new(binary: &Path, path: PathBuf) -> Result<Self> {
        crate::files::remove_folder(&path)?;
        fs::create_dir_all(&path).map_err(|error| Failure::file(&path, &error))?;
        Ok(Self { binary: binary.to_path_buf(), path })
    }

    pub fn database(&self) -> PathBuf {
        self.path.join("rollcall.db")
    }

    /// Invents users and rooms, and an Admin.
    pub fn fill(&self, users: u64, rooms: u64) -> Result {
        let (users, rooms) = (users.to_string(), rooms.to_string());
        let seed = ["seed", "--users", &users, "--rooms", &rooms];
        timed(&format!("seeding {users} users and {rooms} rooms"), || self.command(&seed))?;
        let password = self.path.join("password");
        fs::write(&password, PASSWORD).map_err(|error| Failure::file(&password, &error))?;
        let file = password.display().to_string();
        self.command(&["admin", "create", "--user-id", ADMIN, "--password-file", &file])
    }

    fn command(&self, arguments: &[&str]) -> Result {
        let mut rollcall = self.rollcall();
        let what = format!("`rollcall {}`", arguments.join(" "));
        command::quietly(rollcall.args(arguments), &what, "mend what it says above").map(drop)
    }

    /// Starts the server with these flags, and waits for its first answer.
    pub fn serve(&self, flags: &[&str]) -> Result<Served> {
        let log = self.log();
        let file = File::create(&log).map_err(|error| Failure::file(&log, &error))?;
        let mut rollcall = self.rollcall();
        rollcall.args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]).args(flags);
        let mut process = Process::start("the server", rollcall.stderr(Stdio::from(file)))?;
        let greeting = process.line()?;
        let origin = greeting.split_whitespace().find(|it| it.starts_with("http://"));
        let client = Client::of(origin.unwrap_or_default().trim_end_matches('/'));
        client.send(&Request::get("/healthz", &[]))?;
        Ok(Served { process, client })
    }

    /// Where the server that was started last writes what it does.
    pub fn log(&self) -> PathBuf {
        self.path.join("server.log")
    }

    fn rollcall(&self) -> Command {
        let mut rollcall = Command::new(&self.binary);
        rollcall.env_clear().arg("--data-dir").arg(&self.path);
        rollcall
    }
}

impl Served {
    /// Signs the Admin in, on this connection.
    pub fn sign_in(&mut self) -> Result {
        let answer = self.client.send(&sign_in())?;
        self.client.keep(answer.cookie);
        Ok(())
    }
}

/// The form that signs the Admin in.
pub fn sign_in() -> Request {
    let form = pairs(&[("user_id", ADMIN), ("password", PASSWORD)]);
    Request::form("/sign-in", form).at_the_door()
}

/// The form that creates a room with these members, as the picker sends it.
pub fn new_room(name: &str, members: &[String]) -> Request {
    let mut form: Pairs = pairs(&[("name", name), ("type", "private"), ("once", name)]);
    for member in members {
        form.extend(pairs(&[("member", member), ("permission", "guest")]));
    }
    Request::form("/rooms/new", form)
}

/// A school that is being measured.
pub struct School {
    pub served: Served,
    pub raw: Raw,
    /// Active users who are members of the rooms below, and could be of others.
    pub people: Vec<String>,
    /// Rooms with so many members.
    pub rooms: Vec<(usize, String)>,
}

impl School {
    /// Serves a filled folder, and makes the rooms whose picker is measured: those of these sizes for
    /// which there are people, or nearly so many.
    pub fn open(folder: &Folder, raw: &Path, sizes: &[usize]) -> Result<Self> {
        let mut served = folder.serve(&[])?;
        served.sign_in()?;
        let mut raw = Raw::start(raw, &folder.database())?;
        let most = sizes.iter().max().copied().unwrap_or_default();
        let people = raw.texts(&json!({ "do": "active", "count": most }))?;
        let mut rooms = Vec::new();
        for size in sizes.iter().copied().filter(|it| it - it / 10 <= people.len()) {
            let (name, members) = (format!("Room of {size}"), size.min(people.len()));
            let made = served.client.send(&new_room(&name, &people[..members]))?.json()?;
            rooms.push((size, room_of(&made)?));
        }
        Ok(Self { served, raw, people, rooms })
    }
}

/// The id of the room that was made.
pub fn room_of(reply: &Value) -> Result<String> {
    let location = reply.pointer("/done/location").and_then(Value::as_str);
    let id = location.and_then(|it| it.strip_prefix("/rooms/")).and_then(|it| it.split('?').next());
    id.map(str::to_owned).ok_or_else(|| {
        Failure::new("a room was not made", reply.to_string(), "see what the form answers now")
    })
}
