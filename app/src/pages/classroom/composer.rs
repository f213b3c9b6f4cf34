//! The field in which somebody writes to everybody.

use domain::classroom::{ChatText, SentMark};
use leptos::prelude::*;

use super::state::Classroom;
use crate::{browser, components::icon::Icon, i18n::tr, words::problem_text};

/// How many characters a mark has: so many at random are not drawn twice within a meeting.
const MARK: usize = 12;

/// The field and its button. Enter sends, with Shift it begins a new line.
#[component]
pub(super) fn Composer(draft: RwSignal<String>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let problem = RwSignal::new(None::<String>);
    // What wasn't said comes back, once nothing else is being written.
    Effect::new(move |_| {
        let idle = draft.with(|it| it.trim().is_empty());
        if idle && classroom.returned.with(|it| !it.is_empty()) {
            let returned = classroom.returned.try_update(std::mem::take).unwrap_or_default();
            draft.set(returned.join("\n"));
        }
    });
    let send = move || {
        let text = draft.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        match ChatText::parse(&text) {
            Ok(_) => {
                let Some(sent) = mark() else { return };
                problem.set(None);
                if classroom.write(text, sent) {
                    draft.set(String::new());
                }
            }
            Err(refused) => problem.set(Some(problem_text(&refused))),
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
                browser::focus(".composer textarea");
            }
        >
            {move || {
                problem
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field__error" role="alert">
                                <Icon name="circle-alert" />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
            <div class="composer__row">
                <textarea
                    class="input"
                    rows="1"
                    dir="auto"
                    enterkeyhint="send"
                    aria-label=tr!("classroom.write")
                    placeholder=tr!("classroom.write")
                    prop:value=draft
                    on:input=move |event| {
                        draft.set(event_target_value(&event));
                        problem.set(None);
                    }
                    on:keydown=move |event| {
                        let composing = event.is_composing();
                        if sends(&event.key(), event.shift_key(), composing, event.key_code()) {
                            event.prevent_default();
                            send();
                        }
                    }
                ></textarea>
                <button class="button button--icon" aria-label=tr!("classroom.send")>
                    <Icon name="send" />
                </button>
            </div>
        </form>
    }
}

/// Whether a key sends what was written. While a syllable is being composed, Enter ends that; in Safari that
/// key comes once it has ended, and only its code, that of all keys while composing, tells what it was for.
fn sends(key: &str, shift: bool, composing: bool, code: u32) -> bool {
    const COMPOSES: u32 = 229;
    key == "Enter" && !shift && !composing && code != COMPOSES
}

/// A mark at random.
fn mark() -> Option<SentMark> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let one = || {
        // Below 64, since the chance is below 1.
        let place = (js_sys::Math::random() * 64.0).floor();
        let place = ALPHABET.iter().zip(0_u8..).find(|(_, at)| f64::from(*at) >= place);
        place.map(|(it, _)| char::from(*it))
    };
    SentMark::parse(&(0..MARK).filter_map(|_| one()).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_sends_unless_it_begins_a_line_or_ends_a_syllable() {
        assert!(sends("Enter", false, false, 13));
        for (key, shift, composing, code) in [
            ("Enter", true, false, 13),
            ("Enter", false, true, 229),
            ("Enter", false, false, 229),
            ("a", false, false, 65),
        ] {
            assert!(!sends(key, shift, composing, code), "{key} {shift} {composing} {code}");
        }
    }
}
