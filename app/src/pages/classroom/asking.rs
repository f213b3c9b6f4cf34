//! What this page asked for and wasn't answered yet: sent again after a break, within the same meeting.

use domain::classroom::{Act, ClientMessage, MeetingNumber};

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
    meeting: Option<MeetingNumber>,
    sent: bool,
}

/// Acts without an answer, in the order in which they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asking {
    last: u32,
    asked: Vec<Asked>,
}

impl Asking {
    /// So many acts wait for the line, at most.
    pub(super) const WAITING: usize = 20;

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
        self.asked.push(Asked { id, act, subject, undoes, meeting, sent: false });
        true
    }

    /// What is to be sent now that the line is up. What was meant for another meeting is forgotten: in
    /// this one its numbers name others.
    pub(super) fn due(&mut self, meeting: Option<MeetingNumber>) -> Vec<ClientMessage> {
        self.asked.retain(|it| it.sent || it.meeting == meeting);
        let due = self.asked.iter_mut().filter(|it| !it.sent);
        due.map(|it| {
            it.sent = true;
            ClientMessage::Act { id: it.id, act: it.act.clone() }
        })
        .collect()
    }

    /// The line broke off: what wasn't answered may not have arrived.
    pub(super) fn lose(&mut self) {
        self.asked.iter_mut().for_each(|it| it.sent = false);
    }

    /// Takes out what an answer is about.
    pub(super) fn answered(&mut self, id: u32) -> Option<Asked> {
        let at = self.asked.iter().position(|it| it.id == id)?;
        Some(self.asked.remove(at))
    }

    /// How many acts wait for the line.
    pub(super) fn waiting(&self) -> usize {
        self.asked.iter().filter(|it| !it.sent).count()
    }

    /// What was written, and isn't known to be said.
    pub(super) fn unsaid(&self) -> Vec<(u32, String)> {
        let said = |it: &Asked| match &it.act {
            Act::Say { text, .. } => Some((it.id, text.clone())),
            _ => None,
        };
        self.asked.iter().filter_map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<MeetingNumber> = Some(MeetingNumber(3));

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

    #[test]
    fn what_is_due_is_sent_once_and_again_after_a_break_until_it_is_answered() {
        let mut asking = asked(&[Act::RaiseHand, Act::LowerHand]);
        let both = vec![sent(1, Act::RaiseHand), sent(2, Act::LowerHand)];
        assert_eq!(asking.due(HERE), both);
        assert_eq!(asking.due(HERE), []);
        asking.lose();
        assert_eq!(asking.due(HERE), both);
        assert_eq!(asking.answered(1).map(|it| it.act), Some(Act::RaiseHand));
        assert_eq!(asking.answered(1), None);
        asking.lose();
        assert_eq!(asking.due(HERE), [sent(2, Act::LowerHand)]);
    }

    #[test]
    fn nothing_is_sent_to_another_meeting() {
        let mut asking = asked(&[Act::End]);
        assert_eq!(asking.due(Some(MeetingNumber(4))), []);
        assert_eq!(asking.due(HERE), [], "and it is forgotten");
    }

    #[test]
    fn no_more_than_twenty_wait() {
        let mut asking = asked(&vec![Act::RaiseHand; Asking::WAITING]);
        assert!(!asking.add(Act::RaiseHand, String::new(), false, HERE));
        assert_eq!(asking.waiting(), Asking::WAITING);
        asking.due(HERE);
        assert!(
            asking.add(Act::RaiseHand, String::new(), false, HERE),
            "what was sent doesn't wait"
        );
    }
}
