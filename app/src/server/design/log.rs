//! The audit log.

use leptos::prelude::*;

use super::{Section, data};
use crate::pages::audit::entry::EntryRow;

#[component]
pub(super) fn Log() -> impl IntoView {
    let row = |entry| view! { <EntryRow entry /> };
    view! {
        <Section id="log">
            <div class="card">
                <table class="table table--wide">
                    <caption class="visually-hidden">"Audit log"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"What was done"</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"From where"</th>
                        </tr>
                    </thead>
                    <tbody>{data::entries().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </Section>
    }
}
