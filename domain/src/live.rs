//! Live: what changes while somebody looks at it, told without saying how. Whoever shows it asks again.

use serde::{Deserialize, Serialize};

/// What can change while somebody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Users, and what the console says of them.
    Users,
    /// Groups, and who is in them.
    Groups,
    /// Rooms, and who may enter them.
    Rooms,
    /// Meetings that go on, and who is in.
    Meetings,
    /// The audit log: everything that is done or refused. Told to Admins alone.
    Log,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Users, Self::Groups, Self::Rooms, Self::Meetings, Self::Log];
}

/// How often things of each kind have changed. Only whether two of them differ says something: what
/// they begin with is different each time the server starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
// Another version may count other kinds; that it is another must be readable all the same.
#[serde(default)]
pub struct Changes {
    users: u64,
    groups: u64,
    rooms: u64,
    meetings: u64,
    log: u64,
}

impl Changes {
    /// Nothing has changed since a beginning that has that number.
    #[must_use]
    pub const fn since(beginning: u64) -> Self {
        Self {
            users: beginning,
            groups: beginning,
            rooms: beginning,
            meetings: beginning,
            log: beginning,
        }
    }

    /// How often things of that kind have changed.
    #[must_use]
    pub const fn of(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Users => self.users,
            Kind::Groups => self.groups,
            Kind::Rooms => self.rooms,
            Kind::Meetings => self.meetings,
            Kind::Log => self.log,
        }
    }

    /// The same, without saying that anything was done which only the log shows.
    #[must_use]
    pub const fn without_log(self) -> Self {
        Self { log: 0, ..self }
    }

    /// Something of that kind has changed once more.
    pub const fn count(&mut self, kind: Kind) {
        let counter = match kind {
            Kind::Users => &mut self.users,
            Kind::Groups => &mut self.groups,
            Kind::Rooms => &mut self.rooms,
            Kind::Meetings => &mut self.meetings,
            Kind::Log => &mut self.log,
        };
        *counter += 1;
    }
}

/// What a page is told, at first and whenever it differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// What the server serves: another one than the page came from needs the page loaded anew.
    pub version: String,
    /// What has changed.
    pub changes: Changes,
}

/// Why a page is told nothing more: whoever looks at it may not any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Farewell {
    /// They are signed out, by themselves or somebody else, or because their session is over.
    SignedOut,
    /// They were deactivated.
    Deactivated,
    /// They were deleted.
    Deleted,
    /// They have another role.
    OtherRole,
    /// They have no role in the console any more.
    NoRole,
}

impl Farewell {
    /// The name of the last event of a stream, which says why it is that.
    pub const EVENT: &str = "farewell";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_on_its_own() {
        let before = Changes::since(7);
        let mut after = before;
        after.count(Kind::Rooms);
        assert_eq!(after.of(Kind::Rooms), 8);
        assert_eq!(after.of(Kind::Users), before.of(Kind::Users));
        assert_ne!(after, before);
    }

    #[test]
    fn what_only_the_log_shows_can_be_kept_back() {
        let before = Changes::since(7);
        let mut after = before;
        after.count(Kind::Log);
        assert_ne!(after, before);
        assert_eq!(after.without_log(), before.without_log());
    }
}
