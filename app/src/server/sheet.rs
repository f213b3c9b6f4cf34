//! `/rooms/…/sheet`: the entry links of a room's members on paper, each with its code, to be cut apart and
//! handed out. A document without a script, as the help.

use backend::links::ShownLink;
use domain::{
    Cursor, RoomType, UserSummary,
    entry_link::{EntryToken, LinkHolder, LinkStanding},
    room::RoomSummary,
};
use leptos::prelude::*;

use super::{caller, qr, still, texts_in};
use crate::{
    Assets,
    components::{icon::Icon, qr_code::QrCode},
    i18n::{Locale, count, tr},
};

/// What a sheet is made of. In the context of its document.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The room.
    pub room: RoomSummary,
    /// The links; nothing as long as nobody asked to see them.
    pub links: Option<SheetLinks>,
}

/// The links of one sheet.
#[derive(Clone, Debug)]
pub struct SheetLinks {
    /// The one that all share, on the first sheet of a room that has one.
    pub shared: Option<ShownLink>,
    /// Those of members.
    pub members: Vec<ShownLink>,
    /// Where the sheet before begins.
    pub previous: Option<Cursor>,
    /// Where the next one does.
    pub next: Option<Cursor>,
}

/// The address by which somebody enters, under the one by which people reach the console.
#[must_use]
pub fn entry_address(public_url: &str, token: &EntryToken) -> String {
    format!("{}{}", entry_addresses(public_url), token.reveal())
}

/// What stands in every link follows this.
#[must_use]
pub fn entry_addresses(public_url: &str) -> String {
    format!("{public_url}/e/")
}

/// What is said of a link that was revoked, and of one that has expired.
#[must_use]
pub fn dead_links(locale: Locale) -> [String; 2] {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(locale);
        provide_context(texts_in(locale));
        [tr!("links.is_revoked"), tr!("links.is_expired")]
    })
}

/// The document with the [`Sheet`] in its context. Reads the same context as [`shell`](crate::shell())
/// besides.
pub fn sheet_document() -> impl IntoView {
    let title = use_context::<Sheet>().map(|it| tr!("sheet.title", room = it.room.name));
    let style = use_context::<Assets>().unwrap_or_default().sheet_style;
    still::document(title.unwrap_or_default(), vec![style], page)
}

fn page() -> AnyView {
    let Some(Sheet { room, links }) = use_context() else { return ().into_any() };
    let back = format!("/rooms/{}", room.id);
    let name = room.name.to_string();
    view! {
        <main class="page" id="main" tabindex="-1">
            <nav class="breadcrumbs" aria-label=tr!("layout.where")>
                <ol>
                    <li>
                        <a href="/rooms">{tr!("rooms.title")}</a>
                    </li>
                    <li>
                        <a href=back.clone()>
                            <bdi>{name.clone()}</bdi>
                        </a>
                    </li>
                    <li>
                        <span aria-current="page">{tr!("links.title")}</span>
                    </li>
                </ol>
            </nav>
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{name}</bdi>
                    </h1>
                </div>
            </div>
            {match links {
                Some(links) => view! { <Links room links back /> }.into_any(),
                None => view! { <Ask room back /> }.into_any(),
            }}
        </main>
    }
    .into_any()
}

/// Asks whether the links are to be shown: that is noted.
#[component]
fn Ask(room: RoomSummary, back: String) -> impl IntoView {
    view! {
        <section class="card sheet-ask">
            <div class="card__section">
                <h2 class="card__title">{tr!("sheet.ask")}</h2>
                <p>{count!("sheet.ask_text", room.members)}</p>
                <p class="quiet">{tr!("sheet.noted")}</p>
                <form method="post" action=format!("{back}/sheet")>
                    <button class="button button--primary">
                        <Icon name="printer" />
                        {tr!("sheet.show")}
                    </button>
                </form>
            </div>
        </section>
    }
}

#[component]
fn Links(room: RoomSummary, links: SheetLinks, back: String) -> impl IntoView {
    let SheetLinks { shared, members, previous, next } = links;
    let public_url = caller().map(|it| it.public_url).unwrap_or_default();
    let empty = shared.is_none() && members.is_empty();
    let sheet = format!("{back}/sheet");
    let slip = |shown| slip(&room, &public_url, shown);
    view! {
        <div class="sheet-note">
            <p>{tr!("sheet.print")}</p>
            <p class="quiet">{tr!("links.keys")}</p>
        </div>
        {empty.then(|| view! { <p>{tr!("links.nobody")}</p> })}
        <ul class="slips">{shared.into_iter().chain(members).map(slip).collect_view()}</ul>
        <nav class="sheet-pages" aria-label=tr!("pager.label")>
            {turn(&sheet, previous, tr!("sheet.previous"))}
            {turn(&sheet, next, tr!("sheet.next"))}
        </nav>
    }
}

/// The way to another sheet, which is made and noted as this one.
fn turn(sheet: &str, to: Option<Cursor>, label: String) -> Option<AnyView> {
    let at = to?.to_text();
    let form = view! {
        <form method="post" action=sheet.to_owned()>
            <input type="hidden" name="at" value=at />
            <button class="button button--small">{label}</button>
        </form>
    };
    Some(form.into_any())
}

/// One link, as it is cut out.
fn slip(room: &RoomSummary, public_url: &str, shown: ShownLink) -> AnyView {
    let address = entry_address(public_url, &shown.token);
    let dead = match shown.link.standing {
        LinkStanding::Valid => None,
        LinkStanding::Expired => Some(tr!("links.is_expired")),
        LinkStanding::Revoked => Some(tr!("links.is_revoked")),
    };
    let leads = match dead {
        Some(why) => view! { <p class="slip__dead">{why}</p> }.into_any(),
        None => view! {
            {qr::code(&address).map(|code| view! { <QrCode code label=tr!("links.code_of") /> })}
            <p class="slip__address">{address}</p>
        }
        .into_any(),
    };
    view! {
        <li class="slip">
            <p class="slip__room">
                <bdi>{room.name.to_string()}</bdi>
            </p>
            {whose(room, shown.link.holder)}
            {leads}
        </li>
    }
    .into_any()
}

fn whose(room: &RoomSummary, holder: LinkHolder) -> AnyView {
    match holder {
        LinkHolder::Personal(UserSummary { nickname, user_id, .. }) => view! {
            <h2 class="slip__name">
                <bdi>{nickname.to_string()}</bdi>
            </h2>
            <p class="slip__id">
                <bdi>{user_id.to_string()}</bdi>
            </p>
        }
        .into_any(),
        LinkHolder::Shared => {
            let text = match room.room_type {
                RoomType::Open => tr!("links.shared_open"),
                RoomType::Public | RoomType::Private => tr!("links.shared_public"),
            };
            view! {
                <h2 class="slip__name">{tr!("links.shared")}</h2>
                <p class="slip__id">{text}</p>
            }
            .into_any()
        }
    }
}
