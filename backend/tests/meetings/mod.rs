//! What is kept of meetings: written by the scribe, and read back.

mod kept;
mod noted;
mod on_record;
mod written;

use std::sync::Arc;

use backend::{
    Internal,
    classroom::{
        note::{Doer, Note},
        record::Recorder,
        scribe::Batch,
    },
};
use domain::{
    Nickname, RoomId, RoomName, Timestamp,
    classroom::{
        Act, Change, Decision, Identity, Meeting, MeetingNumber, Office, ParticipantId, Profile,
        RoomSettings, Standing,
    },
};

use crate::common::{School, context, user_id};

/// So many seconds after the clock of a school begins.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000).plus_seconds(seconds)
}

fn user(id: &str) -> Identity {
    Identity::User(user_id(id))
}

fn profile(nickname: &str, admitted: Standing) -> Profile {
    let nickname = Nickname::parse(nickname).unwrap();
    Profile { nickname, image: None, office: Office::None, admitted }
}

fn doer(id: &str) -> Doer {
    Doer { user: Some(user_id(id)), context: Arc::new(context()) }
}

/// A meeting in a room, as the one who looks after it has it.
struct Hall {
    room: RoomId,
    meeting: Meeting,
    recorder: Recorder,
    notes: Vec<Note>,
}

/// Those of a room of that name.
fn settings(name: &str) -> RoomSettings {
    RoomSettings {
        name: RoomName::parse(name).unwrap(),
        capacity: None,
        time_limit: None,
        for_anyone: false,
        newcomers_wait: false,
    }
}

impl Hall {
    /// The first meeting of a room of that name.
    fn of(room: &RoomId, name: &str) -> Self {
        Self::numbered(room, name, 1)
    }

    fn numbered(room: &RoomId, name: &str, number: u32) -> Self {
        let meeting = Meeting::new(MeetingNumber(number), 1, settings(name));
        Self { room: room.clone(), meeting, recorder: Recorder::default(), notes: Vec::new() }
    }

    fn apply(&mut self, changes: &[Change]) {
        for it in changes {
            self.recorder.apply(&mut self.meeting, it);
        }
    }

    fn enter(&mut self, who: Identity, standing: Standing, seconds: i64) -> ParticipantId {
        let nickname = match &who {
            Identity::User(user_id) => user_id.to_string(),
            Identity::Guest(guest) => guest.clone(),
        };
        let (id, changes) = self.meeting.enter(who, profile(&nickname, standing), at(seconds));
        self.apply(&changes);
        id
    }

    /// Somebody does something that they may do, and it is noted.
    fn act(&mut self, by: ParticipantId, act: &Act, seconds: i64) -> Decision {
        let decision = self.meeting.decide(by, act, at(seconds)).unwrap();
        let id = self.meeting.participant(by).unwrap().who.user_id().unwrap().to_string();
        self.notes.extend(Note::of(&doer(&id), &self.meeting, act, &decision, at(seconds)));
        self.apply(&decision.changes);
        decision
    }

    fn batch(&mut self, seconds: i64) -> Batch {
        Batch {
            room: self.room.clone(),
            record: self.recorder.take(&self.meeting, at(seconds)),
            notes: std::mem::take(&mut self.notes),
        }
    }

    /// Has what happened since the last time written.
    async fn write(&mut self, school: &School, seconds: i64) -> Result<(), Internal> {
        school.backend.scribe.write(self.batch(seconds)).await.unwrap()
    }
}

/// What a query that a test writes finds, each row in one line.
async fn db_rows(school: &School, query: &'static str) -> Vec<String> {
    use sqlx::{Column, Row, ValueRef};

    let rows = sqlx::query(query).fetch_all(&mut school.db().await).await.unwrap();
    let text = |row: &sqlx::any::AnyRow, at: usize| {
        if row.try_get_raw(at).unwrap().is_null() {
            return "-".to_owned();
        }
        row.try_get::<i64, _>(at).map_or_else(|_| row.get::<String, _>(at), |it| it.to_string())
    };
    let line = |row: &sqlx::any::AnyRow| {
        let parts = row.columns().iter().map(|it| text(row, it.ordinal()));
        parts.collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(line).collect()
}

/// Seconds after the clock of a school begins, of a column of moments.
macro_rules! seconds {
    ($column:literal) => {
        concat!("(", $column, " - 1800000000000000) / 1000000")
    };
}
use seconds;
