//! Comboboxes, and what opens below the picker's field.

use domain::UserSummary;
use leptos::prelude::*;

use super::{Section, Specimen, data, offer::OfferSpecimen};
use crate::{
    components::{
        combobox::UserText,
        finder::{Finder, FinderTexts},
    },
    error::AppError,
    functions::picker::Offer,
};

#[component]
pub(super) fn Pickers() -> impl IntoView {
    let texts = FinderTexts {
        label: "Somebody".to_owned(),
        placeholder: "Nickname or User ID".to_owned(),
        list: "Users".to_owned(),
        none: String::new(),
    };
    let option = |user: UserSummary, term| view! { <UserText user term /> }.into_any();
    let name: fn(&UserSummary) -> String = |user| user.nickname.to_string();
    view! {
        <Section id="finder">
            <Specimen name="Closed">
                <Finder
                    id="design-finder"
                    texts
                    found=RwSignal::new(None)
                    ask=|_| async { Ok(data::people()) }
                    name
                    option
                />
            </Specimen>
        </Section>
        <Section id="picker">
            <Specimen name="Searching">
                <OfferSpecimen id="design-searching" answer=None />
            </Specimen>
            <Specimen name="Found: to choose, the owner, specified already, deactivated, a group">
                <OfferSpecimen id="design-found" answer=Some(("ki".to_owned(), Ok(found()))) />
            </Specimen>
            <Specimen name="Nobody found">
                <OfferSpecimen id="design-nobody" answer=Some(("kim7".to_owned(), Ok(nobody()))) />
            </Specimen>
            <Specimen name="Failed">
                <OfferSpecimen
                    id="design-failed"
                    answer=Some((String::new(), Err(AppError::Connection)))
                />
            </Specimen>
        </Section>
    }
}

fn found() -> Offer {
    let users = data::people();
    let id_of = |index: usize| users.get(index).map(|it| it.user_id.clone());
    Offer {
        groups: data::group().into_iter().collect(),
        specified: id_of(2).into_iter().collect(),
        owner: id_of(1),
        more: true,
        unknown: Vec::new(),
        users,
    }
}

fn nobody() -> Offer {
    Offer {
        users: Vec::new(),
        groups: Vec::new(),
        specified: Vec::new(),
        owner: None,
        more: false,
        unknown: Vec::new(),
    }
}
