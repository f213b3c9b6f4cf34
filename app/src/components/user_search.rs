//! A field that finds one user, for questions about that user.

use domain::UserSummary;
use leptos::prelude::*;

use super::{
    combobox::UserText,
    field::Wrong,
    finder::{Finder, FinderTexts},
    permission::PermissionPill,
};
use crate::{functions::picker, i18n::tr};

/// The field.
#[component]
pub(crate) fn UserSearch(
    /// The id of the input.
    id: &'static str,
    /// What readers hear.
    label: String,
    /// Who was found.
    found: RwSignal<Option<UserSummary>>,
    /// What is wrong with who was found.
    #[prop(optional_no_strip, into)]
    wrong: Option<Wrong>,
) -> impl IntoView {
    let texts = FinderTexts {
        label,
        placeholder: tr!("user_search.placeholder"),
        list: tr!("picker.list"),
        none: tr!("user_search.none"),
    };
    let ask = |term| async { picker::candidates(term, None, None).await.map(|offer| offer.users) };
    let wrong = wrong.unwrap_or_else(|| Signal::stored(None));
    view! { <Finder id texts found ask name=nickname option=row wrong /> }
}

fn nickname(user: &UserSummary) -> String {
    user.nickname.to_string()
}

fn row(user: UserSummary, term: String) -> AnyView {
    let permission = user.permission;
    view! {
        <UserText user term />
        <span class="option__end">
            <PermissionPill permission />
        </span>
    }
    .into_any()
}
