//! What a Host announces: above everything that people do, until it is taken down.

use domain::classroom::{Act, AnnouncementText, Capability};
use leptos::prelude::*;

use super::state::Classroom;
use crate::{
    components::{
        dialog::Dialog,
        field::{Field, Wrong, described_by},
        icon::Icon,
    },
    i18n::tr,
    words::problem,
};

/// The announcement, where there is one. Read out as soon as it is put up.
#[component]
pub(super) fn AnnouncementBar() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let announcement = Memo::new(move |_| classroom.view.with(|it| it.scene.announcement.clone()));
    let may = Memo::new(move |_| classroom.may(Capability::Announce));
    let take_down = move || {
        may.get().then(|| {
            view! {
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| classroom.ask(Act::Announce { text: None })
                >
                    {tr!("classroom.take_down")}
                </button>
            }
        })
    };
    view! {
        <div role="alert">
            {move || {
                announcement
                    .get()
                    .map(|it| {
                        view! {
                            <div class="announcement">
                                <Icon name="megaphone" />
                                <p class="announcement__text">
                                    <bdi>{it.text}</bdi>
                                    <bdi class="announcement__by">{it.by}</bdi>
                                </p>
                                {take_down}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Opens the dialog in which something is announced, for whoever may.
#[component]
pub(super) fn AnnounceButton() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let open = RwSignal::new(false);
    let may = Memo::new(move |_| classroom.may(Capability::Announce));
    view! {
        <Show when=move || may.get()>
            <button
                class="button class-foot__item"
                type="button"
                on:click=move |_| open.set(true)
            >
                <Icon name="megaphone" />
                {tr!("classroom.announce")}
            </button>
            <Dialog id="announce" title=tr!("classroom.announce_title") open>
                <AnnounceForm open />
            </Dialog>
        </Show>
    }
}

/// What is announced.
#[component]
pub(crate) fn AnnounceForm(open: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let now = classroom.view.with_untracked(|it| it.scene.announcement.clone());
    let text = RwSignal::new(now.map(|it| it.text).unwrap_or_default());
    let tried = RwSignal::new(false);
    let wrong: Wrong = Signal::derive(move || {
        let refused = AnnouncementText::parse(&text.get()).err()?;
        (tried.get() || !text.with(String::is_empty)).then(|| problem(refused))
    });
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if wrong.with_untracked(Option::is_none) {
            open.set(false);
            classroom.ask(Act::Announce { text: Some(text.get_untracked()) });
        }
    };
    view! {
        <form class="dialog__form" novalidate on:submit=send>
            <div class="dialog__body">
                <Field
                    id="announcement"
                    label=tr!("classroom.announcement")
                    hint=tr!("classroom.announcement_hint")
                    wrong
                >
                    <textarea
                        class="input"
                        id="announcement"
                        rows="3"
                        dir="auto"
                        // It is one line, which may be long.
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event).replace('\n', " "))
                        aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                        aria-describedby=described_by("announcement", true, wrong)
                    ></textarea>
                </Field>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <button class="button button--primary">{tr!("classroom.announce")}</button>
            </footer>
        </form>
    }
}
