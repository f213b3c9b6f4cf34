//! What is to be reached, and what was.

use super::cases::Group;
use super::classroom::Classroom;
use super::report::Report;
use super::rounds::{Column, Row};

/// Something measured, and what it may be at most.
pub struct Goal {
    pub what: &'static str,
    pub measured: f64,
    pub at_most: f64,
    pub unit: &'static str,
}

impl Goal {
    pub fn is_met(&self) -> bool {
        self.measured <= self.at_most
    }
}

/// All goals of which something was measured.
pub fn all(report: &Report) -> Vec<Goal> {
    let mut goals = picker(report);
    goals.extend(users_list(report));
    goals.extend(acts(report));
    goals.extend(machine(report));
    goals.extend(classroom(&report.classroom));
    goals
}

fn goal(
    what: &'static str,
    measured: Option<f64>,
    (at_most, unit): (f64, &'static str),
) -> Option<Goal> {
    measured.map(|measured| Goal { what, measured, at_most, unit })
}

const MS: &str = "ms CPU";
const TIMES: &str = "×";

fn picker(report: &Report) -> Vec<Goal> {
    let rows = || report.rows.iter().filter(|it| it.group == Group::Picker);
    let dearest = worst(rows().filter_map(large));
    let growth = worst(rows().filter_map(|it| it.ratio(Column::Large, Column::Small)));
    let goals = [
        goal("picker, the dearest term", dearest, (0.25, MS)),
        goal("picker, a million users / a thousand", growth, (1.5, TIMES)),
    ];
    goals.into_iter().flatten().collect()
}

fn users_list(report: &Report) -> Vec<Goal> {
    let rows = || report.rows.iter().filter(|it| it.group == Group::UsersList);
    let dearest = worst(rows().filter_map(large));
    // Those that are sorted are full; of one with a few rows, little would be the rows' own.
    let full = rows().filter(|it| it.name.starts_with("by "));
    let beside_bare = worst(full.filter_map(|it| it.ratio(Column::Large, Column::Page)));
    let depth = worst(rows().filter_map(|first| {
        let order = first.name.strip_suffix("first page")?;
        let half = rows().find(|it| it.name == format!("{order}half way"))?;
        Some(large(half)? / large(first)?)
    }));
    let goals = [
        goal("users list, the dearest page", dearest, (1.5, MS)),
        goal("users list / a bare Leptos page of the same rows", beside_bare, (1.3, TIMES)),
        goal("users list, page half way / the first", depth, (1.1, TIMES)),
    ];
    goals.into_iter().flatten().collect()
}

fn acts(report: &Report) -> Vec<Goal> {
    let row = |name: &str| {
        report.rows.iter().find(|it| it.group == Group::Acts && it.name.starts_with(name))
    };
    let of = |name| row(name).and_then(large);
    let photo = row("with a 12-megapixel photo");
    let decoding = photo.and_then(|it| it.ratio(Column::Large, Column::RawLarge));
    let goals = [
        goal("create a user", of("create a user"), (0.5, MS)),
        goal("12-megapixel photo / decoding it alone", decoding, (1.3, TIMES)),
        goal("photo shrunk by the browser", of("with the same, shrunk"), (10.0, MS)),
        goal("a bomb, refused", of("with a bomb"), (1.0, MS)),
        goal("create a room with 3 members", of("create a room with 3 "), (0.5, MS)),
        goal("create a room with 10,000 members", of("create a room with 10000"), (150.0, MS)),
    ];
    goals.into_iter().flatten().collect()
}

fn machine(report: &Report) -> Vec<Goal> {
    let machine = &report.machine;
    let lists = report.pages.iter().find(|it| it.name == "the lists");
    let kilobytes = lists.and_then(|it| u32::try_from(it.bytes).ok()).map(|it| f64::from(it) / 1e3);
    let goals = [
        goal("start to first answer", Some(machine.start.median), (100.0, "ms")),
        goal("memory, idle", Some(mebibytes(machine.idle)), (20.0, "MiB")),
        goal(
            "memory while a photo is uploaded, more",
            Some(mebibytes(machine.photo)),
            (96.0, "MiB"),
        ),
        goal(
            "memory while 8 hostile pictures are, more",
            Some(mebibytes(machine.hostile)),
            (256.0, "MiB"),
        ),
        goal("binary", Some(mebibytes(machine.binary)), (25.0, "MiB")),
        goal("bytes before a list is usable", kilobytes, (260.0, "kB")),
    ];
    goals.into_iter().flatten().collect()
}

fn classroom(of: &Classroom) -> Vec<Goal> {
    const MICROSECONDS: &str = "µs CPU";
    let goals = [
        goal("classroom of 1,000, a delivery", Some(of.delivery), (10.0, MICROSECONDS)),
        goal("classroom of 4,000, a delivery", Some(of.delivery_large), (10.0, MICROSECONDS)),
        goal("10,000 who sit in classrooms", Some(mebibytes(of.idle)), (95.4, "MiB")),
        goal("of 4,000 one is promoted, p99", Some(of.promoted.p99), (20.0, "ms")),
        goal("of 4,000 one is banned, p99", Some(of.banned.p99), (20.0, "ms")),
        goal("the same while 100 read nothing, p99", Some(of.banned_beside_slow.p99), (20.0, "ms")),
    ];
    goals.into_iter().flatten().collect()
}

fn large(row: &Row) -> Option<f64> {
    row.of(Column::Large).map(|it| it.median)
}

fn worst(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    numbers.max_by(f64::total_cmp)
}

fn mebibytes(bytes: u64) -> f64 {
    let kibibytes = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kibibytes) / 1024.0
}
