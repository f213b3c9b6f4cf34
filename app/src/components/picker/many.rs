//! Choosing many at once: everybody in a group, and everybody on a pasted list.

use std::{collections::HashSet, future::Future};

use domain::{GroupName, Problem, RoomId, pasted::user_ids};
use leptos::{prelude::*, task::spawn_local};

use super::{Choice, outcome::Outcome};
use crate::{
    components::{layout::failed, toast::Toaster},
    error::AppError,
    functions::picker::{self, Offer},
};

/// For what many are chosen at once, and what came of it the last time.
#[derive(Clone, Copy)]
pub(super) struct Many {
    choice: Choice,
    place: StoredValue<(Option<RoomId>, Option<GroupName>)>,
    /// What came of it.
    pub(super) outcome: RwSignal<Option<Outcome>>,
    said: RwSignal<String>,
    toaster: Toaster,
}

impl Many {
    /// Nothing was done yet.
    pub(super) fn new(
        choice: Choice,
        room: Option<RoomId>,
        group: Option<GroupName>,
        said: RwSignal<String>,
    ) -> Self {
        let place = StoredValue::new((room, group));
        let toaster = expect_context::<Toaster>();
        Self { choice, place, outcome: RwSignal::new(None), said, toaster }
    }

    /// Chooses the users of a list.
    pub(super) fn add_list(self, list: &str) {
        let mut seen = HashSet::new();
        let ids: Vec<&str> = user_ids(list).into_iter().filter(|it| seen.insert(*it)).collect();
        if ids.len() > Choice::MAX {
            return self.tell(Outcome::TooMany);
        }
        if !ids.is_empty() {
            let (room, group) = self.place.get_value();
            self.take_in(None, picker::look_up(ids.join("\n"), room, group));
        }
    }

    /// Chooses the people who are in a group now.
    pub(super) fn add_group(self, name: GroupName) {
        let (room, group) = self.place.get_value();
        self.take_in(Some(name.to_string()), picker::group_members(name, room, group));
    }

    /// A User ID that nobody had is somebody's now.
    pub(super) fn exists_now(self, user_id: &str) {
        self.outcome.update(|it| {
            if let Some(Outcome::Done(_, taken)) = it {
                taken.unknown.retain(|it| it != user_id);
            }
        });
    }

    fn take_in(
        self,
        of: Option<String>,
        asking: impl Future<Output = Result<Offer, AppError>> + 'static,
    ) {
        self.tell(Outcome::Asking);
        spawn_local(async move {
            match asking.await {
                // The page may be gone by now; then nothing is chosen on it.
                Ok(_) if self.outcome.is_disposed() => {}
                Ok(offer) => self.tell(Outcome::Done(of, self.choice.take_in(offer))),
                Err(AppError::Refused(Problem::TooMany { .. })) => self.tell(Outcome::TooMany),
                Err(error) => {
                    self.outcome.try_set(None);
                    failed(&error, self.toaster);
                }
            }
        });
    }

    fn tell(self, outcome: Outcome) {
        self.said.try_set(outcome.title());
        self.outcome.try_set(Some(outcome));
    }
}
