//! A list with search, order and pager, and its skeleton.

use domain::{UserStatus, UserSummary};
use leptos::prelude::*;

use super::{Section, Specimen, data};
use crate::{
    components::{
        filters::{Facet, Sorted},
        icon::Icon,
        page::Person,
        pager::Pager,
        permission::PermissionPill,
        search_bar::SearchBar,
        selection::{ChosenBar, Selection},
        state::SkeletonList,
        user_fields::StatusPill,
    },
    i18n::count,
    words,
};

#[component]
pub(super) fn Lists() -> impl IntoView {
    let orders = Facet {
        name: "sort",
        label: "Order".to_owned(),
        choices: vec![("name", "Sorted by name".to_owned()), ("newest", "Newest first".to_owned())],
    };
    view! {
        <Section id="lists">
            <div class="card">
                <div class="toolbar">
                    <SearchBar label="Search by nickname or User ID".to_owned() />
                    <Sorted facet=orders keep=&["sort"] />
                </div>
                <table class="table">
                    <caption class="visually-hidden">"People"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"User"</th>
                            <th scope="col">"Permission"</th>
                            <th scope="col">"Role"</th>
                        </tr>
                    </thead>
                    <tbody>{data::people().into_iter().map(row).collect_view()}</tbody>
                </table>
                <Pager count=count!("users.count", 1_204_567_u32) previous=None next=None />
            </div>
            <Specimen name="On its way">
                <div class="card">
                    <SkeletonList />
                </div>
            </Specimen>
        </Section>
        <Chosen />
    }
}

/// The bar below a list in which somebody is chosen.
#[component]
fn Chosen() -> impl IntoView {
    let selection = Selection::of_at_most(1_000);
    selection.show(data::people());
    selection.choose_page(true);
    let act = |(icon, label): (&'static str, &'static str)| {
        view! {
            <button class="button button--small" type="button">
                <Icon name=icon />
                {label}
            </button>
        }
    };
    view! {
        <Section id="chosen">
            <div class="card">
                <ChosenBar
                    selection
                    busy=RwSignal::new(false)
                    count=count!("many.chosen", selection.count())
                    more=|| ()
                >
                    {[("user-x", "Deactivate"), ("trash-2", "Delete")].map(act).collect_view()}
                </ChosenBar>
            </div>
        </Section>
    }
}

fn row(user: UserSummary) -> impl IntoView {
    let (permission, status, role) = (user.permission, user.status, user.role);
    view! {
        <tr class:table__row--off=status == UserStatus::Deactivated>
            <th scope="row" class="table__main">
                <Person user />
            </th>
            <td>
                <PermissionPill permission />
                <StatusPill status />
            </td>
            <td>{words::role(role)}</td>
        </tr>
    }
}
