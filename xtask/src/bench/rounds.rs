//! Measuring everything again and again, in turns, so that what the machine does meanwhile hits all of
//! it alike; and leaving out the rounds in which it did too much.

use serde_json::Value;

use super::baseline::{Bare, Raw};
use super::cases::{self, Case, Group, Pictures};
use super::client::Request;
use super::process::Process;
use super::samples::{Summary, pace};
use super::school::School;
use crate::failure::{Failure, Result};
use crate::progress::say;

/// How many quiet rounds there are to be.
const QUIET: usize = 7;
/// How many rounds there are at most.
const MOST: usize = 12;
/// By what part a bare route may be slower or faster than usual in a quiet round.
const DRIFT: f64 = 0.1;

/// What stands in one place of every row, in milliseconds of CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Ours, in the small school.
    Small,
    /// Ours, in the large school.
    Large,
    RawSmall,
    RawLarge,
    /// A bare axum route that reads and answers as many bytes.
    Route,
    /// A bare Leptos page of the same rows.
    Page,
}

/// Everything that is running.
pub struct Running {
    pub small: School,
    pub large: School,
    pub bare: Bare,
}

/// One row of the table.
pub struct Row {
    pub group: Group,
    pub name: String,
    cells: Vec<Cell>,
    times: u32,
}

struct Cell {
    column: Column,
    work: Work,
    /// One for each round.
    samples: Vec<f64>,
}

enum Work {
    Ask(Box<dyn Fn(u64) -> Request>),
    Order(Value),
}

/// How the rounds went.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    pub quiet: usize,
    /// Those in which the machine was busy with something else.
    pub thrown_out: usize,
}

/// Everything to be measured of both schools.
pub fn rows(running: &mut Running, pictures: &Pictures) -> Result<Vec<Row>> {
    let mut small = cases::of(&mut running.small, pictures)?;
    let large = cases::of(&mut running.large, pictures)?;
    let mut numbers = Numbers::from(0);
    let mut row = |case: Case| {
        let same = |it: &Case| (it.group, &it.name) == (case.group, &case.name);
        let twin = small.iter().position(same).map(|at| small.swap_remove(at));
        running.row(case, twin, &mut numbers)
    };
    large.into_iter().map(&mut row).collect()
}

/// Numbers that were not given before.
struct Numbers(u64);

impl Numbers {
    const fn from(first: u64) -> Self {
        Self(first)
    }

    const fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

impl Running {
    /// The case of the large school, the same of the small one, and what they are compared with.
    fn row(&self, case: Case, small: Option<Case>, numbers: &mut Numbers) -> Result<Row> {
        let Case { group, name, times, ask, raw, rows } = case;
        let answer = self.large.served.client.send(&ask(numbers.next()))?.body.len();
        let mut cells = Vec::new();
        let mut add = |column, work| cells.push(Cell { column, work, samples: Vec::new() });
        let again = ask(numbers.next());
        add(Column::Large, Work::Ask(ask));
        if let Some(raw) = raw {
            add(Column::RawLarge, Work::Order(raw));
        }
        if let Some(small) = small {
            add(Column::Small, Work::Ask(small.ask));
            if let Some(raw) = small.raw {
                add(Column::RawSmall, Work::Order(raw));
            }
        }
        let route = Bare::as_much(&again, answer);
        add(Column::Route, Work::Ask(Box::new(move |_| route.clone())));
        if let Some(rows) = rows {
            let page = self.bare.page(&numbers.next().to_string(), &rows)?;
            add(Column::Page, Work::Ask(Box::new(move |_| page.clone())));
        }
        Ok(Row { group, name, cells, times })
    }

    /// Measures everything once.
    fn round(&mut self, rows: &mut [Row], numbers: &mut Numbers) -> Result {
        for row in rows {
            for cell in &mut row.cells {
                cell.samples.push(self.sample(cell.column, &cell.work, row.times, numbers)?);
            }
        }
        Ok(())
    }

    /// Milliseconds of CPU that something takes once, on average over some times in a row.
    fn sample(
        &mut self,
        column: Column,
        work: &Work,
        times: u32,
        numbers: &mut Numbers,
    ) -> Result<f64> {
        let before = self.process(column).cpu()?;
        match work {
            Work::Order(order) => {
                self.raw(column).order(order, times)?;
            }
            Work::Ask(ask) => {
                for _ in 0..times {
                    self.ask(column, &ask(numbers.next()))?;
                }
            }
        }
        let taken = self.process(column).cpu()?.saturating_sub(before);
        Ok(taken.as_secs_f64() * 1e3 / f64::from(times))
    }

    const fn raw(&mut self, column: Column) -> &mut Raw {
        match column {
            Column::Small | Column::RawSmall => &mut self.small.raw,
            _ => &mut self.large.raw,
        }
    }

    fn ask(&self, column: Column, request: &Request) -> Result {
        match column {
            Column::Small | Column::RawSmall => self.small.served.client.send(request).map(drop),
            Column::Large | Column::RawLarge => self.large.served.client.send(request).map(drop),
            Column::Route | Column::Page => self.bare.send(request),
        }
    }

    const fn process(&self, column: Column) -> &Process {
        match column {
            Column::Small => &self.small.served.process,
            Column::Large => &self.large.served.process,
            Column::RawSmall => self.small.raw.process(),
            Column::RawLarge => self.large.raw.process(),
            Column::Route | Column::Page => self.bare.process(),
        }
    }
}

/// Measures in rounds until enough of them were quiet; keeps the samples of those alone.
pub fn measure(running: &mut Running, rows: &mut [Row]) -> Result<Rounds> {
    // What is found or read for the first time is nobody's usual cost.
    let mut numbers = Numbers::from(1_000_000);
    running.round(rows, &mut numbers)?;
    rows.iter_mut().flat_map(|it| &mut it.cells).for_each(|it| it.samples.clear());
    for round in 1..=MOST {
        say(&format!("round {round}"));
        running.round(rows, &mut numbers)?;
        if quiet(rows).iter().filter(|it| **it).count() >= QUIET {
            break;
        }
    }
    keep_quiet(rows)
}

/// Which rounds were quiet: those in which the bare routes took as long as usual.
fn quiet(rows: &[Row]) -> Vec<bool> {
    let routes: Vec<&Cell> =
        rows.iter().flat_map(|it| &it.cells).filter(|it| it.column == Column::Route).collect();
    let rounds = routes.first().map_or(0, |it| it.samples.len());
    let by_round = (0..rounds).map(|round| routes.iter().map(|it| it.samples[round]).collect());
    pace(&by_round.collect::<Vec<_>>()).iter().map(|it| (it - 1.0).abs() <= DRIFT).collect()
}

fn keep_quiet(rows: &mut [Row]) -> Result<Rounds> {
    const FEWEST: usize = 3;
    let quiet = quiet(rows);
    for cell in rows.iter_mut().flat_map(|it| &mut it.cells) {
        let mut places = quiet.iter();
        cell.samples.retain(|_| places.next().is_some_and(|it| *it));
    }
    let kept = quiet.iter().filter(|it| **it).count();
    if kept < FEWEST {
        return Err(Failure::new(
            "the machine was too busy to measure",
            format!("only {kept} of {} rounds were like each other", quiet.len()),
            "stop what else is running, and try again",
        ));
    }
    Ok(Rounds { quiet: kept, thrown_out: quiet.len() - kept })
}

impl Row {
    /// What was measured, where anything was.
    pub fn of(&self, column: Column) -> Option<Summary> {
        let cell = self.cells.iter().find(|it| it.column == column)?;
        Summary::of(&cell.samples)
    }

    /// How many times as much one takes as the other.
    pub fn ratio(&self, one: Column, other: Column) -> Option<f64> {
        let (one, other) = (self.of(one)?.median, self.of(other)?.median);
        (other > 0.0).then(|| one / other)
    }
}
