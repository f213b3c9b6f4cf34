//! `cargo xtask bench --quick`, as far as it runs the server: how many statements each page takes.
//!
//! The server's own log tells them. Exact, so a page that takes another number than it did fails.

use std::fs;

use serde_json::Value;

use super::client::Request;
use super::school::{Folder, Served};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// Pages and what they ask for, with the number of statements that each takes, that of knowing who is
/// signed in among them. `ROOM` stands for a room that has members.
const PAGES: [(&str, usize); 24] = [
    ("/sign-in", 1),
    ("/users", 4),
    ("/users?search=00002", 4),
    ("/users?group=Choir&permission=guest", 5),
    ("/users/new", 1),
    ("/users/S-000001", 11),
    ("/users/S-000001/delete", 6),
    ("/groups", 4),
    ("/groups/Choir", 4),
    ("/groups/Choir/add", 2),
    ("/groups/Choir/merge", 2),
    ("/groups/Choir/delete", 2),
    ("/rooms", 4),
    ("/rooms?search=staff", 4),
    ("/rooms/new", 1),
    ("/rooms/ROOM", 15),
    ("/rooms/ROOM/add", 2),
    ("/rooms/ROOM/settings", 7),
    ("/settings", 1),
    ("/account", 2),
    ("/audit", 3),
    ("/audit?person=S-000001&kind=users&from=2026-01-01", 4),
    ("/api/rooms/candidates?term=00002", 3),
    ("/api/rooms/candidates?term=00002&room=ROOM", 5),
];

/// Each page is asked for so often, and what most of the answers took is counted: now and then a line
/// of the log is a moment late, or a session's use is noted.
const TIMES: usize = 5;

/// Fails where a page takes another number of statements than is written above.
pub fn check(project: &Project) -> Result {
    let folder = Folder::new(&project.binary(), project.target().join("statements"))?;
    folder.fill(60, 20)?;
    let mut served = folder.serve(&["--log", "info,sqlx=trace"])?;
    served.sign_in()?;
    ask(&served)?;
    served.process.stop()?;
    let log = folder.log();
    let log = fs::read_to_string(&log).map_err(|error| Failure::file(&log, &error))?;
    compare(&taken(&log))
}

/// Asks for every page.
fn ask(served: &Served) -> Result {
    let room = some_room(served)?;
    for (page, _) in PAGES {
        let page = page.replace("ROOM", &room);
        for _ in 0..TIMES {
            served.client.send(&Request::get(&page, &[]))?;
        }
    }
    Ok(())
}

/// The id of a room that has members.
fn some_room(served: &Served) -> Result<String> {
    let list = served.client.json("/api/rooms/list", &[("search", ""), ("at", "")])?;
    let rooms = list.pointer("/page/rows").and_then(Value::as_array).into_iter().flatten();
    let mut with_members = rooms.filter(|it| it["room"]["members"].as_u64() > Some(0));
    let id = with_members.next().and_then(|it| it["room"]["id"].as_str()).map(str::to_owned);
    id.ok_or_else(|| {
        Failure::new("no room has members", "the list of rooms names none", "see what is seeded")
    })
}

/// How many statements each page took, by a log that ends with the last of them.
fn taken(log: &str) -> Vec<usize> {
    let mut requests = vec![0];
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_default();
        if line["target"] == "access" {
            requests.push(0);
        } else if let Some(under_way) = requests.last_mut().filter(|_| is_statement(&line)) {
            *under_way += 1;
        }
    }
    // What follows the last answer belongs to no page.
    requests.pop();
    let first = requests.len().saturating_sub(PAGES.len() * TIMES);
    requests[first..].chunks(TIMES).map(usual).collect()
}

/// Statements are told with how many rows they came to.
fn is_statement(line: &Value) -> bool {
    line["rows_returned"].is_number()
}

/// What most of them took.
fn usual(counts: &[usize]) -> usize {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

fn compare(taken: &[usize]) -> Result {
    println!("{:>10} {:>8}", "statements", "expected");
    let mut others = Vec::new();
    for ((page, expected), taken) in PAGES.iter().zip(taken) {
        println!("{taken:>10} {expected:>8}  {page}");
        if taken != expected {
            others.push(*page);
        }
    }
    if others.is_empty() && taken.len() == PAGES.len() {
        return Ok(());
    }
    Err(Failure::new(
        "pages take another number of statements than they did",
        others.join("; "),
        "have those that take more take fewer; write down in xtask/src/bench/statements.rs what is \
         taken by those that take fewer, so that it stays so",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_belong_to_the_answer_that_follows_them_and_one_that_is_late_counts_not() {
        let statement = "{\"rows_returned\":1}\n";
        let answer = "{\"target\":\"access\"}\n";
        let early = format!("{statement}{statement}{answer}");
        let page = format!("{statement}{statement}{statement}{answer}").repeat(TIMES);
        let late =
            page.replacen(&format!("{statement}{answer}"), &format!("{answer}{statement}"), 1);
        let log = format!("{early}{late}{}not JSON\n{statement}", page.repeat(PAGES.len() - 1));
        assert_eq!(taken(&log), [3; PAGES.len()]);
    }
}
