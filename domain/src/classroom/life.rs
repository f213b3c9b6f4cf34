//! How a meeting goes on by itself: people come and drop out, seats are given up, time runs out.

use super::{Arrival, Change, Ending, Identity, Meeting, ParticipantId, Presence, Profile};
use crate::{Timestamp, room::TimeLimit};

/// For how long a seat is kept, through lock and capacity: so long one stay goes on.
pub const SEAT_SECONDS: i64 = 60;
/// After how long without anybody a meeting ends.
pub const EMPTY_SECONDS: i64 = 600;

impl Meeting {
    /// What it comes to that somebody connects whom the rule of entry admits. Who was in this meeting
    /// before is the same participant, with what a Host made of them. Nothing where they are in already.
    #[must_use]
    pub fn enter(
        &self,
        who: Identity,
        profile: Profile,
        now: Timestamp,
    ) -> (ParticipantId, Vec<Change>) {
        let Some((id, there)) = self.find(&who).filter(|(_, it)| it.is_inside()) else {
            let id = self.find(&who).map_or_else(|| self.next_participant(), |(id, _)| id);
            return (id, vec![Change::Came(Arrival { id, who, profile, at: now })]);
        };
        let mut changes = Vec::new();
        if there.presence != Presence::In {
            changes.push(Change::Returned(id));
        }
        if there.profile != profile {
            changes.push(Change::Profile(id, profile));
        }
        (id, changes)
    }

    /// What it comes to that the last connection of a participant is lost.
    #[must_use]
    pub const fn lose(who: ParticipantId, now: Timestamp) -> Change {
        Change::Away { who, since: now, until: now.plus_seconds(SEAT_SECONDS) }
    }

    /// Whether somebody's seat is theirs, so that they pass lock and capacity.
    #[must_use]
    pub fn seated(&self, who: &Identity) -> bool {
        self.ended().is_none() && self.find(who).is_some_and(|(_, it)| it.is_inside())
    }

    /// When the time is up.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        let minutes = self.settings().time_limit.map(TimeLimit::get)?;
        Some(self.began()?.plus_seconds(i64::from(minutes) * 60))
    }

    /// When next something happens by itself.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        if self.ended().is_some() {
            return None;
        }
        let seats = self.kept_seats().map(|(_, _, until)| until);
        seats.chain(self.ends()).chain(self.gives_up()).min()
    }

    /// What has happened by itself: seats that are given up, and the end.
    #[must_use]
    pub fn overdue(&self, now: Timestamp) -> Vec<Change> {
        if self.ended().is_some() {
            return Vec::new();
        }
        // It ended when the last of them went, not when that was noticed, be it after its time was up.
        let (ends, gives_up) = (self.ends(), self.gives_up());
        if let Some(since) = self.empty_since()
            && gives_up.is_some_and(|at| at <= now && ends.is_none_or(|ends| at <= ends))
        {
            return self.end(Ending::Empty, since);
        }
        if let Some(ends) = ends.filter(|it| *it <= now) {
            // Whoever is in goes when that is noticed; where nobody is, it ended when its time was up.
            let at = self.empty_since().map_or(now, |since| ends.max(since));
            return self.end(Ending::TimeLimit, at);
        }
        let over = self.kept_seats().filter(|(_, _, until)| *until <= now);
        over.map(|(who, since, _)| Change::Went(who, since)).collect()
    }

    /// What it comes to that the meeting ends: who is out of reach went when they dropped out.
    #[must_use]
    pub fn end(&self, ending: Ending, at: Timestamp) -> Vec<Change> {
        let away = self.kept_seats().map(|(who, since, _)| Change::Went(who, since));
        away.chain([Change::Ended(ending, at)]).collect()
    }

    /// When it ends, should nobody come.
    fn gives_up(&self) -> Option<Timestamp> {
        Some(self.empty_since()?.plus_seconds(EMPTY_SECONDS))
    }

    /// Who is out of reach, since when, and until when their seat is kept.
    fn kept_seats(&self) -> impl Iterator<Item = (ParticipantId, Timestamp, Timestamp)> {
        self.participants().filter_map(|(id, it)| match it.presence {
            Presence::Away { since, until } => Some((id, since, until)),
            Presence::In | Presence::Gone => None,
        })
    }
}
