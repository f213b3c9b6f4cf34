//! What the classroom says where it can't be relied on as it stands.

use leptos::prelude::*;

use super::{
    state::{Classroom, Link, Stage},
    words,
};
use crate::{
    components::{icon::Icon, line::Bar},
    i18n::{count, tr},
};

/// The bar above everything; nothing while all is well.
#[component]
pub(crate) fn LinkBar() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let waiting = Memo::new(move |_| classroom.asking.with(super::asking::Asking::waiting));
    let bar = move || {
        let over = classroom.stage.with(|it| matches!(it, Stage::Closed(_)));
        if over {
            return ().into_any();
        }
        if classroom.outdated.get() {
            return view! {
                <Bar
                    icon="refresh-cw"
                    title=tr!("line.updated")
                    text=tr!("classroom.line.updated_text")
                    way_out=Some(("", tr!("crash.reload")))
                />
            }
            .into_any();
        }
        let Link::Down(why) = classroom.link.get() else {
            let observing = || {
                view! {
                    <div class="observing">
                        <Icon name="eye" />
                        <p>
                            <strong>{tr!("classroom.line.observing")}</strong>
                            " "
                            {tr!("classroom.line.observing_text")}
                        </p>
                    </div>
                }
            };
            return classroom.observes().then(observing).into_any();
        };
        let title = why.map_or_else(
            || tr!("classroom.line.down"),
            |why| words::closing(why, |_| String::new()).0,
        );
        let text = match waiting.get() {
            0 => tr!("classroom.line.waits"),
            waiting => count!("classroom.line.waiting", waiting),
        };
        view! { <Bar icon="wifi-off" title text way_out=None /> }.into_any()
    };
    view! { <div role="status">{bar}</div> }
}
