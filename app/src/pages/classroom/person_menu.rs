//! What may be done with somebody: one menu for the whole list, so that it stays while rows change.

use domain::classroom::{Act, Capability, ParticipantId, Person, Standing, Whom};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::{
    people::{button_id, focus_button, focus_list},
    rename::RenameDialog,
    state::Classroom,
};
use crate::{
    browser,
    components::{dialog::Dialog, icon::Icon},
    i18n::tr,
};

/// Whose menu is open, and how far below the top of the panel, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MenuFor {
    pub(super) who: ParticipantId,
    pub(super) top: i32,
}

/// The space between the menu and the end of the panel, in pixels.
const MARGIN: i32 = 8;

/// The menu, and what it asks.
#[component]
pub(super) fn PersonMenu(menu: RwSignal<Option<MenuFor>>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let element = NodeRef::<html::Div>::new();
    let (renaming, banning) = (RwSignal::new(None::<Person>), RwSignal::new(None::<Person>));
    let who = Memo::new(move |_| menu.with(|it| it.map(|it| it.who)));
    let person = Memo::new(move |_| who.get().and_then(|it| classroom.person(it)));
    let there = Memo::new(move |_| person.with(Option::is_some));
    Effect::new(move |_| {
        let (Some(open), Some(element)) = (menu.get(), element.get()) else { return };
        request_animation_frame(move || {
            place(&element, open.top);
            browser::focus_within(&element, "button");
        });
    });
    let close = move |back: bool| {
        let was = menu.try_update(Option::take).flatten();
        if let Some(was) = was.filter(|_| back) {
            focus_button(was.who);
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let Some(element) = element.get_untracked() else { return };
        match event.key().as_str() {
            "Escape" => close(true),
            "ArrowDown" => step(&element, 1),
            "ArrowUp" => step(&element, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
        let inside = element.get_untracked().is_some_and(|it| it.contains(to.as_ref()));
        // The button itself closes what it opened.
        let to = to.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let own = menu.get_untracked().map(|it| button_id(it.who));
        if !inside && to.map(|it| it.id()) != own {
            close(false);
        }
    };
    view! {
        <Show when=move || there.get()>
            <div
                class="menu__list person-menu"
                role="menu"
                aria-label=move || {
                    let name = person.with(|it| it.as_ref().map(|it| it.nickname.clone()));
                    tr!("classroom.more_about", name = name.unwrap_or_default())
                }
                node_ref=element
                on:keydown=key
                on:focusout=leave
                on:click=move |_| close(true)
            >
                {move || person.get().map(|person| view! { <Items person renaming banning /> })}
            </div>
        </Show>
        <RenameDialog renaming />
        <BanDialog banning />
    }
}

/// Puts the menu where it is wholly seen.
fn place(menu: &HtmlElement, top: i32) {
    let room = menu.offset_parent().map_or(0, |it| it.client_height());
    let top = top.min(room - menu.offset_height() - MARGIN).max(MARGIN);
    // Fails for names that are no properties; this is one.
    let _ = menu.style().set_property("inset-block-start", &format!("{top}px"));
}

/// Moves the focus on by so many items, from the last to the first.
fn step(menu: &HtmlElement, by: i32) {
    let Ok(items) = menu.query_selector_all("button") else { return };
    let count = i32::try_from(items.length()).unwrap_or(i32::MAX);
    let focused = document().active_element();
    let now = (0..items.length()).find(|at| {
        items.get(*at).is_some_and(|it| focused.as_ref().is_some_and(|focused| **focused == it))
    });
    let now = now.and_then(|it| i32::try_from(it).ok()).unwrap_or(-1);
    let next = u32::try_from((now + by).rem_euclid(count.max(1))).unwrap_or_default();
    if let Some(next) = items.get(next).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Fails for elements that can't have the focus; buttons can.
        let _ = next.focus();
    }
}

/// What may be done with somebody.
#[component]
pub(crate) fn Items(
    person: Person,
    renaming: RwSignal<Option<Person>>,
    banning: RwSignal<Option<Person>>,
) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let who = person.id;
    let guest = person.standing == Standing::Guest;
    let me = classroom.me() == Some(who);
    let (known, denied) = (person.user_id.is_some(), person.denied);
    let ask = move |act: Act| move || classroom.ask(act.clone());
    let restrict = move |what, icons: [&'static str; 2], labels: [String; 2]| {
        let on = !denied.has(what);
        let [lock, unlock] = labels;
        let (icon, label) = if on { (icons[0], lock) } else { (icons[1], unlock) };
        item(icon, label, false, ask(Act::Restrict { whom: Whom::One(who), what, on }))
    };
    let permission = match person.standing {
        // Somebody whom Rollcall doesn't know can't be made Host.
        Standing::Guest => known.then(|| {
            let act = Act::SetPermission { who, to: Standing::Host };
            item("crown", tr!("classroom.make_host"), false, ask(act))
        }),
        Standing::Host => Some({
            let act = Act::SetPermission { who, to: Standing::Guest };
            item("user-round", tr!("classroom.make_guest"), false, ask(act))
        }),
    };
    let lock_chat = guest.then(|| {
        let labels = [tr!("classroom.lock_chat"), tr!("classroom.unlock_chat")];
        restrict(Capability::Chat, ["message-square-off", "message-square"], labels)
    });
    let lock_hand = guest.then(|| {
        let labels = [tr!("classroom.lock_hand"), tr!("classroom.unlock_hand")];
        restrict(Capability::RaiseHand, ["hand", "hand"], labels)
    });
    let lower = person.hand.map(|_| {
        let act = Act::LowerHands { whom: Whom::One(who) };
        item("hand", tr!("classroom.lower_hand"), false, ask(act))
    });
    let rename = {
        let person = person.clone();
        item("pencil", tr!("classroom.rename"), false, move || renaming.set(Some(person.clone())))
    };
    let name = person.nickname.clone();
    let user_id = person.user_id.clone();
    let out = (!me).then(|| {
        let remove = move || put_out(&classroom, Act::Remove { who });
        let ban = move || {
            let for_anyone = classroom
                .room
                .with_untracked(|it| it.as_ref().is_some_and(|it| it.newcomers_wait.is_some()));
            if known && !for_anyone {
                put_out(&classroom, Act::Ban { who });
            } else {
                banning.set(Some(person.clone()));
            }
        };
        view! {
            <hr class="menu__line" />
            {item("log-out", tr!("classroom.remove"), true, remove)}
            {item("ban", tr!("classroom.ban"), true, ban)}
        }
    });
    view! {
        <div class="menu__head menu__label" role="presentation">
            <span>
                <bdi>{name}</bdi>
                {user_id.map(|it| view! { ", " <bdi>{it}</bdi> })}
            </span>
        </div>
        {permission}
        {lock_chat}
        {lock_hand}
        {lower}
        {rename}
        {out}
    }
}

/// Asks for what puts somebody out. Their row would take the focus along, which it has once the menu or the
/// question is closed, and so the list gets it after that.
fn put_out(classroom: &Classroom, act: Act) {
    classroom.ask(act);
    request_animation_frame(focus_list);
}

fn item(icon: &'static str, label: String, danger: bool, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button
            class="menu__item"
            class:menu__item--danger=danger
            type="button"
            role="menuitem"
            tabindex="-1"
            on:click=move |_| act()
        >
            <Icon name=icon />
            {label}
        </button>
    }
    .into_any()
}

/// Whether a dialog about somebody is open: as long as there is somebody. When it closes, the focus goes to
/// the button of their menu, since the item that had it is gone.
pub(super) fn open_about(about: RwSignal<Option<Person>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(about.with(Option::is_some)));
    Effect::new(move |_| {
        let closed = !open.get();
        let who = about.with_untracked(|it| it.as_ref().map(|it| it.id));
        // Set again, it would have this set again.
        if let Some(who) = who.filter(|_| closed) {
            about.set(None);
            request_animation_frame(move || focus_button(who));
        }
    });
    open
}

/// Asks before somebody is banned who could come back as somebody else: that shuts the door a little for
/// others.
#[component]
fn BanDialog(banning: RwSignal<Option<Person>>) -> impl IntoView {
    let open = open_about(banning);
    view! {
        <Dialog id="ban" title=tr!("classroom.ban_title") open small=true>
            {move || banning.get().map(|person| view! { <BanQuestion person banning open /> })}
        </Dialog>
    }
}

/// What is asked.
#[component]
pub(crate) fn BanQuestion(
    person: Person,
    /// Nobody any more once they are banned, so that the focus doesn't go back to their row.
    banning: RwSignal<Option<Person>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let Person { id: who, nickname, user_id, .. } = person;
    let text = match user_id {
        Some(_) => tr!("classroom.ban_text_user"),
        None => tr!("classroom.ban_text"),
    };
    view! {
        <div class="dialog__body">
            <p>
                <strong>
                    <bdi>{nickname}</bdi>
                </strong>
                {user_id.map(|it| view! { ", " <bdi>{it}</bdi> })}
            </p>
            <p>{text}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.cancel")}
            </button>
            <button
                class="button button--danger"
                type="button"
                on:click=move |_| {
                    banning.set(None);
                    put_out(&classroom, Act::Ban { who });
                }
            >
                {tr!("classroom.ban")}
            </button>
        </footer>
    }
}
