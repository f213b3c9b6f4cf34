//! How somebody signs in: passwords, one-time links and devices.

use domain::{
    Problem, Timestamp,
    account::{Device, DeviceName, SignIn},
    browser::Browser,
};
use leptos::prelude::*;

use super::{Section, Specimen, data};
use crate::{
    components::{dialog::Dialog, field::Wrong, new_password::NewPassword},
    functions::users::PasswordLink,
    pages::{account::devices, user::sign_in},
    server::qr,
    words,
};

#[component]
pub(super) fn Accounts() -> impl IntoView {
    let wrong: Wrong = Signal::stored(Some(words::problem(Problem::CommonPassword)));
    let device = |device| view! { <devices::Row device /> };
    view! {
        <Section id="passwords">
            <div class="card">
                <div class="card__section">
                    <NewPassword
                        label="New password".to_owned()
                        again_label="New password again".to_owned()
                        wrong
                        again_wrong=Signal::stored(None)
                    />
                </div>
            </div>
        </Section>
        <Links />
        <Section id="signed-in">
            <div class="card">
                <div class="card__section">
                    <ul class="devices">{all_devices().into_iter().map(device).collect_view()}</ul>
                </div>
            </div>
        </Section>
    }
}

#[component]
fn Links() -> impl IntoView {
    let until = data::moment();
    let states = [
        ("No password", false, None),
        ("No password, and a link that waits", false, Some(until)),
        ("A password, and a link that waits", true, Some(until)),
    ];
    let state = |(name, password, link_until)| {
        view! {
            <Specimen name>
                <div class="card">
                    <div class="card__section">
                        {sign_in::state(SignIn { password, link_until })}
                    </div>
                </div>
            </Specimen>
        }
    };
    view! {
        <Section id="links">
            {states.map(state).collect_view()}
            <Specimen name="Made, to be handed over">
                <Made until />
            </Specimen>
        </Section>
    }
}

#[component]
fn Made(until: Timestamp) -> impl IntoView {
    let open = RwSignal::new(true);
    let address = "https://rollcall.example.org/password?secret=made-up".to_owned();
    let code = qr::code(&address);
    let link = StoredValue::new(PasswordLink { address, until, code });
    view! {
        <Dialog id="design-link" title="One-time link for Hana Kim".to_owned() open small=true>
            <sign_in::Made link=link.get_value() open />
        </Dialog>
    }
}

/// This one, another, and one that nobody recognises.
fn all_devices() -> Vec<Device> {
    let known = |name: &str, system: &str| Browser::Known {
        name: name.to_owned(),
        system: Some(system.to_owned()),
    };
    let browsers = [
        known("Firefox", "Linux"),
        known("Safari", "iPhone"),
        Browser::Other("a-program-with-a-rather-long-name-of-its-own/1.0".to_owned()),
    ];
    let device = |(number, browser): (u8, Browser)| Device {
        name: DeviceName::of([number; 16]),
        browser,
        address: format!("192.0.2.{number}"),
        since: data::moment(),
        last_seen: data::moment(),
        here: number == 1,
    };
    (1..).zip(browsers).map(device).collect()
}
