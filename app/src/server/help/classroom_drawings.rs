//! The pictures of the articles about the live classroom. Each takes its text alternative.

use leptos::prelude::*;

use super::pencil::{Pill, arrow, card, centred, drawing, drawn, face, icon, line, pill, word};

/// Somebody's tile in the classroom, 64 wide.
fn tile(at: (i32, i32), name: &'static str) -> Vec<AnyView> {
    let name = drawn(name);
    vec![
        card(at, (64, 64), ""),
        face((at.0 + 32, at.1 + 26), 16, &name, ""),
        centred((at.0 + 32, at.1 + 57), name, "drawing__word--small"),
    ]
}

/// A raised hand, at the corner of a tile.
fn hand(of: (i32, i32)) -> AnyView {
    icon((of.0 + 46, of.1 + 5), "hand", "drawing__icon--accent")
}

/// People in a classroom, and what a Host may do with one of them.
pub(super) fn host(alternative: String) -> AnyView {
    let mut content = vec![pill((8, 8), Pill::Host)];
    content.extend(tile((8, 40), "help.draw.minsu"));
    content.extend(tile((84, 40), "help.draw.yuna"));
    content.push(hand((84, 40)));
    content
        .extend([arrow((150, 72), (164, 72)), card((168, 8), (184, 128), "drawing__card--raised")]);
    let quiet = "drawing__icon--quiet";
    let items = [
        ("crown", quiet, "classroom.make_host"),
        ("message-square-off", quiet, "classroom.lock_chat"),
        ("log-out", "drawing__icon--danger", "classroom.remove"),
        ("ban", "drawing__icon--danger", "classroom.ban"),
    ];
    for (y, (name, class, label)) in (0..).map(|it| 18 + it * 30).zip(items) {
        content.extend([icon((178, y), name, class), word((200, y + 12), drawn(label), "")]);
    }
    drawing(alternative, 144, content)
}

/// From a link through the door into the classroom.
pub(super) fn guest(alternative: String) -> AnyView {
    let yuna = drawn("help.draw.yuna");
    let step = |x: i32, label: &'static str| {
        let class = "drawing__word--quiet drawing__word--small";
        centred((x, 134), drawn(label), class)
    };
    let mut content = vec![
        card((8, 34), (92, 48), ""),
        icon((46, 51), "link", "drawing__icon--accent"),
        step(54, "help.draw.your_link"),
        arrow((106, 58), (126, 58)),
        card((134, 8), (92, 104), ""),
        face((180, 40), 18, &yuna, ""),
        card((148, 74), (64, 26), "drawing__card--field"),
        centred((180, 91), drawn("door.enter"), "drawing__word--accent drawing__word--strong"),
        step(180, "help.draw.the_door"),
        arrow((234, 58), (264, 58)),
        step(306, "help.draw.in_the_room"),
    ];
    content.extend(tile((274, 26), "help.draw.yuna"));
    content.push(hand((274, 26)));
    drawing(alternative, 142, content)
}

/// Somebody looks on from outside the classroom, and stands in the log alone.
pub(super) fn monitoring(alternative: String) -> AnyView {
    let mut content = vec![card((8, 8), (176, 96), "drawing__card--sunken")];
    content.extend(tile((24, 24), "help.draw.hana"));
    content.extend(tile((104, 24), "help.draw.minsu"));
    content.extend([
        line("M192 56 H238"),
        pill((246, 45), Pill::Monitoring),
        arrow((292, 74), (292, 112)),
        card((200, 120), (152, 34), ""),
        icon((210, 130), "list-checks", "drawing__icon--quiet"),
        word((232, 142), drawn("audit.title"), ""),
    ]);
    drawing(alternative, 162, content)
}
