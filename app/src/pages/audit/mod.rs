//! `/audit`: all that was done, and by whom.

pub(crate) mod entry;
mod filters;

use domain::{
    RoomId, UserId,
    audit::{AuditAsked, AuditKind, Day, Entry},
    live::Kind,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use self::{
    entry::EntryRow,
    filters::{DayFilter, PersonFilter, RoomFilter},
};
use crate::{
    components::{
        answer::{Answer, Place},
        filters::{Facet, address},
        icon::Icon,
        list::{Asked, ListPage, counted},
        pager::Pager,
        state::{Empty, NothingListed},
    },
    functions::audit::{self, AuditList},
    i18n::tr,
    latest::kept_up,
    live,
};

/// Where the page is.
const PATH: &str = "/audit";
/// Where the same entries are as a file.
const FILE: &str = "/audit.csv";
/// What all pages of one list have in their address.
const KEEP: &[&str] = &["search", "person", "room", "kind", "from", "until"];
/// What a search leaves as it is: it looks for a person or a room by itself.
const KEPT_BY_SEARCH: &[&str] = &["kind", "from", "until"];

/// The log.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let asked = Asked::of_address(kinds);
    let list = Resource::new(
        move || (asked.search.get(), asked.at.get(), asked.kinds.get()),
        |(search, at, kinds)| audit::list(search, at, kinds),
    );
    let show = move |list: AuditList| {
        let (search, kinds) = (asked.search.get_untracked(), asked.kinds.get_untracked());
        let (term, at, same) = (search.clone(), asked.at.get_untracked(), kinds.clone());
        let list = kept_up(list, live::changes(Kind::Log), move || {
            audit::list(term.clone(), at.clone(), same.clone())
        });
        view! { <List list search filtered=kinds.is_filtered() /> }.into_any()
    };
    let more_filters = view! {
        <PersonFilter />
        <RoomFilter list />
        <DayFilter />
    };
    view! {
        <ListPage
            title=tr!("audit.title")
            sub=|| tr!("audit.sub")
            actions=view! { <ExportLink /> }.into_any()
            search_label=tr!("audit.search")
            filters=vec![kind_filter()]
            more_filters=more_filters.into_any()
            orders=Facet {
                name: "sort",
                label: tr!("list.sort"),
                choices: vec![("newest", tr!("list.newest"))],
            }
            keep=KEEP
            search_keeps=KEPT_BY_SEARCH
            search=asked.search
            ranked=false
        >
            <Answer of=list show place=Place::List />
        </ListPage>
    }
}

/// Which entries the address asks for.
fn kinds(query: &ParamsMap) -> AuditAsked {
    AuditAsked {
        person: query.get("person").and_then(|it| UserId::parse(&it).ok()),
        room: query.get("room").and_then(|it| RoomId::parse(&it)),
        kind: query.get("kind").and_then(|it| AuditKind::from_name(&it)),
        from: query.get("from").and_then(|it| Day::parse(&it)),
        until: query.get("until").and_then(|it| Day::parse(&it)),
    }
}

fn kind_filter() -> Facet {
    let label = |it| match it {
        AuditKind::Users => tr!("users.title"),
        AuditKind::Groups => tr!("groups.title"),
        AuditKind::Rooms => tr!("rooms.title"),
        AuditKind::Members => tr!("room.members"),
        AuditKind::SignIn => tr!("audit.sign_in"),
        AuditKind::Settings => tr!("audit.settings"),
        AuditKind::Refused => tr!("audit.refused"),
        AuditKind::Server => tr!("audit.server"),
        AuditKind::Meetings => tr!("audit.meetings"),
        AuditKind::Observations => tr!("audit.observations"),
    };
    let choices = AuditKind::ALL.map(|it| (it.name(), label(it))).to_vec();
    Facet { name: "kind", label: tr!("audit.kind"), choices }
}

/// The entries that the address asks for, all of them, as a file.
#[component]
fn ExportLink() -> impl IntoView {
    let query = use_query_map();
    let href = move || query.with(|it| address(FILE, it, KEEP, "", None));
    view! {
        <a class="button" href=href rel="external" download>
            <Icon name="download" />
            {tr!("audit.export")}
        </a>
    }
}

#[component]
fn List(list: Signal<AuditList>, search: String, filtered: bool) -> impl IntoView {
    let none = Memo::new(move |_| list.with(|it| it.page.rows.is_empty()));
    move || {
        let search = search.clone();
        if none.get() {
            view! { <Nothing search filtered /> }.into_any()
        } else {
            view! { <Table list search /> }.into_any()
        }
    }
}

#[component]
fn Table(list: Signal<AuditList>, search: String) -> impl IntoView {
    let pager = move || {
        let AuditList { page, .. } = list.get();
        let count = counted(&search, true, &page, page.next.is_some(), String::new);
        view! { <Pager count previous=page.previous next=page.next keep=KEEP /> }
    };
    view! {
        <table class="table table--wide">
            <caption class="visually-hidden">{tr!("audit.title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("audit.what")}</th>
                    <th scope="col">{tr!("audit.when")}</th>
                    <th scope="col">{tr!("audit.address")}</th>
                </tr>
            </thead>
            <tbody>
                <For
                    each=move || list.with(|it| it.page.rows.clone())
                    key=|it: &Entry| it.number
                    children=|entry| view! { <EntryRow entry /> }
                />
            </tbody>
        </table>
        {pager}
    }
}

#[component]
fn Nothing(search: String, filtered: bool) -> impl IntoView {
    let first = || {
        let (title, text) = (tr!("history.empty"), tr!("history.empty_text"));
        view! { <Empty icon="list-checks" title text /> }
    };
    let no_match = (tr!("audit.no_match", term = search), tr!("audit.no_match_text"));
    view! { <NothingListed search filtered path=PATH no_match first=first.into() /> }
}
