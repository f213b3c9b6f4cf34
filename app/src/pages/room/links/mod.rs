//! Entry links on the page of a room, for whoever may change it: what is done to one, from wherever it is
//! done.

mod card;
mod dialogs;
mod items;

use domain::{
    RoomId, UserId, UserSummary,
    entry_link::{EntryLink, LinkAct, LinkStanding},
};
use leptos::{prelude::*, task::spawn_local};

pub(super) use self::{card::LinksCard, dialogs::Dialogs, items::LinkItems};
use crate::{
    browser,
    components::{layout::failed, toast::Toaster},
    error::AppError,
    functions::links::{self, ShownLink},
    i18n::tr,
    live::delivered,
};

/// Whose link is meant.
#[derive(Clone)]
pub(super) struct LinkOf {
    /// Nobody's where it is the shared one.
    user_id: Option<UserId>,
    nickname: String,
    /// How it stands, as far as it is known: nothing where it was never made.
    standing: RwSignal<Option<EntryLink>>,
}

impl LinkOf {
    /// That of a user.
    pub(super) fn user(user: &UserSummary) -> Self {
        Self {
            user_id: Some(user.user_id.clone()),
            nickname: user.nickname.to_string(),
            standing: RwSignal::new(None),
        }
    }

    /// The one that all share.
    pub(super) fn shared() -> Self {
        Self { user_id: None, nickname: String::new(), standing: RwSignal::new(None) }
    }

    /// The link, within a sentence.
    fn in_words(&self) -> String {
        match self.user_id {
            Some(_) => tr!("links.of", nickname = self.nickname),
            None => tr!("links.shared_one"),
        }
    }

    /// The link, as a title.
    fn title(&self) -> String {
        match self.user_id {
            Some(_) => tr!("links.title_of", nickname = self.nickname),
            None => tr!("links.title_shared"),
        }
    }

    fn is_revoked(&self) -> bool {
        self.standing.with(|it| it.as_ref().is_some_and(|it| it.standing == LinkStanding::Revoked))
    }
}

/// What a dialog is about, and whether it is open.
struct About<T: 'static> {
    of: RwSignal<Option<T>>,
    open: RwSignal<bool>,
}

impl<T> Clone for About<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for About<T> {}

impl<T: Send + Sync + 'static> About<T> {
    fn nothing() -> Self {
        Self { of: RwSignal::new(None), open: RwSignal::new(false) }
    }

    fn begin(self, of: T) {
        self.of.try_set(Some(of));
        self.open.try_set(true);
    }
}

/// Does things to the links of one room, with a dialog where one is needed.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    room: StoredValue<RoomId>,
    shown: About<(LinkOf, ShownLink)>,
    renewing: About<LinkOf>,
    expiring: About<LinkOf>,
    toaster: Toaster,
}

impl Desk {
    /// Nothing was done yet.
    pub(super) fn new(room: RoomId) -> Self {
        Self {
            room: StoredValue::new(room),
            shown: About::nothing(),
            renewing: About::nothing(),
            expiring: About::nothing(),
            toaster: expect_context(),
        }
    }

    /// Asks how a link stands.
    pub(super) fn look(self, of: LinkOf) {
        let room = self.room.get_value();
        spawn_local(async move {
            // Where it can't be known, the acts that depend on it say why.
            if let Ok(standing) = links::standing(room, of.user_id).await {
                of.standing.try_set(standing);
            }
        });
    }

    /// Puts a link into the clipboard; where that can't be, shows it.
    pub(super) fn copy(self, of: LinkOf) {
        spawn_local(async move {
            let Some(shown) = self.ask(&of).await else { return };
            if browser::copied(&shown.address).await {
                self.toaster.show(tr!("links.copied", link = of.in_words()), None);
            } else {
                self.shown.begin((of, shown));
            }
        });
    }

    /// Shows a link, also as a code.
    pub(super) fn show(self, of: LinkOf) {
        spawn_local(async move {
            if let Some(shown) = self.ask(&of).await {
                self.shown.begin((of, shown));
            }
        });
    }

    async fn ask(self, of: &LinkOf) -> Option<ShownLink> {
        let room = self.room.get_value();
        match delivered(|| links::show(room.clone(), of.user_id.clone())).await {
            Ok(shown) => {
                of.standing.try_set(Some(shown.link.clone()));
                Some(shown)
            }
            Err(error) => {
                failed(&error, self.toaster);
                None
            }
        }
    }

    /// Makes a link anew, and shows the new one. Sent once: a second time, another would be made.
    fn renew(self, of: LinkOf) {
        spawn_local(async move {
            let renewed =
                links::change(self.room.get_value(), of.user_id.clone(), LinkAct::Renew).await;
            if let Err(error) = renewed {
                failed(&error, self.toaster);
                return;
            }
            self.toaster.show(tr!("links.renewed", link = of.in_words()), None);
            if let Some(shown) = self.ask(&of).await {
                self.shown.begin((of, shown));
            }
        });
    }

    /// Revokes a link, or allows it again, each with the way back.
    fn set_revoked(self, of: LinkOf, revoked: bool) {
        spawn_local(async move {
            let act = if revoked { LinkAct::Revoke } else { LinkAct::Allow };
            let text = if revoked {
                tr!("links.revoked", link = of.in_words())
            } else {
                tr!("links.allowed", link = of.in_words())
            };
            match self.change(&of, act).await {
                Ok(()) => {
                    let undo = Callback::new(move |()| self.set_revoked(of.clone(), !revoked));
                    self.toaster.show(text, Some(undo));
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    /// Puts back when a link expired.
    fn restore(self, of: LinkOf, before: Option<domain::Timestamp>) {
        spawn_local(async move {
            if let Err(error) = self.change(&of, LinkAct::Expire(before)).await {
                failed(&error, self.toaster);
            }
        });
    }

    /// Does what changes nothing the second time.
    async fn change(self, of: &LinkOf, act: LinkAct) -> Result<(), AppError> {
        let room = self.room.get_value();
        let now = delivered(|| links::change(room.clone(), of.user_id.clone(), act)).await?;
        of.standing.try_set(Some(now));
        Ok(())
    }
}
