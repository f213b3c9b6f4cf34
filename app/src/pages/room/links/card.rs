//! The card of entry links: the shared one, and all members' at once.

use domain::{RoomType, entry_link::EntryLink, live::Kind, room::RoomSummary};
use leptos::{prelude::*, task::spawn_local};
use web_sys::{FormData, HtmlFormElement, SubmitEvent, wasm_bindgen::JsCast};

use super::{Desk, LinkOf, dialogs::Standing, items::LinkItems};
use crate::{
    browser::{
        self,
        submit::{Encoding, send},
    },
    components::{icon::Icon, layout::failed, menu::RowMenu, state::FailureNotice},
    functions::links,
    i18n::tr,
    latest::latest,
    live,
};

/// The card, for whoever may change the room.
#[component]
pub(crate) fn LinksCard(room: Signal<RoomSummary>, desk: Desk) -> impl IntoView {
    let shared = Memo::new(move |_| {
        Some(room.with(|it| it.room_type)).filter(|it| *it != RoomType::Private)
    });
    let anybody = Memo::new(move |_| room.with(|it| it.members > 0));
    let path = room.with_untracked(|it| format!("/rooms/{}", it.id));
    view! {
        <section class="card" aria-labelledby="links">
            <div class="card__section">
                <h2 class="card__title" id="links">
                    {tr!("links.title")}
                </h2>
                <p class="quiet">{tr!("links.keys")}</p>
                {move || shared.get().map(|of| view! { <SharedLink room_type=of room desk /> })}
                {move || {
                    let path = path.clone();
                    if anybody.get() {
                        view! { <All path desk /> }.into_any()
                    } else {
                        view! { <p class="quiet">{tr!("links.nobody")}</p> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}

/// The link that all may share. Without a script, the sheet has it.
#[component]
fn SharedLink(room_type: RoomType, room: Signal<RoomSummary>, desk: Desk) -> impl IntoView {
    let of = LinkOf::shared();
    let standing = of.standing;
    let changes = live::changes(Kind::Rooms);
    let id = room.with_untracked(|it| it.id.clone());
    let found = latest(move || Some(changes.get()), move |_| links::standing(id.clone(), None));
    Effect::new(move |_| {
        if let Some((_, Ok(link))) = found.get() {
            standing.set(link);
        }
    });
    let text = match room_type {
        RoomType::Open => tr!("links.shared_open"),
        RoomType::Public | RoomType::Private => tr!("links.shared_public"),
    };
    let (copied, coded, menu) = (of.clone(), of.clone(), StoredValue::new(of));
    let known = move || match found.get() {
        Some((_, Err(error))) => Some(view! { <FailureNotice error /> }.into_any()),
        _ => standing.get().map(|link: EntryLink| view! { <Standing link /> }.into_any()),
    };
    view! {
        <div class="shared-link only-with-script">
            <h3 class="field__label">{tr!("links.shared")}</h3>
            <p class="quiet">{text}</p>
            {known}
            <div class="button-row">
                <button
                    class="button button--small"
                    type="button"
                    on:click=move |_| desk.copy(copied.clone())
                >
                    <Icon name="link" />
                    {tr!("links.copy")}
                </button>
                <button
                    class="button button--small"
                    type="button"
                    on:click=move |_| desk.show(coded.clone())
                >
                    <Icon name="qr-code" />
                    {tr!("links.code")}
                </button>
                <RowMenu label=tr!("links.shared_actions")>
                    <LinkItems of=menu.get_value() desk beside_buttons=true />
                </RowMenu>
            </div>
        </div>
    }
}

/// The links of all members: printed, as a table, as text.
#[component]
fn All(path: String, desk: Desk) -> impl IntoView {
    let (links, sheet) = (format!("{path}/links"), format!("{path}/sheet"));
    let (table, sent) = (links.clone(), RwSignal::new(None));
    view! {
        <div class="button-row">
            <form method="post" action=sheet>
                <button class="button button--small">
                    <Icon name="printer" />
                    {tr!("links.sheet")}
                </button>
            </form>
            <form method="post" action=table>
                <input type="hidden" name="as" value="csv" />
                <button class="button button--small">
                    <Icon name="download" />
                    {tr!("links.csv")}
                </button>
            </form>
            <form method="post" action=links on:submit=move |event| copy_all(&event, desk, sent)>
                <input type="hidden" name="as" value="text" />
                <button class="button button--small">
                    <Icon name="copy" />
                    <span class="with-script">{tr!("links.copy_all")}</span>
                    <span class="without-script">{tr!("links.text")}</span>
                </button>
            </form>
        </div>
    }
}

/// Puts what the form would download into the clipboard.
fn copy_all(event: &SubmitEvent, desk: Desk, sent: RwSignal<Option<f64>>) {
    event.prevent_default();
    let form = event.target().and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    let data = form.as_ref().and_then(|it| FormData::new_with_form(it).ok());
    let (Some(form), Some(data)) = (form, data) else { return };
    let (path, toaster) = (form.action(), desk.toaster);
    spawn_local(async move {
        let answer = send(path, data, Encoding::UrlEncoded, sent).await;
        match answer.and_then(|it| it.text()) {
            Ok(text) if browser::copied(&text).await => {
                toaster.show(tr!("links.copied_all"), None);
            }
            Ok(_) => toaster.show(tr!("links.not_copied"), None),
            Err(error) => failed(&error, toaster),
        }
    });
}
