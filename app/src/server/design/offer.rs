//! What opens below the picker's field, for an answer that is given beforehand.

use leptos::prelude::*;

use crate::components::{
    combobox::Combobox,
    picker::{
        Answer, Choice, Purpose,
        offer::{OfferList, rows},
    },
};

/// The open list; nothing in it does anything.
#[component]
pub(crate) fn OfferSpecimen(
    /// Tells it from others on the page.
    id: &'static str,
    /// What the server answered, and to which term.
    answer: Option<Answer>,
) -> impl IntoView {
    let combobox = Combobox::new(id);
    let answer = RwSignal::new(answer);
    let choice = Choice::default();
    let options = Memo::new(move |_| {
        answer.with(|it| match it {
            Some((_, Ok(offer))) => rows(offer, choice),
            _ => Vec::new(),
        })
    });
    view! {
        <OfferList
            combobox
            purpose=Purpose::Room
            answer
            options
            on_choose=Callback::new(|_| ())
            on_create=Callback::new(|_| ())
        />
    }
}
