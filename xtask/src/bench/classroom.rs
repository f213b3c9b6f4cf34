//! What the live classroom costs: telling everybody something, people who only sit there, and how soon
//! what a Host does to somebody holds. The people come from a program of their own, over loopback.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::baseline::Raw;
use super::client::{Pairs, Request, pairs};
use super::process::Process;
use super::samples::Percentiles;
use super::school::{Folder, Served, room_of};
use crate::failure::{Failure, Result};

/// So many sit in the room in which something is done to one after another.
const LARGE: usize = 4_000;
/// So many sit in each other room.
const SMALL: usize = 1_000;
/// So many sit there in all when it is seen how much memory they take.
const ALL: usize = 10_000;
/// So often each thing is done.
const TIMES: usize = 50;
/// So many read nothing any more.
const SLOW: usize = 100;

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub struct Classroom {
    /// Microseconds of CPU for each frame that reaches somebody in a room of a thousand.
    pub delivery: f64,
    /// The same in the large room.
    pub delivery_large: f64,
    /// Bytes of memory that all take together.
    pub idle: u64,
    /// Milliseconds until a permission that a Host changes holds.
    pub promoted: Percentiles,
    /// Milliseconds until somebody banned is out.
    pub banned: Percentiles,
    /// The same while some read nothing any more.
    pub banned_beside_slow: Percentiles,
}

/// Fills classrooms of a school with people and measures what they cost.
pub fn measure(folder: &Folder, raw: &Path, crowd: &Path) -> Result<Classroom> {
    let mut served = folder.serve(&[])?;
    served.sign_in()?;
    let people = Raw::start(raw, &folder.database())?
        .texts(&json!({ "do": "active", "count": LARGE + 1 }))?;
    let rooms = (ALL - LARGE) / SMALL;
    let large = links(&served, "Large", &people)?;
    let small = (0..rooms)
        .map(|it| links(&served, &format!("Small {it}"), &people[..=SMALL]))
        .collect::<Result<Vec<_>>>()?;
    let mut crowd = Crowd::start(crowd, &served)?;
    let before = served.process.memory()?.resident;
    let first = crowd.enter(&small[0])?;
    let delivery = crowd.delivery(first, &served)?;
    let large = crowd.enter(&large)?;
    let delivery_large = crowd.delivery(large, &served)?;
    for links in &small[1..] {
        crowd.enter(links)?;
    }
    let idle = served.process.memory()?.resident.saturating_sub(before);
    let promoted = crowd.took("promote", large)?;
    let banned = crowd.took("ban", large)?;
    crowd.tell(&json!({ "do": "stall", "class": large, "people": SLOW }))?;
    let banned_beside_slow = crowd.took("ban", large)?;
    Ok(Classroom { delivery, delivery_large, idle, promoted, banned, banned_beside_slow })
}

/// The links of the members of a room that is made for them. The first is Host.
fn links(served: &Served, name: &str, people: &[String]) -> Result<Vec<String>> {
    let mut form: Pairs = pairs(&[("name", name), ("type", "private"), ("once", name)]);
    for (place, member) in people.iter().enumerate() {
        let permission = if place == 0 { "host" } else { "guest" };
        form.extend(pairs(&[("member", member), ("permission", permission)]));
    }
    let room = room_of(&served.client.send(&Request::form("/rooms/new", form))?.json()?)?;
    let list = Request::form(&format!("/rooms/{room}/links"), pairs(&[("as", "csv")]));
    let list = served.client.send(&list)?;
    let list = String::from_utf8_lossy(&list.body).into_owned();
    let link = |member: &String| {
        let line = list.lines().find(|it| it.split(',').any(|it| it.trim_matches('"') == member));
        let address = line?.split(',').find_map(|it| it.find("/e/").map(|at| &it[at..]))?;
        Some(address.trim_matches('"').to_owned())
    };
    let all: Option<Vec<_>> = people.iter().map(link).collect();
    all.ok_or_else(|| broken(&"the class list lacks a link"))
}

/// The program whose people sit there.
struct Crowd(Process);

impl Crowd {
    fn start(program: &Path, served: &Served) -> Result<Self> {
        let mut command = Command::new(program);
        Process::start("the crowd", command.arg(served.client.origin())).map(Self)
    }

    /// Has an order carried out, and answers with what came of it.
    fn tell(&mut self, order: &Value) -> Result<Value> {
        writeln!(self.0.stdin(), "{order}").map_err(|error| broken(&error))?;
        serde_json::from_str(&self.0.line()?).map_err(|error| broken(&error))
    }

    /// Has people enter by these links; answers with the number of their class.
    fn enter(&mut self, links: &[String]) -> Result<u64> {
        let answer = self.tell(&json!({ "do": "enter", "links": links }))?;
        answer["class"].as_u64().ok_or_else(|| broken(&answer))
    }

    /// The microseconds of CPU of the server for each frame that reaches somebody.
    fn delivery(&mut self, class: u64, served: &Served) -> Result<f64> {
        let before = served.process.cpu()?;
        let answer = self.tell(&json!({ "do": "hands", "class": class, "people": TIMES }))?;
        let taken = served.process.cpu()?.saturating_sub(before);
        let delivered = answer["delivered"].as_f64().filter(|it| *it > 0.0);
        Ok(taken.as_secs_f64() * 1e6 / delivered.ok_or_else(|| broken(&answer))?)
    }

    /// How long something took each time that was done to somebody of a class.
    fn took(&mut self, what: &str, class: u64) -> Result<Percentiles> {
        let answer = self.tell(&json!({ "do": what, "class": class, "people": TIMES }))?;
        let all = answer["ms"].as_array().into_iter().flatten().filter_map(Value::as_f64);
        Percentiles::of(all.collect()).ok_or_else(|| broken(&answer))
    }
}

fn broken(why: &impl ToString) -> Failure {
    Failure::new(
        "the classroom was not measured",
        why.to_string(),
        "bring the bench in step with what the server says, or mend the server",
    )
}
