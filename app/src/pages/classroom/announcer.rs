//! What a screen reader is told without the focus being moved: little, and never much at once.

use std::{collections::VecDeque, time::Duration};

use leptos::prelude::*;

/// The pause between two messages.
const PAUSE: Duration = Duration::from_secs(1);
/// So many messages wait; of more, the latest.
const WAITING: usize = 4;

/// Tells readers what happens.
#[derive(Clone, Copy, Default)]
pub(super) struct Announcer {
    shown: RwSignal<String>,
    waiting: StoredValue<Option<VecDeque<String>>>,
}

impl Announcer {
    /// Says something once what is being said has been read.
    pub(super) fn say(self, text: String) {
        let is_first = self.waiting.try_update_value(|it| {
            let is_first = it.is_none();
            queue(it.get_or_insert_default(), text);
            is_first
        });
        if is_first == Some(true) {
            self.next();
        }
    }

    fn next(self) {
        let Some(next) = self.waiting.try_update_value(turn) else { return };
        // What stays is silent where it is said once more.
        self.shown.try_set(next.clone().unwrap_or_default());
        if next.is_some() {
            set_timeout(move || self.next(), PAUSE);
        }
    }
}

/// What is said next; after the last, nothing waits any more.
fn turn(waiting: &mut Option<VecDeque<String>>) -> Option<String> {
    let next = waiting.as_mut().and_then(VecDeque::pop_front);
    if next.is_none() {
        *waiting = None;
    }
    next
}

fn queue(waiting: &mut VecDeque<String>, text: String) {
    waiting.push_back(text);
    if waiting.len() > WAITING {
        waiting.pop_front();
    }
}

/// The place where it is read.
#[component]
pub(super) fn Announced(announcer: Announcer) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">
            <bdi>{announcer.shown}</bdi>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_messages_the_latest_are_said() {
        let mut waiting = VecDeque::new();
        for it in ["a", "b", "c", "d", "e", "f"] {
            queue(&mut waiting, it.into());
        }
        assert_eq!(waiting, ["c", "d", "e", "f"]);
    }

    #[test]
    fn after_the_last_message_nothing_is_shown_until_the_next() {
        let mut waiting = Some(VecDeque::from(["a".to_owned()]));
        assert_eq!(turn(&mut waiting).as_deref(), Some("a"));
        assert_eq!(waiting, Some(VecDeque::new()), "another waits until it has been read");
        assert_eq!(turn(&mut waiting), None);
        assert_eq!(waiting, None, "the next is said at once");
    }
}
