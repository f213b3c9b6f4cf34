//! The *Specify users* picker: finds users who already exist, and keeps those chosen.
//!
//! One component for creating a room, for adding members to one, and for putting users into a group.
//! What is chosen stands in a signal of its own, so nothing that is typed, pasted, found or not found
//! afterwards can lose it; it travels with the form around the picker.

mod choice;
mod chosen;
mod create_inline;
mod for_all;
mod many;
pub(crate) mod offer;
mod options;
mod outcome;
mod paste_list;
mod purpose;

use domain::{GroupName, RoomId, UserSummary, live::Kind, room::SpecifyForm};
use leptos::{portal::Portal, prelude::*};

pub(crate) use self::{
    choice::{Choice, Chosen, summary},
    purpose::Purpose,
};
use self::{
    chosen::ChosenRows,
    create_inline::CreateInline,
    many::Many,
    offer::{OfferList, Row, rows},
    outcome::OutcomeNotice,
    paste_list::PasteList,
};
use super::{
    combobox::{Combobox, ComboboxField},
    field::{FieldError, Wrong, described_by},
    icon::Icon,
};
use crate::{
    browser,
    error::AppError,
    functions::picker::{self, Offer},
    i18n::{count, tr},
    latest::latest,
    live,
};

/// What the server offered, beside the term for which it did.
pub(crate) type Answer = (String, Result<Offer, AppError>);

/// The picker.
#[component]
pub(crate) fn Picker(
    /// Who is chosen.
    choice: Choice,
    /// The room to which members are added; none while it is being created.
    #[prop(optional, into)]
    room: Option<RoomId>,
    /// The group into which users are put, where they are.
    #[prop(optional, into)]
    group: Option<GroupName>,
    /// User IDs as they were pasted where no script runs.
    #[prop(optional)]
    pasted: String,
    /// What is wrong with the choice.
    wrong: Wrong,
) -> impl IntoView {
    let combobox = Combobox::new("specify");
    let purpose = if group.is_some() { Purpose::Group } else { Purpose::Room };
    let said = RwSignal::new(String::new());
    let many = Many::new(choice, room.clone(), group.clone(), said);
    let answer = search(combobox, room, group);
    let (creating, pasting) = (RwSignal::new(false), RwSignal::new(false));
    // For whom the form that creates a user is opened.
    let missing = RwSignal::new(String::new());
    let create = Callback::new(move |term: String| {
        missing.set(term);
        creating.set(true);
    });

    let options = Memo::new(move |_| {
        answer.with(|it| match it {
            Some((_, Ok(offer))) => rows(offer, choice),
            _ => Vec::new(),
        })
    });
    announce(answer, options, said);

    let choose = Callback::new(move |index: usize| {
        match options.with_untracked(|rows| rows.get(index).cloned()) {
            Some(Row::User { user, why_not: None }) => {
                said.set(purpose.said_chosen(user.nickname.as_str()));
                choice.add(user);
                combobox.select_text();
            }
            Some(Row::Group(group)) => {
                many.add_group(group.name);
                combobox.select_text();
            }
            Some(Row::User { .. }) | None => {}
        }
    });
    let take_back = move |()| {
        if let Some(last) = choice.take_back() {
            said.set(purpose.said_removed(last.user.nickname.as_str()));
        }
    };
    let describe = described_by("specify", true, wrong);
    let paste = Callback::new(move |text: String| {
        let list = domain::pasted::is_list(&text);
        if list {
            combobox.clear();
            combobox.open.set(false);
            many.add_list(&text);
        }
        list
    });
    let created = Callback::new(move |user: UserSummary| {
        said.set(purpose.said_chosen(user.nickname.as_str()));
        many.exists_now(&missing.get_untracked());
        choice.add(user);
        combobox.clear();
    });

    view! {
        <div class="field" class:field--invalid=move || wrong.with(Option::is_some)>
            <div class="with-script">
                <div class="field__head">
                    <label class="field__label" for="specify">
                        {purpose.label()}
                    </label>
                    <button
                        class="button button--quiet button--small"
                        type="button"
                        on:click=move |_| pasting.set(true)
                    >
                        <Icon name="clipboard-paste" />
                        {tr!("picker.paste")}
                    </button>
                </div>
                <ComboboxField
                    combobox
                    placeholder=tr!("picker.placeholder")
                    count=Signal::derive(move || options.with(Vec::len))
                    answered=Signal::derive(move || answer.with(|it| it.as_ref().map(|it| it.0.clone())))
                    on_choose=choose
                    on_back=Callback::new(take_back)
                    on_paste=paste
                    described_by=Signal::derive(describe)
                    invalid=Signal::derive(move || wrong.with(Option::is_some))
                >
                    <OfferList combobox purpose answer options on_choose=choose on_create=create />
                </ComboboxField>
                <p class="visually-hidden" role="status">
                    {said}
                </p>
            </div>
            <PastedField purpose pasted wrong />
            <FieldError id="specify" wrong=Some(wrong) />
            <p class="field__hint with-script" id="specify-hint">
                {purpose.hint()}
            </p>
        </div>
        <OutcomeNotice outcome=many.outcome purpose on_create=create />
        <ChosenRows choice purpose />
        <Dialogs pasting creating missing purpose many on_created=created />
    }
}

/// What opens over the page, outside the form around the picker: forms can't stand inside forms.
#[component]
fn Dialogs(
    /// Whether a list is asked for.
    pasting: RwSignal<bool>,
    /// Whether a user is created.
    creating: RwSignal<bool>,
    /// For whom.
    missing: RwSignal<String>,
    purpose: Purpose,
    many: Many,
    on_created: Callback<UserSummary>,
) -> impl IntoView {
    view! {
        <Portal>
            <PasteList
                open=pasting
                purpose
                on_list=Callback::new(move |list: String| many.add_list(&list))
            />
            <CreateInline open=creating purpose term=missing on_created />
        </Portal>
    }
}

/// Takes the place of the search where no script runs: User IDs are pasted and sent as they are.
#[component]
fn PastedField(purpose: Purpose, pasted: String, wrong: Wrong) -> impl IntoView {
    view! {
        <div class="without-script">
            <label class="field__label" for="pasted">
                {purpose.label()}
            </label>
            <textarea
                class="input"
                id="pasted"
                name="pasted"
                rows="5"
                aria-describedby=move || {
                    let error = wrong.with(Option::is_some).then_some("specify-error ");
                    format!("{}pasted-hint", error.unwrap_or_default())
                }
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            >
                {browser::raw_text(pasted)}
            </textarea>
            <p class="field__hint" id="pasted-hint">
                {purpose.pasted_hint()}
            </p>
        </div>
    }
}

/// What the server offers for the term, once typing pauses, while the list is open.
fn search(
    combobox: Combobox,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> RwSignal<Option<Answer>> {
    let (users, groups) = (live::changes(Kind::Users), live::changes(Kind::Groups));
    let latest = latest(
        move || {
            users.track();
            groups.track();
            combobox.open.get().then(|| combobox.asked.get())
        },
        move |term| picker::candidates(term, room.clone(), group.clone()),
    );
    // What changed elsewhere may be nothing that is offered here; then the list stands still.
    let answer = RwSignal::new(None);
    Effect::new(move |_| {
        latest.with(|latest| {
            if answer.with_untracked(|it| it != latest) {
                answer.set(latest.clone());
                combobox.rewind();
            }
        });
    });
    answer
}

/// Tells readers how many results there are.
fn announce(answer: RwSignal<Option<Answer>>, options: Memo<Vec<Row>>, said: RwSignal<String>) {
    Effect::new(move |_| {
        if let Some((term, Ok(_))) = answer.get() {
            let found = u32::try_from(options.with_untracked(Vec::len)).unwrap_or(u32::MAX);
            said.set(if found == 0 {
                tr!("picker.none", term = term)
            } else {
                count!("picker.said_results", found)
            });
        }
    });
}

/// What was specified where no script runs, as a list to correct.
pub(crate) fn as_pasted(form: &SpecifyForm) -> String {
    let picked = form.members.iter().map(|(user_id, _)| user_id.as_str());
    let pasted = Some(form.pasted.trim()).filter(|it| !it.is_empty());
    picked.chain(pasted).collect::<Vec<_>>().join("\n")
}
