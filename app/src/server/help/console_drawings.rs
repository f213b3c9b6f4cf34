//! The pictures of the articles about the console itself: who uses it, settings and log. Each takes its
//! text alternative.

use leptos::prelude::*;

use super::pencil::{Pill, arrow, card, centred, drawing, drawn, face, icon, line, pill, word};

/// Two devices of one person, of which one is signed out.
pub(super) fn devices(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let device = |y: i32, name: &'static str, end: AnyView| {
        vec![
            card((128, y), (224, 40), ""),
            icon((138, y + 13), "globe", "drawing__icon--quiet"),
            word((160, y + 25), drawn(name), ""),
            end,
        ]
    };
    let mut content = vec![
        line("M82 56 C106 56 100 30 124 30 M82 56 C106 56 100 82 124 82"),
        face((46, 52), 24, &hana, ""),
        centred((46, 94), hana, "drawing__word--strong drawing__word--small"),
    ];
    let stays = icon((326, 23), "check", "drawing__icon--good");
    let ends = icon((326, 75), "log-out", "drawing__icon--danger");
    content.extend(device(10, "account.here", stays));
    content.extend(device(62, "help.draw.elsewhere", ends));
    drawing(alternative, 112, content)
}

/// One moment on two clocks.
pub(super) fn zone(alternative: String) -> AnyView {
    let clock = |x: i32, hands: String| {
        view! {
            <circle class="drawing__card" cx=x cy="60" r="44"></circle>
            <path class="drawing__line drawing__line--strong" d=hands></path>
        }
        .into_any()
    };
    drawing(
        alternative,
        140,
        vec![
            clock(80, "M80 28 V60 H56".to_owned()),
            line("M134 56 H226 M134 64 H226"),
            centred(
                (180, 44),
                drawn("help.draw.same"),
                "drawing__word--small drawing__word--quiet",
            ),
            clock(280, "M280 28 V60 L280 84".to_owned()),
            centred((80, 126), drawn("help.draw.school"), "drawing__word--strong"),
            centred((280, 126), drawn("help.draw.reader"), "drawing__word--strong"),
        ],
    )
}

/// Three entries, of which the second is open.
pub(super) fn log(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let entry = |y: i32, height: i32| {
        vec![
            card((8, y), (344, height), ""),
            icon((20, y + 11), "list-checks", "drawing__icon--quiet"),
        ]
    };
    let mut content = entry(8, 36);
    content.push(word((44, 31), drawn("help.draw.yesterday"), "drawing__word--quiet"));
    content.extend(entry(52, 72));
    content.push(face((56, 70), 11, &hana, ""));
    content.push(word((74, 75), hana, "drawing__word--strong"));
    content.push(pill((74, 90), Pill::Guest));
    content.push(arrow((170, 104), (208, 104)));
    content.push(pill((216, 90), Pill::Host));
    content.extend(entry(132, 36));
    content.push(word((44, 155), drawn("help.draw.biology"), "drawing__word--quiet"));
    drawing(alternative, 176, content)
}

/// What makes somebody a teacher: a role and a link by an Admin, and a password of their own.
pub(super) fn teachers(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let step = |x: i32, label: &'static str, does: &'static str| {
        let quiet = "drawing__word--quiet drawing__word--small";
        vec![
            card((x, 8), (104, 84), ""),
            centred((x + 52, 80), drawn(label), "drawing__word--strong drawing__word--small"),
            centred((x + 52, 112), drawn(does), quiet),
        ]
    };
    let code =
        "M162 20h14v14h-14z M186 20h14v14h-14z M162 44h14v14h-14z M186 44h4v4 M200 48v10h-10";
    let mut content = step(8, "role.teacher", "help.draw.you_choose");
    content.push(face((60, 40), 20, &hana, ""));
    content.push(arrow((114, 40), (126, 40)));
    content.extend(step(128, "password_link.address", "help.draw.you_hand_over"));
    content.push(line(code));
    content.push(arrow((234, 40), (246, 40)));
    content.extend(step(248, "sign_in.password", "help.draw.they_set"));
    content.extend([
        card((262, 26), (76, 28), "drawing__card--field"),
        icon((270, 33), "key-round", "drawing__icon--accent"),
        word((292, 46), "••••".to_owned(), ""),
    ]);
    drawing(alternative, 120, content)
}

/// A teacher with a room of her own and one in which she is Host, and a room of somebody else apart.
pub(super) fn own_rooms(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let room = |y: i32, name: &'static str, class: &'static str, word_class: &'static str| {
        vec![
            card((128, y), (224, 40), class),
            icon((138, y + 13), "door-open", "drawing__icon--quiet"),
            word((160, y + 25), drawn(name), word_class),
        ]
    };
    let mut content = vec![
        line("M82 56 C106 56 100 30 124 30 M82 56 C106 56 100 80 124 80"),
        face((46, 52), 24, &hana, ""),
        centred((46, 94), hana, "drawing__word--strong drawing__word--small"),
    ];
    content.extend(room(10, "help.draw.algebra", "", "drawing__word--strong"));
    content.push(icon((328, 23), "pencil", "drawing__icon--accent"));
    content.extend(room(60, "help.draw.biology", "", ""));
    content.push(pill((250, 69), Pill::Host));
    content.extend(room(110, "help.draw.others", "drawing__card--sunken", "drawing__word--quiet"));
    drawing(alternative, 160, content)
}
