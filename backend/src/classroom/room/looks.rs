//! What somebody asked to be shown: a part of the list of people, and chat from before.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use bytes::Bytes;
use domain::classroom::{Audience, ChatLine, Line, Listed, Look, Meeting};

use super::{Room, Socket, SocketId};
use crate::classroom::packing;

/// So many characters of a search are read.
const TERM: usize = 64;

/// A part of the list of people as it was put into text, and what it is recognised by.
type Shown = (Vec<Bytes>, u64);

impl Room {
    /// Shows somebody a part of the list of people, from now on.
    pub(super) fn look(&mut self, id: SocketId, mut look: Look) {
        look.term = look.term.chars().take(TERM).collect();
        let meeting = &self.kept;
        let Some(socket) = self.sockets.get_mut(id) else { return };
        let Some(audience) = socket.audience() else { return };
        let (messages, hash) = show(meeting, audience, &look);
        socket.outbox.show(look.list, messages);
        socket.looks.retain(|(it, _)| it.list != look.list);
        socket.looks.push((look, hash));
    }

    /// Whether parts of the list of people may have changed since they were shown.
    pub const fn has_new_lists(&self) -> bool {
        self.lists
    }

    /// Shows everybody who looks at a part of the list what has changed in it.
    pub fn show_lists(&mut self) {
        self.lists = false;
        let mut shown: HashMap<(Audience, Look), Shown> = HashMap::new();
        for (_, socket) in self.sockets.iter_mut() {
            let Some(audience) = socket.audience() else { continue };
            for (look, last) in &mut socket.looks {
                let (messages, hash) = shown
                    .entry((audience, look.clone()))
                    .or_insert_with(|| show(&self.kept, audience, look));
                if last != hash {
                    socket.outbox.show(look.list, messages.iter().cloned());
                    *last = *hash;
                }
            }
        }
    }

    /// Tells somebody chat from before that line; where it isn't at hand, once the store was asked.
    pub(super) fn earlier(&mut self, id: SocketId, before: u32) {
        let Some(socket) = self.sockets.get(id) else { return };
        let Some(audience) = socket.audience() else { return };
        let lines = self.kept.earlier(before, audience);
        if lines.is_empty() && before > 1 {
            self.wanted.push((id, before));
        } else {
            post_earlier(socket, &lines);
        }
    }

    /// Who wants chat from before which line that isn't at hand.
    pub fn take_wanted(&mut self) -> Vec<(SocketId, u32)> {
        std::mem::take(&mut self.wanted)
    }

    /// Tells somebody chat that the store had.
    pub fn show_earlier(&self, id: SocketId, lines: &[Line]) {
        let Some(socket) = self.sockets.get(id) else { return };
        let Some(audience) = socket.audience() else { return };
        let lines: Vec<_> = lines.iter().map(|it| self.kept.chat_line(it, audience)).collect();
        post_earlier(socket, &lines);
    }
}

fn post_earlier(socket: &Socket, lines: &[ChatLine]) {
    for message in packing::earlier(lines) {
        socket.outbox.post(message);
    }
}

fn show(meeting: &Meeting, audience: Audience, look: &Look) -> Shown {
    let window = meeting.window(look, audience);
    let listed = Listed {
        list: look.list,
        term: look.term.clone(),
        total: window.total,
        first: look.first,
        rows: window.rows,
    };
    let messages = packing::listed(&listed);
    let hash = hasher().hash_one(&messages);
    (messages, hash)
}

/// The same for the whole process, so that hashes can be compared.
fn hasher() -> &'static RandomState {
    static STATE: std::sync::LazyLock<RandomState> = std::sync::LazyLock::new(RandomState::new);
    &STATE
}
