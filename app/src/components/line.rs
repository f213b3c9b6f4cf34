//! What every page says where it can't be relied on as it stands: the server can't be reached, serves
//! another version, or knows this person no more. What was typed stays.

use domain::live::Farewell;
use leptos::prelude::*;

use super::icon::Icon;
use crate::{
    i18n::tr,
    live::{Line, Live},
};

/// The bar below the top bar; nothing while all is well.
#[component]
pub(crate) fn LineBar(live: Live) -> impl IntoView {
    view! {
        <div role="status">
            {move || match (live.line.get(), live.outdated.get()) {
                (Line::Gone(why), _) => view! { <Goodbye why /> }.into_any(),
                (Line::Down, _) => {
                    view! {
                        <Bar
                            icon="wifi-off"
                            title=tr!("line.down")
                            text=tr!("line.down_text")
                            way_out=None
                        />
                    }
                        .into_any()
                }
                (Line::Up, true) => {
                    view! {
                        <Bar
                            icon="refresh-cw"
                            title=tr!("line.updated")
                            text=tr!("line.updated_text")
                            way_out=Some(("", tr!("crash.reload")))
                        />
                    }
                        .into_any()
                }
                (Line::Up, false) => ().into_any(),
            }}
        </div>
    }
}

/// Says why whoever looks at the page may not any longer.
#[component]
fn Goodbye(why: Farewell) -> impl IntoView {
    let (title, text) = match why {
        Farewell::SignedOut => (tr!("line.signed_out"), tr!("line.signed_out_text")),
        Farewell::Deactivated => (tr!("line.deactivated"), tr!("line.deactivated_text")),
        Farewell::Deleted => (tr!("line.deleted"), tr!("line.deactivated_text")),
        Farewell::NoRole => (tr!("line.no_role"), tr!("line.deactivated_text")),
        Farewell::OtherRole => (tr!("line.other_role"), tr!("line.other_role_text")),
    };
    let may_return = matches!(why, Farewell::SignedOut | Farewell::OtherRole);
    let way_out = may_return.then(|| ("/sign-in", tr!("sign_in.action")));
    view! { <Bar icon="log-out" title text way_out /> }
}

/// A bar that says what is the matter.
#[component]
pub(crate) fn Bar(
    /// The icon before it.
    icon: &'static str,
    /// What is the matter.
    title: String,
    /// What that means, and what to do.
    text: String,
    /// Where the way out leads, and what that is called.
    way_out: Option<(&'static str, String)>,
) -> impl IntoView {
    view! {
        <div class="line-bar">
            <Icon name=icon />
            <p class="line-bar__text">
                <strong>{title}</strong>
                " "
                {text}
            </p>
            {way_out
                .map(|(path, label)| {
                    view! {
                        <a class="button button--small" href=path rel="external">
                            {label}
                        </a>
                    }
                })}
        </div>
    }
}
