//! What is known of somebody at a door, and who they are by what their browser has.

use domain::{
    ConsoleRole, EntryPermission, Nickname, RoomType, Timestamp,
    classroom::Identity,
    entry::{Intent, LinkState, Visitor},
};

use super::{Comer, EnterRefusal};
use crate::{
    Internal,
    audit::Subject,
    entry::Asked,
    ids,
    links::Links,
    store::{
        Db,
        entries::{FoundEntry, Way},
        entry::{self as facts, StoredEntryRoom, StoredVisitor},
    },
};

/// What is known of somebody at a door.
pub(super) struct Known<'a> {
    pub(super) room: StoredEntryRoom,
    /// Nobody where they are unknown.
    pub(super) visitor: Option<StoredVisitor>,
    by: By<'a>,
    intent: Intent,
}

/// By what they come.
enum By<'a> {
    Link { number: i64, generation: u32, state: LinkState },
    Session(&'a [u8]),
}

/// Somebody who enters.
pub(super) struct Arrival<'a> {
    pub(super) who: Identity,
    name: Option<&'a Nickname>,
    pub(super) intent: Intent,
    /// The entry that their browser has to that room.
    pub(super) before: Option<FoundEntry>,
}

impl<'a> Known<'a> {
    /// What is known of somebody; `None` where there is no door that they may know of.
    pub(super) async fn of(
        db: &mut Db,
        links: &Links,
        comer: Comer<'a>,
    ) -> Result<Option<Self>, Internal> {
        match comer {
            Comer::ByLink { token, .. } => {
                let Some((link, opened)) = links.look(db, token).await? else { return Ok(None) };
                let facts = facts::facts(db, &opened.room, opened.user.as_ref()).await?;
                let (number, generation, state) = (link.number, link.generation, opened.state);
                let by = By::Link { number, generation, state };
                // A user who has just been deleted is nobody unknown.
                let facts = facts.filter(|(_, it)| it.is_some() == opened.user.is_some());
                Ok(facts.map(|(room, visitor)| Self { room, visitor, by, intent: Intent::Own }))
            }
            Comer::SignedIn { session, room, intent } => {
                let user_id = &session.user().user_id;
                let facts = facts::facts(db, room, Some(user_id)).await?;
                let Some((room, Some(visitor))) = facts else { return Ok(None) };
                let (visitor, by) = (Some(visitor.asking(intent)), By::Session(session.hash()));
                Ok(Some(Self { room, visitor, by, intent }).filter(Self::may_be_told))
            }
        }
    }

    /// Whether somebody signed in may know that there is such a room: a stranger's is as one that never
    /// was.
    fn may_be_told(&self) -> bool {
        let belongs = |it: &StoredVisitor| {
            let known = it.known;
            known.owner || known.membership.is_some() || known.role == ConsoleRole::Admin
        };
        self.room.facts.room_type != RoomType::Private || self.visitor.as_ref().is_some_and(belongs)
    }

    /// The user, if they are one.
    pub(super) fn identity(&self) -> Option<Identity> {
        let user = self.visitor.as_ref().map(|it| &it.user.summary.user_id);
        user.cloned().map(Identity::User)
    }

    /// What the rule looks at.
    pub(super) fn asked(&self, admitted: bool, now: Timestamp) -> Asked {
        Asked {
            visitor: self.visitor.as_ref().map_or(Visitor::Unknown, |it| Visitor::User(it.known)),
            link: match self.by {
                By::Link { state, .. } => Some(state),
                By::Session(_) => None,
            },
            room: self.room.facts,
            banned: self.visitor.as_ref().is_some_and(|it| it.banned),
            admitted,
            now,
        }
    }

    /// Whether they ask to observe, or may do no more.
    pub(super) fn would_observe(&self) -> bool {
        self.visitor.as_ref().is_some_and(|it| {
            let permission = it.known.membership.unwrap_or(it.known.default_permission);
            self.intent == Intent::Observe || permission == EntryPermission::Monitoring
        })
    }

    /// Whom and what the audit log says that it was about.
    pub(super) fn subject(&self) -> Subject<'_> {
        let user = self.visitor.as_ref().map(|it| &it.user.summary.user_id);
        Subject::about(user, Some(&self.room.id))
    }

    /// What their entry rests on.
    pub(super) const fn way(&self) -> Way<'a> {
        match self.by {
            By::Link { number, generation, .. } => Way::Link { link: number, generation },
            By::Session(hash) => Way::Session(hash),
        }
    }

    /// Whether a user comes once more by what their entry rests on. Of somebody unknown nobody can tell
    /// whether they are who said that name before.
    pub(super) fn comes_again(&self, entry: &FoundEntry) -> bool {
        self.visitor.is_some() && entry.came_by(self.way())
    }

    /// Who they are once they enter. Somebody unknown who says the same name again in the same browser,
    /// by the same link, is who they were.
    pub(super) fn arrival<'n>(
        &self,
        before: Option<FoundEntry>,
        name: Option<&'n Nickname>,
    ) -> Result<Arrival<'n>, EnterRefusal> {
        let (who, name) = if let Some(user) = self.identity() {
            (user, None)
        } else {
            let name = name.ok_or(EnterRefusal::NoName)?;
            let same = before.as_ref().filter(|it| self.is_same_guest(it, name));
            let who = match same {
                Some(same) => same.who.clone(),
                None => Identity::Guest(ids::guest()?),
            };
            (who, Some(name))
        };
        Ok(Arrival { who, name, intent: self.intent, before })
    }

    fn is_same_guest(&self, entry: &FoundEntry, name: &Nickname) -> bool {
        entry.came_by(self.way()) && entry.guest_name.as_ref() == Some(name)
    }
}

impl Arrival<'_> {
    /// Whether that entry is of the same person, who asks for the same.
    pub(super) fn is_theirs(&self, entry: &FoundEntry) -> bool {
        entry.who == self.who && entry.intent == self.intent
    }

    /// Whether they are somebody unknown whom the browser wasn't before.
    pub(super) fn is_new_stranger(&self) -> bool {
        self.name.is_some() && !self.before.as_ref().is_some_and(|it| self.is_theirs(it))
    }

    /// Whether a Host let them in before.
    pub(super) fn admitted(&self) -> bool {
        self.before.as_ref().is_some_and(|it| self.is_theirs(it) && it.admitted)
    }

    /// What tells somebody unknown from others, and their name.
    pub(super) fn guest(&self) -> Option<(&str, &Nickname)> {
        match &self.who {
            Identity::Guest(guest) => self.name.map(|name| (guest.as_str(), name)),
            Identity::User(_) => None,
        }
    }
}
