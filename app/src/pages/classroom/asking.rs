//! What this page asked for and wasn't answered yet: sent again after a break, within the same meeting.
//!
//! Lines of chat go one after the other, each once the one before it was answered: so they stand in the order
//! in which they were written, whichever of them the server has wait.

use domain::{
    Timestamp,
    classroom::{Act, ClientMessage, MeetingNumber},
};

/// An act that this page asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// What the answer names it by.
    pub(super) id: u32,
    /// What.
    pub(super) act: Act,
    /// The name of whom it is about, for what is said of it.
    pub(super) subject: String,
    /// Whether it undoes another.
    pub(super) undoes: bool,
    /// The meeting that it is about.
    pub(super) meeting: Option<MeetingNumber>,
    /// When it was sent, if it was.
    sent: Option<Timestamp>,
}

impl Asked {
    /// What is written, where it is a line of chat.
    fn line(&self) -> Option<&str> {
        match &self.act {
            Act::Say { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// Acts without an answer, in the order in which they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asking {
    last: u32,
    asked: Vec<Asked>,
    /// Whether lines of chat stand still, since one came too fast.
    held: bool,
}

impl Asking {
    /// So many acts wait for the line, at most.
    pub(super) const WAITING: usize = 20;
    /// An answer takes no longer than so many seconds, unless the line is dead.
    const ANSWERED: i64 = 10;

    /// Notes an act that is yet to be sent. False where too many wait.
    pub(super) fn add(
        &mut self,
        act: Act,
        subject: String,
        undoes: bool,
        meeting: Option<MeetingNumber>,
    ) -> bool {
        if self.waiting() >= Self::WAITING {
            return false;
        }
        self.last = self.last.wrapping_add(1);
        let id = self.last;
        self.asked.push(Asked { id, act, subject, undoes, meeting, sent: None });
        true
    }

    /// Takes out what waits and was meant for another meeting: in this one its numbers name others.
    pub(super) fn outdated(&mut self, meeting: Option<MeetingNumber>) -> Vec<Asked> {
        self.asked.extract_if(.., |it| it.sent.is_none() && it.meeting != meeting).collect()
    }

    /// What is to be sent now that the line is up.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<ClientMessage> {
        let under_way = |it: &Asked| it.sent.is_some() && it.line().is_some();
        let mut still = self.held || self.asked.iter().any(under_way);
        let mut due = Vec::new();
        for it in self.asked.iter_mut().filter(|it| it.sent.is_none()) {
            if it.line().is_some() && std::mem::replace(&mut still, true) {
                continue;
            }
            it.sent = Some(now);
            due.push(ClientMessage::Act { id: it.id, act: it.act.clone() });
        }
        due
    }

    /// The line broke off: what wasn't answered may not have arrived.
    pub(super) fn lose(&mut self) {
        self.held = false;
        self.asked.iter_mut().for_each(|it| it.sent = None);
    }

    /// Has a line of chat that came too fast wait at its place, and with it those that were written after
    /// it, until lines [go on](Self::go_on). False where that was none.
    pub(super) fn hold(&mut self, id: u32) -> bool {
        let line = self.asked.iter_mut().find(|it| it.id == id && it.line().is_some());
        let Some(line) = line else { return false };
        line.sent = None;
        self.held = true;
        true
    }

    /// Lines of chat may be sent again.
    pub(super) const fn go_on(&mut self) {
        self.held = false;
    }

    /// Whether something was sent for so long that its answer doesn't come any more.
    pub(super) fn is_overdue(&self, now: Timestamp) -> bool {
        let sent = self.asked.iter().filter_map(|it| it.sent);
        sent.min().is_some_and(|it| it.plus_seconds(Self::ANSWERED) < now)
    }

    /// Takes out what an answer is about.
    pub(super) fn answered(&mut self, id: u32) -> Option<Asked> {
        let at = self.asked.iter().position(|it| it.id == id)?;
        Some(self.asked.remove(at))
    }

    /// How many acts wait for the line.
    pub(super) fn waiting(&self) -> usize {
        self.asked.iter().filter(|it| it.sent.is_none()).count()
    }

    /// What was written, and isn't known to be said.
    pub(super) fn unsaid(&self) -> Vec<(u32, String)> {
        self.asked.iter().filter_map(|it| Some((it.id, it.line()?.to_owned()))).collect()
    }
}

/// Whether one of those asks who is banned.
pub(super) fn bans_asked(asked: &[Asked]) -> bool {
    asked.iter().any(|it| it.act == Act::Bans)
}

/// The lines of chat among those, one below the other, to be written again; nothing where there are none.
pub(super) fn written(asked: &[Asked]) -> Option<String> {
    let lines: Vec<&str> = asked.iter().filter_map(Asked::line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<MeetingNumber> = Some(MeetingNumber(3));
    const NOW: Timestamp = Timestamp::from_micros(5);

    fn asked(acts: &[Act]) -> Asking {
        let mut asking = Asking::default();
        for act in acts {
            assert!(asking.add(act.clone(), String::new(), false, HERE));
        }
        asking
    }

    fn sent(id: u32, act: Act) -> ClientMessage {
        ClientMessage::Act { id, act }
    }

    fn say(text: &str) -> Act {
        let sent = domain::classroom::SentMark::parse("mark-001").unwrap();
        Act::Say { text: text.to_owned(), sent }
    }

    #[test]
    fn what_is_due_is_sent_once_and_again_after_a_break_until_it_is_answered() {
        let mut asking = asked(&[Act::RaiseHand, Act::LowerHand]);
        let both = vec![sent(1, Act::RaiseHand), sent(2, Act::LowerHand)];
        assert_eq!(asking.due(NOW), both);
        assert_eq!(asking.due(NOW), []);
        asking.lose();
        assert_eq!(asking.due(NOW), both);
        assert_eq!(asking.answered(1).map(|it| it.act), Some(Act::RaiseHand));
        assert_eq!(asking.answered(1), None);
        asking.lose();
        assert_eq!(asking.due(NOW), [sent(2, Act::LowerHand)]);
    }

    #[test]
    fn lines_of_chat_go_one_after_the_other_and_nothing_else_waits_for_them() {
        let mut asking = asked(&[say("one"), say("two"), Act::RaiseHand, say("three")]);
        assert_eq!(asking.due(NOW), [sent(1, say("one")), sent(3, Act::RaiseHand)]);
        assert_eq!(asking.due(NOW), []);
        asking.answered(1);
        assert_eq!(asking.due(NOW), [sent(2, say("two"))]);
        asking.lose();
        assert_eq!(asking.due(NOW), [sent(2, say("two")), sent(3, Act::RaiseHand)]);
        asking.answered(2);
        assert_eq!(asking.due(NOW), [sent(4, say("three"))]);
    }

    #[test]
    fn a_line_that_came_too_fast_is_sent_later_at_its_place() {
        let mut asking = asked(&[say("one"), say("two"), Act::RaiseHand]);
        assert_eq!(asking.due(NOW), [sent(1, say("one")), sent(3, Act::RaiseHand)]);
        assert!(!asking.hold(3), "a hand is no line");
        assert!(asking.hold(1));
        assert_eq!(asking.due(NOW), [], "those after it wait with it");
        assert_eq!(asking.unsaid().len(), 2);
        asking.go_on();
        assert_eq!(asking.due(NOW), [sent(1, say("one"))]);
        asking.hold(1);
        asking.lose();
        assert_eq!(asking.due(NOW).len(), 2, "on a new line nothing is held");
    }

    #[test]
    fn an_answer_that_does_not_come_tells_that_the_line_is_dead() {
        let later = |seconds| NOW.plus_seconds(seconds);
        let mut asking = asked(&[Act::RaiseHand, Act::LowerHand]);
        assert!(!asking.is_overdue(later(60)), "nothing was sent");
        asking.due(NOW);
        assert!(!asking.is_overdue(later(10)));
        assert!(asking.is_overdue(later(11)));
        asking.answered(1);
        assert!(asking.is_overdue(later(11)), "one of two was answered");
        asking.lose();
        assert!(!asking.is_overdue(later(11)), "it is sent anew once the line is up");
    }

    #[test]
    fn nothing_is_sent_to_another_meeting_and_what_was_written_for_it_is_given_back() {
        let mut asking = asked(&[Act::End, say("one"), say("two")]);
        assert_eq!(asking.outdated(HERE), []);
        let outdated = asking.outdated(Some(MeetingNumber(4)));
        assert_eq!(outdated.len(), 3);
        assert_eq!(written(&outdated).as_deref(), Some("one\ntwo"));
        assert_eq!(written(&outdated[..1]), None);
        assert_eq!(asking.due(NOW), []);
    }

    #[test]
    fn who_is_banned_is_known_to_be_asked_in_vain_whatever_else_is() {
        let outdated = |acts: &[Act]| asked(acts).outdated(None);
        assert!(bans_asked(&outdated(&[say("one"), Act::Bans])));
        assert!(!bans_asked(&outdated(&[say("one"), Act::End])));
        assert!(!bans_asked(&[]));
    }

    #[test]
    fn no_more_than_twenty_wait() {
        let mut asking = asked(&vec![Act::RaiseHand; Asking::WAITING]);
        assert!(!asking.add(Act::RaiseHand, String::new(), false, HERE));
        assert_eq!(asking.waiting(), Asking::WAITING);
        asking.due(NOW);
        assert!(
            asking.add(Act::RaiseHand, String::new(), false, HERE),
            "what was sent doesn't wait"
        );
    }
}
