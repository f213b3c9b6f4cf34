//! The programs that ours is compared with: hand-written SQL, and bare routes and pages.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, Content, Request};
use super::process::Process;
use crate::failure::{Failure, Result};

/// SQL, decoding and hashing without anything around them, on the database of one school.
pub struct Raw {
    process: Process,
}

impl Raw {
    pub fn start(program: &Path, database: &Path) -> Result<Self> {
        let process = Process::start("the raw statements", Command::new(program).arg(database))?;
        Ok(Self { process })
    }

    pub const fn process(&self) -> &Process {
        &self.process
    }

    /// Has something done so often, and returns what it came to last.
    pub fn order(&mut self, what: &Value, times: u32) -> Result<Value> {
        let mut order = what.clone();
        order["times"] = json!(times);
        writeln!(self.process.stdin(), "{order}").map_err(|error| misunderstood(&error))?;
        serde_json::from_str(&self.process.line()?).map_err(|error| misunderstood(&error))
    }

    /// The texts that it answers.
    pub fn texts(&mut self, what: &Value) -> Result<Vec<String>> {
        let answer = self.order(what, 1)?;
        let all = answer.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(all.map(str::to_owned).collect())
    }
}

/// Routes and pages that do nothing but what axum and Leptos do by themselves.
pub struct Bare {
    process: Process,
    client: Client,
}

impl Bare {
    pub fn start(program: &Path) -> Result<Self> {
        let mut process = Process::start("the bare server", &mut Command::new(program))?;
        let client = Client::of(&process.line()?);
        Ok(Self { process, client })
    }

    pub const fn process(&self) -> &Process {
        &self.process
    }

    pub fn send(&self, request: &Request) -> Result {
        self.client.send(request).map(drop)
    }

    /// The request to a route that reads as much as that one and answers with so many bytes.
    pub fn as_much(request: &Request, answer: usize) -> Request {
        let mut bare = request.clone();
        bare.path = format!("/route?answer={answer}");
        if let Content::Query(_) = bare.content {
            bare.content = Content::Query(Vec::new());
        }
        bare.expecting(200)
    }

    /// Keeps rows, and returns the request for a page of them.
    pub fn page(&self, name: &str, rows: &Value) -> Result<Request> {
        self.send(&Request::text(&format!("/rows/{name}"), rows.to_string()))?;
        Ok(Request::get(&format!("/page/{name}"), &[]))
    }
}

fn misunderstood(why: &impl ToString) -> Failure {
    Failure::new(
        "the raw statements can't be run",
        why.to_string(),
        "bring backend/examples/raw in step with xtask/src/bench",
    )
}
