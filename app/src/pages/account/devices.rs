//! Where somebody is signed in, and signing out there.

use domain::{
    account::{Device, SignOut},
    browser::Browser,
};
use leptos::prelude::*;

use super::leaving;
use crate::{
    components::{
        answer::{Answer, Place},
        icon::Icon,
        moment::Moment,
    },
    error::AppError,
    i18n::tr,
};

const PATH: &str = "/account/devices";

/// The devices.
#[component]
pub(super) fn Devices(devices: Resource<Result<Vec<Device>, AppError>>) -> impl IntoView {
    let show = |devices| view! { <List devices /> }.into_any();
    view! {
        <section class="card" aria-labelledby="devices">
            <div class="card__section">
                <h2 class="card__title" id="devices">
                    {tr!("account.devices")}
                </h2>
                <p class="quiet">{tr!("account.devices_text")}</p>
                <Answer of=devices show place=Place::List />
            </div>
        </section>
    }
}

#[component]
fn List(devices: Vec<Device>) -> impl IntoView {
    let others = devices.iter().any(|it| !it.here);
    let leave = leaving();
    view! {
        <ul class="devices">
            {devices.into_iter().map(|device| view! { <Row device /> }).collect_view()}
        </ul>
        <form class="row" method="post" action=PATH on:submit=leave>
            {others
                .then(|| {
                    view! {
                        <button class="button" name=SignOut::FIELD value=SignOut::OTHERS>
                            {tr!("account.sign_out_others")}
                        </button>
                    }
                })}
            <button class="button" name=SignOut::FIELD value=SignOut::ALL>
                <Icon name="log-out" />
                {tr!("account.sign_out_all")}
            </button>
        </form>
    }
}

/// A device, with the way to sign out there.
#[component]
pub(crate) fn Row(device: Device) -> impl IntoView {
    let Device { name, browser, address, since, last_seen, here } = device;
    let browser = in_words(browser);
    let sign_out = tr!("account.sign_out_named", browser = browser, address = address);
    let end = if here {
        view! {
            <span class="pill pill--live">
                <Icon name="check" />
                {tr!("account.here")}
            </span>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=PATH>
                <button
                    class="button button--small"
                    name=SignOut::FIELD
                    value=name.as_str().to_owned()
                    aria-label=sign_out
                >
                    {tr!("layout.sign_out")}
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="device">
            <div class="device__text">
                <p class="device__name">{browser}</p>
                <dl class="device__facts">
                    {fact(tr!("account.address"), address.into_any())}
                    {fact(tr!("account.since"), view! { <Moment at=since /> }.into_any())}
                    {fact(tr!("account.last_seen"), view! { <Moment at=last_seen /> }.into_any())}
                </dl>
            </div>
            {end}
        </li>
    }
}

fn fact(name: String, value: AnyView) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// A browser, as people call it.
fn in_words(browser: Browser) -> String {
    match browser {
        Browser::Known { name, system: Some(system) } => {
            tr!("account.browser_on", browser = name, system = system)
        }
        Browser::Known { name, system: None } => name,
        Browser::Other(says) if says.trim().is_empty() => tr!("account.browser_unknown"),
        Browser::Other(says) => says,
    }
}
