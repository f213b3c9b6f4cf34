//! What can be done to all of the chosen at once, or to those of them whom a search finds.

use domain::EntryPermission;
use leptos::{prelude::*, task::spawn_local};

use super::{Purpose, chosen::View};
use crate::{
    components::{icon::Icon, menu::Menu, permission::icon, toast::Toaster},
    i18n::{count, tr},
    words,
};

/// The menu; each of its acts has a way back.
#[component]
pub(super) fn ForAll(view: View, purpose: Purpose, found: u32) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let choice = view.choice;
    let set = move |permission: EntryPermission| {
        let click = move |_| {
            let before = choice.set(&view.found(), permission);
            let text = count!("picker.said_set", found, permission = words::permission(permission));
            say(toaster, text, move || choice.restore(before.clone()));
        };
        view! {
            <button class="menu__item" type="button" on:click=click>
                <Icon name=icon(permission) />
                {tr!("picker.set_all", permission = words::permission(permission))}
            </button>
        }
    };
    let remove = move |_| {
        let before = choice.remove(&view.found());
        let text = count!("picker.said_removed_all", found);
        say(toaster, text, move || choice.put_back(before.clone()));
    };
    let summary = view! {
        {count!("picker.for_all", found)}
        <Icon name="chevron-down" />
    }
    .into_any();
    view! {
        <Menu class="menu--end chosen__all" button="button button--small" summary>
            {purpose
                .has_permissions()
                .then(|| {
                    view! {
                        {EntryPermission::ALL.map(set).collect_view()}
                        <hr class="menu__line" />
                    }
                })}
            <button class="menu__item menu__item--danger" type="button" on:click=remove>
                <Icon name="x" />
                {tr!("picker.remove_all")}
            </button>
        </Menu>
    }
}

/// Says what was done, with the way back. That outlives the menu, which goes with those it was for.
fn say(toaster: Toaster, text: String, undo: impl Fn() + Send + Sync + 'static) {
    spawn_local(async move { toaster.show(text, Some(Callback::new(move |()| undo()))) });
}
