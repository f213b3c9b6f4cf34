//! What the picker offers: users and groups, those who can't be chosen with the reason, and what to do
//! when nobody is found.

use domain::{GroupSummary, UserSummary};
use leptos::prelude::*;

use super::{Answer, Choice, Purpose, options::Options};
use crate::{
    components::{combobox::Combobox, icon::Icon, state::FailureNotice},
    error::AppError,
    functions::picker::Offer,
    i18n::{number, tr},
    viewer::is_admin,
};

/// A row of the list.
#[derive(Clone, PartialEq)]
pub(crate) enum Row {
    /// A user, and why they can't be chosen where they can't.
    User { user: UserSummary, why_not: Option<WhyNot> },
    /// A group, all of which can be added.
    Group(GroupSummary),
}

/// Why a user can't be chosen.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum WhyNot {
    /// It is their room.
    Owner,
    /// They are chosen, or there, already.
    Specified,
    /// They are deactivated.
    Deactivated,
    /// No more can be chosen at once.
    Full,
}

impl WhyNot {
    /// Every reason, in its order.
    pub(super) const ALL: [Self; 4] = [Self::Owner, Self::Specified, Self::Deactivated, Self::Full];

    /// The reason in words.
    pub(super) fn words(self, purpose: Purpose) -> String {
        match self {
            Self::Owner => tr!("picker.owner"),
            Self::Specified => purpose.already(),
            Self::Deactivated => tr!("picker.deactivated"),
            Self::Full => {
                let max = i64::try_from(Choice::MAX).unwrap_or(i64::MAX);
                tr!("picker.full", max = number(max))
            }
        }
    }
}

/// The rows of an offer: users in their order, groups after the three best.
pub(crate) fn rows(offer: &Offer, choice: Choice) -> Vec<Row> {
    /// Groups must be seen without scrolling, but never be the first that Enter chooses.
    const GROUPS_AFTER: usize = 3;
    let user = |user: &UserSummary| Row::User {
        user: user.clone(),
        why_not: choice.why_not(
            user,
            offer.owner.as_ref(),
            offer.specified.contains(&user.user_id),
        ),
    };
    let mut rows: Vec<Row> = offer.users.iter().map(user).collect();
    let at = rows.len().min(GROUPS_AFTER);
    rows.splice(at..at, offer.groups.iter().cloned().map(Row::Group));
    rows
}

/// What opens below the search field.
#[component]
pub(crate) fn OfferList(
    combobox: Combobox,
    purpose: Purpose,
    answer: RwSignal<Option<Answer>>,
    options: Memo<Vec<Row>>,
    on_choose: Callback<usize>,
    on_create: Callback<String>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        answer.with(|it| match it {
            None => Shown::Searching,
            Some((_, Err(error))) => Shown::Failure(error.clone()),
            Some((term, _)) if options.with(Vec::is_empty) => Shown::Nothing(term.clone()),
            Some(_) => Shown::Options,
        })
    });
    move || match shown.get() {
        Shown::Searching => view! { <Searching /> }.into_any(),
        Shown::Failure(error) => view! {
            <div class="combobox__pop">
                <FailureNotice error />
            </div>
        }
        .into_any(),
        Shown::Nothing(term) => view! { <Nothing combobox purpose term on_create /> }.into_any(),
        Shown::Options => {
            view! { <Options combobox purpose answer options on_choose /> }.into_any()
        }
    }
}

/// What there is to see. From one answer with options to the next it stays the same, so that the list
/// is not made anew with all its rows, but each row is changed where it differs.
#[derive(Clone, PartialEq)]
enum Shown {
    Searching,
    Failure(AppError),
    Nothing(String),
    Options,
}

#[component]
fn Searching() -> impl IntoView {
    let line = || {
        view! {
            <div class="option">
                <span class="skeleton skeleton--round"></span>
                <span class="skeleton skeleton--text"></span>
            </div>
        }
    };
    view! {
        <div class="combobox__pop" aria-busy="true">
            <div class="combobox__head">
                <span>{tr!("picker.searching")}</span>
            </div>
            <div class="listbox">{(0..3).map(|_| line()).collect_view()}</div>
        </div>
    }
}

/// Nobody found: what that means and the next step.
#[component]
fn Nothing(
    combobox: Combobox,
    purpose: Purpose,
    term: String,
    on_create: Callback<String>,
) -> impl IntoView {
    let (searched, admin) = (!term.trim().is_empty(), is_admin());
    let title =
        if searched { tr!("picker.none", term = term.trim()) } else { tr!("picker.nobody") };
    let create =
        if searched { tr!("picker.create_named", term = term.trim()) } else { tr!("users.create") };
    view! {
        <div class="combobox__pop combobox__pop--nothing">
            <div class="nothing">
                <span class="nothing__icon">
                    <Icon name="user-round-x" />
                </span>
                <div>
                    <p class="nothing__title">{title}</p>
                    <p class="nothing__text">
                        {if admin { purpose.create_first() } else { tr!("picker.ask_admin") }}
                    </p>
                    <div class="nothing__actions">
                        {admin
                            .then(|| {
                                view! {
                                    <button
                                        class="button button--small"
                                        type="button"
                                        on:click=move |_| {
                                            combobox.open.set(false);
                                            on_create.run(combobox.term.get_untracked());
                                        }
                                    >
                                        <Icon name="plus" />
                                        {create}
                                    </button>
                                }
                            })}
                        {searched
                            .then(|| {
                                view! {
                                    <button
                                        class="button button--quiet button--small"
                                        type="button"
                                        on:click=move |_| combobox.clear()
                                    >
                                        {tr!("search.clear")}
                                    </button>
                                }
                            })}
                    </div>
                </div>
            </div>
        </div>
    }
}
