//! Says what is lost when everybody who is chosen is deleted, and asks once more.

use domain::{
    AtLeast, Problem, UserSummary,
    many::{Act, ManyLosses},
};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    acts::{Acts, ids},
    report::Refused,
};
use crate::{
    components::{
        dialog::Dialog,
        field::TextField,
        form::SubmitButton,
        owner_field::OwnerField,
        state::{FailureNotice, SkeletonList},
        task::Losses,
    },
    functions::{json::AsText, users},
    i18n::{count, number, tr},
    latest::latest,
    words,
};

/// The dialog.
#[component]
pub(super) fn DeleteDialog(open: RwSignal<bool>, acts: Acts) -> impl IntoView {
    view! {
        <Dialog id="delete-many" title=tr!("many.delete_title") open>
            <Asked open acts />
        </Dialog>
    }
}

#[component]
fn Asked(open: RwSignal<bool>, acts: Acts) -> impl IntoView {
    let chosen = untrack(|| ids(&acts.selection.users()));
    let losses = latest(move || Some(()), move |()| users::losses_of_many(AsText(chosen.clone())));
    move || match losses.get() {
        None => view! {
            <div class="dialog__body">
                <SkeletonList />
            </div>
        }
        .into_any(),
        Some(((), Err(error))) => view! {
            <div class="dialog__body">
                <FailureNotice error />
            </div>
        }
        .into_any(),
        Some(((), Ok(losses))) => view! { <Form losses open acts /> }.into_any(),
    }
}

#[component]
fn Form(losses: ManyLosses, open: RwSignal<bool>, acts: Acts) -> impl IntoView {
    let (typed, tried) = (RwSignal::new(String::new()), RwSignal::new(false));
    let heir = RwSignal::new(None::<UserSummary>);
    let (many, owns) = (losses.users, !losses.owned.is_none());
    let right = move || typed.with(|it| it.trim().parse() == Ok(many));
    let typed_wrong = Signal::derive(move || {
        let expected = many.to_string();
        let wrong = tried.get() && !right();
        wrong.then(|| words::problem(Problem::TypedWrong { expected }))
    });
    let heir_wrong = Signal::derive(move || {
        let missing = owns && tried.get() && heir.with(Option::is_none);
        missing.then(|| words::problem(Problem::RoomsNeedOwner))
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let owner = heir.get_untracked().map(|it| it.user_id);
        if untrack(right) && (owner.is_some() || !owns) {
            open.set(false);
            acts.run(Act::Delete { owner });
        }
    };
    let refused = (!losses.refused.is_empty()).then(|| {
        let title = count!("many.stay", losses.refused.len());
        view! {
            <p>{title}</p>
            <Refused outcomes=losses.refused.clone() />
        }
    });
    if many == 0 {
        return view! {
            <div class="dialog__body">{refused}</div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.close")}
                </button>
            </footer>
        }
        .into_any();
    }
    let owner = owns.then(|| {
        let text = at_most(losses.owned, |it| count!("many.owns", it), "many.owns_many");
        view! {
            <p>{text}</p>
            <OwnerField
                label=tr!("user.delete_owner")
                typed=String::new()
                found=heir
                wrong=heir_wrong
            />
        }
    });
    view! {
        <form class="dialog__form" novalidate on:submit=on_submit>
            <div class="dialog__body">
                <Losses lost=lost(&losses) kept=tr!("many.delete_kept") />
                {refused}
                {owner}
                <TextField
                    id="typed-count"
                    name="typed"
                    label=count!("many.delete_type", many)
                    value=typed
                    identifier=true
                    wrong=typed_wrong
                />
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <SubmitButton
                    label=count!("many.delete_action", many)
                    busy=acts.busy
                    class="button--danger"
                />
            </footer>
        </form>
    }
    .into_any()
}

/// What is lost with all of them.
fn lost(losses: &ManyLosses) -> Vec<String> {
    let memberships = (!losses.memberships.is_none()).then(|| {
        at_most(losses.memberships, |it| count!("many.lost_rooms", it), "many.lost_rooms_many")
    });
    let groups = (!losses.groups.is_none()).then(|| {
        at_most(losses.groups, |it| count!("many.lost_groups", it), "many.lost_groups_many")
    });
    let lost = [
        Some(count!("many.lost_users", losses.users)),
        (losses.images > 0).then(|| count!("many.lost_images", losses.images)),
        memberships,
        groups,
        Some(tr!("many.lost_entry")),
    ];
    lost.into_iter().flatten().collect()
}

/// So many, or more than were counted.
fn at_most(many: AtLeast, counted: impl Fn(u32) -> String, more: &'static str) -> String {
    if many.more { tr!(more, count = number(many.count.into())) } else { counted(many.count) }
}
