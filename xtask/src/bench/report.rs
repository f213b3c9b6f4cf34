//! What was measured, as text and as JSON.

use std::fmt::Display;

use serde_json::{Value, json};

use super::cases::Group;
use super::classroom::Classroom;
use super::goals::{self, Goal};
use super::machine::Machine;
use super::rounds::{Column, Rounds, Row};
use super::samples::{Percentiles, Summary};
use crate::size::PageSize;

pub struct Report {
    pub rows: Vec<Row>,
    pub machine: Machine,
    pub classroom: Classroom,
    pub pages: Vec<PageSize>,
    pub rounds: Rounds,
}

/// The head of the table's columns after the first.
const HEAD: [&str; 10] =
    ["1k", "1M", "±", "1M/1k", "SQL 1k", "SQL 1M", "ours/SQL", "route", "Leptos", "ours/Leptos"];

impl Report {
    pub fn text(&self) -> String {
        let width = self.rows.iter().map(|it| it.name.chars().count()).max().unwrap_or_default();
        let mut text = format!("{:width$}", "ms of CPU a request");
        text.push_str(&line(&HEAD));
        for group in Group::ALL {
            text.extend([group.title(), "\n"]);
            for row in self.rows.iter().filter(|it| it.group == group) {
                text.push_str(&padded(&row.name, width));
                text.push_str(&line(&cells(row)));
            }
        }
        text.push_str(&self.below());
        text
    }

    /// How it was measured, and the goals, as a table of Markdown.
    fn below(&self) -> String {
        let Rounds { quiet, thrown_out } = self.rounds;
        let mut text = format!(
            "\nMedian of {quiet} rounds and ± their median distance from it, all on one core; \
             {thrown_out} more were thrown out, in which the machine was busy.\n\n\
             | What | Measured | Goal | |\n|---|---|---|---|\n"
        );
        for goal in goals::all(self) {
            let Goal { what, measured, at_most, unit } = &goal;
            let met = if goal.is_met() { "" } else { "missed" };
            let line =
                format!("| {what} | {} {unit} | ≤ {at_most} {unit} | {met} |\n", number(*measured));
            text.push_str(&line);
        }
        text
    }

    pub fn json(&self) -> Value {
        let Self { machine, classroom, .. } = self;
        let goals = goals::all(self);
        json!({
            "unit": "milliseconds of CPU a request",
            "rounds": { "kept": self.rounds.quiet, "thrown_out": self.rounds.thrown_out },
            "rows": self.rows.iter().map(row_as_json).collect::<Vec<_>>(),
            "start_ms": summary(Some(machine.start)),
            "bytes": {
                "binary": machine.binary,
                "idle": machine.idle,
                "after_load": machine.loaded,
                "more_for_a_photo": machine.photo,
                "more_for_hostile_pictures": machine.hostile,
                "pages": self.pages.iter().map(|it| (it.name.to_owned(), it.bytes.into())).collect::<serde_json::Map<_, _>>(),
            },
            "classroom": {
                "microseconds_a_delivery": [classroom.delivery, classroom.delivery_large],
                "idle_bytes": classroom.idle,
                "promoted_ms": percentiles(classroom.promoted),
                "banned_ms": percentiles(classroom.banned),
                "banned_beside_slow_readers_ms": percentiles(classroom.banned_beside_slow),
            },
            "goals": goals.iter().map(goal_as_json).collect::<Vec<_>>(),
        })
    }
}

fn cells(row: &Row) -> [String; 10] {
    let median = |column| row.of(column).map(|it| number(it.median));
    let ratio = |one, other| row.ratio(one, other).map(|it| format!("{it:.2}"));
    [
        median(Column::Small),
        median(Column::Large),
        row.of(Column::Large).map(|it| number(it.spread)),
        ratio(Column::Large, Column::Small),
        median(Column::RawSmall),
        median(Column::RawLarge),
        ratio(Column::Large, Column::RawLarge),
        median(Column::Route),
        median(Column::Page),
        ratio(Column::Large, Column::Page),
    ]
    .map(Option::unwrap_or_default)
}

fn row_as_json(row: &Row) -> Value {
    let of = |column| summary(row.of(column));
    json!({
        "group": row.group.title(),
        "name": row.name,
        "thousand": of(Column::Small),
        "million": of(Column::Large),
        "raw_thousand": of(Column::RawSmall),
        "raw_million": of(Column::RawLarge),
        "bare_route": of(Column::Route),
        "bare_page": of(Column::Page),
        "million_to_thousand": row.ratio(Column::Large, Column::Small),
        "ours_to_raw": row.ratio(Column::Large, Column::RawLarge),
        "ours_to_bare_page": row.ratio(Column::Large, Column::Page),
    })
}

fn goal_as_json(goal: &Goal) -> Value {
    let Goal { what, measured, at_most, unit } = goal;
    json!({ "what": what, "measured": measured, "at_most": at_most, "unit": unit })
}

fn summary(of: Option<Summary>) -> Value {
    of.map_or(Value::Null, |it| json!({ "median": it.median, "spread": it.spread }))
}

fn percentiles(of: Percentiles) -> Value {
    json!({ "median": of.median, "p99": of.p99 })
}

/// Three digits that count, or as many as stand before the point.
fn number(it: f64) -> String {
    match it {
        ..1.0 => format!("{it:.3}"),
        ..10.0 => format!("{it:.2}"),
        ..100.0 => format!("{it:.1}"),
        _ => format!("{it:.0}"),
    }
}

/// Cells under each other, with their line's end.
fn line(cells: &[impl Display]) -> String {
    cells.iter().map(|it| format!(" {it:>11}")).chain(["\n".to_owned()]).collect()
}

/// A name as wide as the others; letters of Hangul are twice as wide as others on a terminal.
fn padded(name: &str, width: usize) -> String {
    let wide = name.chars().filter(|it| ('가'..='힣').contains(it)).count();
    let blank = width.saturating_sub(name.chars().count() + wide);
    format!("{name}{}", " ".repeat(blank))
}
