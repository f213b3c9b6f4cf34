//! `/groups`: which groups there are.

use domain::{GroupSummary, live::Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{
        answer::{Answer, Place},
        filters::Facet,
        list::{Asked, ListPage, counted, rows},
        notice::DoneNotice,
        page::group_path,
        pager::Pager,
        state::{FirstStep, NothingListed},
    },
    functions::groups::{self, GroupsList},
    i18n::{count, tr},
    latest::kept_up,
    live,
};

/// The list of groups.
#[component]
pub(crate) fn GroupsPage() -> impl IntoView {
    let asked = Asked::of_address(|_| ());
    let list = Resource::new(
        move || (asked.search.get(), asked.at.get()),
        |(search, at)| groups::list(search, at),
    );
    let elsewhere = live::changes(Kind::Groups);
    let show = move |list: GroupsList| {
        let (search, at) = (asked.search.get_untracked(), asked.at.get_untracked());
        let term = search.clone();
        let list = kept_up(list, elsewhere, move || groups::list(term.clone(), at.clone()));
        view! { <List list search /> }.into_any()
    };
    view! {
        <ListPage
            title=tr!("groups.title")
            sub=|| tr!("groups.sub")
            create_path="/groups/new"
            create_label=tr!("groups.create")
            search_label=tr!("groups.search")
            filters=Vec::new()
            orders=Facet {
                name: "sort",
                label: tr!("list.sort"),
                choices: vec![("name", tr!("rooms.sorted"))],
            }
            keep=&["search"]
            search=asked.search
        >
            <Deleted />
            <Answer of=list show place=Place::List />
        </ListPage>
    }
}

/// Which group was just deleted.
#[component]
fn Deleted() -> impl IntoView {
    let query = use_query_map();
    move || {
        query.with(|it| it.get("deleted")).map(|name| {
            view! {
                <div class="card__section">
                    <DoneNotice>{tr!("groups.was_deleted", name = name)}</DoneNotice>
                </div>
            }
        })
    }
}

#[component]
fn List(list: Signal<GroupsList>, search: String) -> impl IntoView {
    let none = Memo::new(move |_| list.with(|it| it.page.rows.is_empty()));
    move || {
        let search = search.clone();
        if none.get() {
            view! { <NoGroup users=list.with(|it| it.others) search /> }.into_any()
        } else {
            view! { <Table list search /> }.into_any()
        }
    }
}

#[component]
fn Table(list: Signal<GroupsList>, search: String) -> impl IntoView {
    let pager = move || {
        let list = list.get();
        let all = || count!("groups.count", list.total);
        let count = counted(&search, false, &list.page, list.more, all);
        view! { <Pager count previous=list.page.previous next=list.page.next /> }
    };
    let row = |group| view! { <GroupRow group /> }.into_any();
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("groups.title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("groups.column_group")}</th>
                    <th scope="col">{tr!("groups.column_people")}</th>
                </tr>
            </thead>
            <tbody>{rows(move || list.with(|it| it.page.rows.clone()), row)}</tbody>
        </table>
        {pager}
    }
}

#[component]
fn GroupRow(group: GroupSummary) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="table__main">
                <div class="stacked">
                    <a class="stacked__name table__link" href=group_path(&group.name)>
                        <bdi>{group.name.to_string()}</bdi>
                    </a>
                </div>
            </th>
            <td class="table__quiet">{count!("groups.people", group.size)}</td>
        </tr>
    }
}

#[component]
fn NoGroup(users: bool, search: String) -> impl IntoView {
    let first = move || {
        view! {
            <FirstStep
                done=usize::from(users)
                title=tr!("groups.empty")
                text=tr!("groups.empty_text")
                path="/groups/new"
                action=tr!("groups.create")
            />
        }
    };
    let no_match = (tr!("groups.no_match", term = search), tr!("groups.no_match_text"));
    view! { <NothingListed search path="/groups" no_match first=first.into() /> }
}
