//! The *Specify users* picker: finds users who already exist, and keeps those chosen.
//!
//! One component for creating a room, for adding members to one, and for putting users into a group. What is chosen stands in a signal
//! of its own, so nothing that is typed, found or not found afterwards can lose it; the chosen rows
//! are part of the form around the picker and travel with it.

mod chosen;
mod create_inline;
pub(crate) mod offer;
mod purpose;

use domain::{
    EntryPermission, GroupName, RoomId, UserId, UserSummary, live::Kind, room::SpecifyForm,
};
use leptos::{portal::Portal, prelude::*, task::spawn_local};

pub(crate) use chosen::summary;
pub(crate) use purpose::Purpose;

use self::{
    chosen::ChosenRows,
    create_inline::CreateInline,
    offer::{OfferList, Row, rows},
};
use super::{
    combobox::{Combobox, ComboboxField},
    field::{FieldError, Wrong, described_by},
    layout::failed,
    toast::Toaster,
};
use crate::{
    browser,
    error::AppError,
    functions::rooms::{self, Offer},
    i18n::{count, tr},
    latest::latest,
    live,
};

/// A chosen user and as what they are to enter the room.
#[derive(Clone)]
pub(crate) struct Chosen {
    /// Who.
    pub(crate) user: UserSummary,
    /// As what; preset to the user's default.
    pub(crate) permission: ArcRwSignal<EntryPermission>,
}

/// The chosen users, in the order of choosing.
#[derive(Clone, Copy, Default)]
pub(crate) struct Choice(pub(crate) RwSignal<Vec<Chosen>>);

impl Choice {
    /// Chooses a user, unless they are chosen already.
    fn add(self, user: UserSummary) {
        if !self.has(&user.user_id) {
            let permission = ArcRwSignal::new(user.permission);
            self.0.update(|all| all.push(Chosen { user, permission }));
        }
    }

    /// Chooses the active users of a group who are neither chosen nor to be left out.
    fn add_group(self, members: Vec<UserSummary>, leave_out: Option<&UserId>) -> u32 {
        let before = self.0.with_untracked(Vec::len);
        let known: std::collections::HashSet<UserId> =
            self.0.with_untracked(|all| all.iter().map(|it| it.user.user_id.clone()).collect());
        self.0.update(|all| {
            all.extend(members.into_iter().filter_map(|user| {
                let active = user.status == domain::UserStatus::Active;
                let fresh = !known.contains(&user.user_id) && leave_out != Some(&user.user_id);
                let permission = ArcRwSignal::new(user.permission);
                (active && fresh).then_some(Chosen { user, permission })
            }));
        });
        u32::try_from(self.0.with_untracked(Vec::len) - before).unwrap_or(u32::MAX)
    }

    fn remove(self, user_id: &UserId) {
        self.0.update(|all| all.retain(|it| it.user.user_id != *user_id));
    }

    fn has(self, user_id: &UserId) -> bool {
        self.0.with(|all| all.iter().any(|it| it.user.user_id == *user_id))
    }
}

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
    let answer = search(combobox, room, group);
    let said = RwSignal::new(String::new());
    let creating = RwSignal::new(false);

    let options = Memo::new(move |_| {
        answer.with(|it| match it {
            Some((_, Ok(offer))) => rows(offer, choice),
            _ => Vec::new(),
        })
    });
    announce(answer, options, said);

    let toaster = expect_context::<Toaster>();
    let choose = Callback::new(move |index: usize| {
        match options.with_untracked(|rows| rows.get(index).cloned()) {
            Some(Row::User { user, why_not: None }) => {
                said.set(purpose.said_chosen(user.nickname.as_str()));
                choice.add(user);
                combobox.select_text();
            }
            Some(Row::Group(group)) => {
                let owner = answer.with_untracked(|it| match it {
                    Some((_, Ok(offer))) => offer.owner.clone(),
                    _ => None,
                });
                add_group(choice, group.name, owner, said, toaster);
                combobox.select_text();
            }
            Some(Row::User { .. }) | None => {}
        }
    });
    let take_back = move |()| {
        let last = choice.0.try_update(Vec::pop).flatten();
        if let Some(last) = last {
            said.set(purpose.said_removed(last.user.nickname.as_str()));
        }
    };
    let describe = described_by("specify", true, wrong);

    view! {
        <div class="field" class:field--invalid=move || wrong.with(Option::is_some)>
            <div class="with-script">
                <label class="field__label" for="specify">
                    {purpose.label()}
                </label>
                <ComboboxField
                    combobox
                    placeholder=tr!("picker.placeholder")
                    count=Signal::derive(move || options.with(Vec::len))
                    answered=Signal::derive(move || answer.with(|it| it.as_ref().map(|it| it.0.clone())))
                    on_choose=choose
                    on_back=Callback::new(take_back)
                    described_by=Signal::derive(describe)
                    invalid=Signal::derive(move || wrong.with(Option::is_some))
                >
                    <OfferList combobox purpose answer options on_choose=choose creating />
                </ComboboxField>
                <p class="visually-hidden" role="status">
                    {said}
                </p>
            </div>
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
            <FieldError id="specify" wrong=Some(wrong) />
            <p class="field__hint with-script" id="specify-hint">
                {purpose.hint()}
            </p>
        </div>
        <ChosenRows choice purpose />
        // Outside the form around the picker: forms can't stand inside forms.
        <Portal>
            <CreateInline
                open=creating
                purpose
                term=combobox.term
                on_created=Callback::new(move |user: UserSummary| {
                    said.set(purpose.said_chosen(user.nickname.as_str()));
                    choice.add(user);
                    combobox.clear();
                })
            />
        </Portal>
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
        move |term| rooms::candidates(term, room.clone(), group.clone()),
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

fn add_group(
    choice: Choice,
    name: GroupName,
    owner: Option<UserId>,
    said: RwSignal<String>,
    toaster: Toaster,
) {
    spawn_local(async move {
        match rooms::group_members(name.clone()).await {
            Ok(members) => {
                let added = choice.add_group(members, owner.as_ref());
                let text = format!("{}: {}", name, count!("picker.said_added", added));
                said.set(text.clone());
                toaster.show(text, None);
            }
            Err(error) => failed(&error, toaster),
        }
    });
}

/// What was specified where no script runs, as a list to correct.
pub(crate) fn as_pasted(form: &SpecifyForm) -> String {
    let picked = form.members.iter().map(|(user_id, _)| user_id.as_str());
    let pasted = Some(form.pasted.trim()).filter(|it| !it.is_empty());
    picked.chain(pasted).collect::<Vec<_>>().join("\n")
}
