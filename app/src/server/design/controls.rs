//! Buttons, menus, dialogs, toasts and notices.

use leptos::prelude::*;

use super::{Section, Specimen};
use crate::components::{
    dialog::Dialog, form::SubmitButton, icon::Icon, menu::MoreMenu, toast::Toast,
};

#[component]
pub(super) fn Controls() -> impl IntoView {
    view! {
        <Section id="buttons">
            <Specimen name="Primary, ordinary, quiet, dangerous">
                <div class="row">{["button--primary", "", "button--quiet", "button--danger"].map(button).collect_view()}</div>
            </Specimen>
            <Specimen name="Small">
                <div class="row">{["button--primary button--small", "button--small", "button--quiet button--small"].map(button).collect_view()}</div>
            </Specimen>
            <Specimen name="Under way, unavailable">
                <div class="row">
                    <SubmitButton label="Create user".to_owned() busy=Signal::stored(true) />
                    <span class="button button--quiet button--small" aria-disabled="true">
                        "Next"
                    </span>
                </div>
            </Specimen>
            <Specimen name="Links">
                <p>
                    <a href="#buttons" rel="external">
                        "A link"
                    </a>
                    " "
                    <button class="link" type="button">
                        "A button that looks like one"
                    </button>
                </p>
            </Specimen>
        </Section>
        <Section id="menus">
            <Specimen name="Behind three dots">
                <MoreMenu label="More".to_owned()>
                    <a class="menu__item" href="#menus" rel="external">
                        <Icon name="pencil" />
                        "Edit"
                    </a>
                    <hr class="menu__line" />
                    <button class="menu__item menu__item--danger" type="button">
                        <Icon name="trash-2" />
                        "Delete"
                    </button>
                </MoreMenu>
            </Specimen>
        </Section>
        <Dialogs />
        <Toasts />
        <Notices />
    }
}

fn button(class: &'static str) -> impl IntoView {
    view! {
        <button class=format!("button {class}") type="button">
            <Icon name="plus" />
            "Create user"
        </button>
    }
}

#[component]
fn Dialogs() -> impl IntoView {
    let open = RwSignal::new(true);
    view! {
        <Section id="dialogs">
            <Specimen name="A question">
                <Dialog id="design-dialog" title="End “Algebra 7B”?".to_owned() open small=true>
                    <div class="dialog__body">
                        <p>"Nobody can enter until the room is reopened."</p>
                        <p class="quiet">"Members and settings stay."</p>
                    </div>
                    <footer class="dialog__foot">
                        <button class="button" type="button">
                            "Cancel"
                        </button>
                        <button class="button button--danger" type="button">
                            "End this room"
                        </button>
                    </footer>
                </Dialog>
            </Specimen>
        </Section>
    }
}

#[component]
fn Toasts() -> impl IntoView {
    view! {
        <Section id="toasts">
            <Specimen name="With Undo, and without">
                <div class="row">
                    <Toast text="Hana Kim is deactivated".to_owned() undo=Some(Callback::new(|()| ())) />
                    <Toast text="The server can't be reached.".to_owned() undo=None />
                </div>
            </Specimen>
        </Section>
    }
}

#[component]
fn Notices() -> impl IntoView {
    let notice = |(class, icon): (&'static str, &'static str)| {
        view! {
            <div class=format!("notice {class}")>
                <Icon name=icon />
                <div class="notice__text">
                    <strong>"What happened."</strong>
                    " What it means, and "
                    <a href="#notices" rel="external">
                        "the way out"
                    </a>
                    "."
                </div>
            </div>
        }
    };
    let kinds = [
        ("notice--success", "circle-check"),
        ("notice--warning", "triangle-alert"),
        ("notice--error", "circle-alert"),
    ];
    view! {
        <Section id="notices">
            <div class="stack">{kinds.map(notice).collect_view()}</div>
        </Section>
    }
}
