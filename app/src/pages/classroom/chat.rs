//! The chat: the last lines, and those before them on request.

use std::collections::BTreeSet;

use domain::classroom::{Capability, ChatLine};
use leptos::{html, prelude::*};

use super::{
    composer::Composer,
    foot::unread,
    state::{Classroom, Earlier},
};
use crate::{
    components::{
        avatar::{Face, Size},
        icon::Icon,
        moment::time_of_day,
    },
    i18n::tr,
};

/// So many lines are drawn at first, and more for each request.
const DRAWN: u32 = 60;
/// How near to the end the chat counts as read to the end, in pixels.
const NEAR: i32 = 40;
/// For how many seconds what somebody goes on to say stands below what they said.
const SAME_BREATH: u32 = 300;

/// The part of the side with the chat.
#[component]
pub(super) fn ChatPanel(draft: RwSignal<String>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let scroller = NodeRef::<html::Div>::new();
    let at_end = classroom.at_end;
    at_end.set(true);
    let last = Memo::new(move |_| classroom.last_line());
    let first_held =
        Memo::new(move |_| classroom.view.with(|it| it.chat.lines().next().map(|it| it.number)));
    // The first line that is drawn moves on with the last while somebody reads along.
    let from = RwSignal::new(classroom.last_line_now().saturating_sub(DRAWN));
    Effect::new(move |_| {
        let newest = last.get().saturating_sub(DRAWN);
        if at_end.get_untracked() && from.get_untracked() < newest {
            from.set(newest);
        }
    });
    let numbers = Memo::new(move |_| {
        let (first, last) = (first_held.get().unwrap_or(1).max(from.get()), last.get());
        (first..=last).collect::<Vec<u32>>()
    });
    let shared = Memo::new(move |_| classroom.shared_names());
    let unsaid = Memo::new(move |_| classroom.asking.with(super::asking::Asking::unsaid));
    // Whoever reads the end goes on reading it.
    Effect::new(move |_| {
        last.track();
        unsaid.track();
        if at_end.get_untracked() {
            to_the_end(scroller);
        }
    });
    // Whoever asks for earlier lines goes on where they were.
    let below = StoredValue::new(None::<i32>);
    Effect::new(move |_| {
        numbers.with(|it| it.first().copied());
        if let Some(Some(below)) = below.try_update_value(Option::take) {
            request_animation_frame(move || {
                if let Some(Some(it)) = scroller.try_get_untracked() {
                    it.set_scroll_top(it.scroll_height() - below);
                }
            });
        }
    });
    let earlier = move || {
        let drawn = numbers.with(|it| it.first().copied());
        let more = classroom.view.with(|it| it.chat.earlier()).is_some();
        more || drawn > first_held.get()
    };
    let show_earlier = move || {
        let drawn = numbers.with_untracked(|it| it.first().copied());
        let first = drawn.unwrap_or_else(|| from.get_untracked()).saturating_sub(DRAWN);
        let held = scroller.get_untracked().map(|it| it.scroll_height() - it.scroll_top());
        below.set_value(held);
        from.set(first);
        let before = classroom.view.with_untracked(|it| it.chat.earlier());
        if let Some(before) = before.filter(|it| first < *it) {
            classroom.ask_earlier(before);
        }
    };
    // What doesn't come moves nothing.
    Effect::new(move |_| {
        if classroom.earlier.get() == Earlier::Failed {
            below.try_set_value(None);
        }
    });
    let follow = move |_| {
        if let Some(it) = scroller.get_untracked() {
            at_end.set(it.scroll_top() + it.client_height() + NEAR >= it.scroll_height());
        }
    };
    let empty = move || numbers.with(Vec::is_empty) && unsaid.with(Vec::is_empty);
    view! {
        <section class="chat" role="tabpanel" aria-label=tr!("classroom.chat")>
            <div class="chat__scroller" tabindex="0" node_ref=scroller on:scroll=follow>
                <Show when=earlier>
                    <EarlierLines show=Callback::new(move |()| show_earlier()) />
                </Show>
                <Show when=empty>
                    <p class="chat__none">{tr!("classroom.chat_empty")}</p>
                </Show>
                <ol class="chat__lines" aria-label=tr!("classroom.chat")>
                    <For
                        each=move || numbers.get()
                        key=|it| *it
                        children=move |it| view! { <Line number=it shared /> }
                    />
                    <For
                        each=move || unsaid.get()
                        key=|it| it.0
                        children=move |it| view! { <Unsaid text=it.1 /> }
                    />
                </ol>
            </div>
            <Newest scroller />
            <Writing draft />
        </section>
    }
}

/// The way to earlier lines, and what becomes of it.
#[component]
fn EarlierLines(show: Callback<()>) -> impl IntoView {
    let earlier = expect_context::<Classroom>().earlier;
    let asked = move || earlier.get() == Earlier::Asked;
    let label = move || match earlier.get() {
        Earlier::Idle => tr!("classroom.earlier"),
        Earlier::Asked => tr!("state.loading"),
        Earlier::Failed => tr!("failure.again"),
    };
    let failed =
        move || (earlier.get() == Earlier::Failed).then(|| tr!("classroom.earlier_failed"));
    view! {
        <p class="chat__none" role="status" hidden=move || failed().is_none()>
            {failed}
        </p>
        <button
            class="button button--quiet button--small chat__earlier"
            type="button"
            aria-disabled=move || asked().then_some("true")
            on:click=move |_| {
                if earlier.get_untracked() != Earlier::Asked {
                    show.run(());
                }
            }
        >
            {label}
        </button>
    }
}

/// The way to what is new, where that is out of sight.
#[component]
fn Newest(scroller: NodeRef<html::Div>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let shown = move || !classroom.at_end.get() && unread(&classroom) > 0;
    view! {
        <Show when=shown>
            <button
                class="button button--small chat__newest"
                type="button"
                on:click=move |_| to_the_end(scroller)
            >
                <Icon name="arrow-down" />
                {tr!("classroom.newest")}
            </button>
        </Show>
    }
}

/// Where somebody writes, or why they can't.
#[component]
fn Writing(draft: RwSignal<String>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let observes = Memo::new(move |_| classroom.observes());
    let may = Memo::new(move |_| classroom.may(Capability::Chat));
    move || match (observes.get(), may.get()) {
        (true, _) => ().into_any(),
        (false, true) => view! { <Composer draft /> }.into_any(),
        (false, false) => view! {
            <p class="chat__locked">
                <Icon name="lock" />
                {tr!("classroom.chat_locked")}
            </p>
        }
        .into_any(),
    }
}

/// Scrolls to the end once what is new is drawn.
fn to_the_end(scroller: NodeRef<html::Div>) {
    request_animation_frame(move || {
        if let Some(Some(it)) = scroller.try_get_untracked() {
            it.set_scroll_top(it.scroll_height());
        }
    });
}

/// A line of that number, and the one before it.
fn line(classroom: &Classroom, number: u32) -> Option<(ChatLine, Option<ChatLine>)> {
    classroom.view.with_untracked(|view| {
        let at = |number| view.chat.lines().find(|it| it.number == number).cloned();
        Some((at(number)?, number.checked_sub(1).and_then(at)))
    })
}

/// Whether somebody only goes on.
fn goes_on(line: &ChatLine, before: &ChatLine) -> bool {
    let apart = super::time::seconds_between(before.at, line.at);
    line.by == before.by && line.nickname == before.nickname && apart < SAME_BREATH
}

/// What somebody said. Where several people have one of the shared names, Hosts are shown the User ID too.
#[component]
fn Line(number: u32, shared: Memo<BTreeSet<String>>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let (line, before) = line(&classroom, number)?;
    let text = line.text.clone();
    if before.is_some_and(|it| goes_on(&line, &it)) {
        return Some(
            view! {
                <li class="chat__line chat__line--on">
                    <p class="chat__text" dir="auto">
                        {text}
                    </p>
                </li>
            }
            .into_any(),
        );
    }
    let at = time_of_day(line.at, classroom.now.get_untracked());
    let me = classroom.me_now() == Some(line.by);
    let user_id = line.user_id.map(|user_id| {
        let name = line.nickname.clone();
        let confused = Memo::new(move |_| shared.with(|it| it.contains(&name)));
        move || {
            let user_id = user_id.clone();
            confused.get().then(|| view! { <bdi class="person__id">{user_id}</bdi> })
        }
    });
    Some(
        view! {
            <li class="chat__line">
                <Face
                    nickname=line.nickname.clone()
                    image=line.image
                    colour=line.colour
                    size=Size::Small
                />
                <p class="chat__head">
                    <bdi class="chat__by">{line.nickname}</bdi>
                    {user_id}
                    {me.then(|| view! { <span class="chat__by">{tr!("classroom.oneself")}</span> })}
                    <time datetime=line.at.to_rfc3339()>{at}</time>
                </p>
                <p class="chat__text" dir="auto">
                    {text}
                </p>
            </li>
        }
        .into_any(),
    )
}

/// What they themselves wrote, and isn't known to be said.
#[component]
fn Unsaid(text: String) -> impl IntoView {
    view! {
        <li class="chat__line chat__line--on chat__line--unsaid">
            <p class="chat__text" dir="auto">
                {text}
            </p>
            <p class="chat__waits">{tr!("classroom.unsaid")}</p>
        </li>
    }
}
