//! Doing something to everybody who is chosen, and saying what became of it.

use domain::{
    UserId, UserSummary,
    many::{Act, Became, Order, Outcome, Reason, Report},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{layout::failed, selection::Selection, toast::Toaster},
    functions::{json::AsText, users},
    i18n::count,
    live::delivered,
};

/// What is said afterwards where something could not be done.
#[derive(Clone)]
pub(super) struct Told {
    /// What was done, in one sentence.
    pub(super) text: String,
    /// To whom it wasn't.
    pub(super) refused: Vec<Outcome>,
    /// What takes back what was done.
    pub(super) undo: Vec<Order>,
}

/// Acts upon everybody who is chosen.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    /// Who is chosen.
    pub(super) selection: Selection,
    /// Whether something is under way.
    pub(super) busy: RwSignal<bool>,
    /// What could not be done, until it was read.
    pub(super) told: RwSignal<Option<Told>>,
    refresh: Callback<()>,
    toaster: Toaster,
}

impl Acts {
    pub(super) fn new(selection: Selection, refresh: Callback<()>) -> Self {
        let (busy, told) = (RwSignal::new(false), RwSignal::new(None));
        Self { selection, busy, told, refresh, toaster: expect_context() }
    }

    /// Does that to everybody who is chosen.
    pub(super) fn run(self, act: Act) {
        let users = untrack(|| ids(&self.selection.users()));
        self.send(vec![Order { act, users }], done);
    }

    /// Takes back what was done.
    pub(super) fn take_back(self, undo: Vec<Order>) {
        self.send(undo, |_, many| count!("many.taken_back", many));
    }

    fn send(self, orders: Vec<Order>, said: fn(&Act, usize) -> String) {
        // Undo may be asked for when the page is gone.
        if self.busy.try_get_untracked().unwrap_or(false) {
            return;
        }
        self.busy.try_set(true);
        let Some(act) = orders.first().map(|it| it.act.clone()) else { return };
        spawn_local(async move {
            let answer = delivered(|| users::many(AsText(orders.clone()))).await;
            self.busy.try_set(false);
            match answer {
                Ok(report) => self.tell(&act, report, said),
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    fn tell(self, act: &Act, report: Report, said: fn(&Act, usize) -> String) {
        let Report { outcomes, undo } = report;
        let of = |became: Became| outcomes.iter().filter(|it| it.became == became).count();
        let (done, already) = (of(Became::Done), of(Became::AlreadySo));
        self.selection.drop_all(&gone(act, &outcomes));
        if done > 0 {
            self.refresh.try_run(());
        }
        let refused: Vec<Outcome> =
            outcomes.into_iter().filter(|it| matches!(it.became, Became::Refused(_))).collect();
        let parts = [
            (done > 0 || already == 0).then(|| said(act, done)),
            (already > 0).then(|| count!("many.already", already)),
            (!refused.is_empty()).then(|| count!("many.refused", refused.len())),
        ];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let told = Told { text, refused, undo };
        if told.refused.is_empty() || self.told.try_get_untracked().is_none() {
            let undo = (!told.undo.is_empty())
                .then(|| Callback::new(move |()| self.take_back(told.undo.clone())));
            self.toaster.show(told.text, undo);
        } else {
            self.told.set(Some(told));
        }
    }
}

/// The User IDs of users.
pub(super) fn ids(users: &[UserSummary]) -> Vec<UserId> {
    users.iter().map(|it| it.user_id.clone()).collect()
}

/// Who doesn't exist any more.
fn gone(act: &Act, outcomes: &[Outcome]) -> Vec<UserId> {
    let deleted = matches!(act, Act::Delete { .. });
    let gone = outcomes.iter().filter(|it| match it.became {
        Became::Done | Became::AlreadySo => deleted,
        Became::Refused(reason) => reason == Reason::NotFound,
    });
    gone.map(|it| it.user_id.clone()).collect()
}

/// What was done to so many.
fn done(act: &Act, many: usize) -> String {
    match act {
        Act::SetPermission { .. } => count!("many.permission_set", many),
        Act::Join(_) => count!("many.joined", many),
        Act::Leave(_) => count!("many.left", many),
        Act::Deactivate => count!("many.deactivated", many),
        Act::Reactivate => count!("many.reactivated", many),
        Act::Delete { .. } => count!("many.deleted", many),
    }
}
