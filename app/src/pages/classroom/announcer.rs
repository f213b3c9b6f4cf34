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
        let next = self.waiting.try_update_value(|it| {
            let next = it.as_mut().and_then(VecDeque::pop_front);
            if next.is_none() {
                *it = None;
            }
            next
        });
        if let Some(Some(text)) = next {
            self.shown.try_set(text);
            set_timeout(move || self.next(), PAUSE);
        }
    }
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
}
