//! The pictures of the articles about users, groups and rooms. Each takes its text alternative.

use leptos::prelude::*;

use super::pencil::{Pill, arrow, card, centred, drawing, drawn, face, icon, line, pill, word};
use crate::i18n::text;

/// A row of the list, taken apart.
pub(super) fn users(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let part = |x: i32, key: &'static str| {
        view! {
            {arrow((x, 96), (x, 78))}
            {centred((x, 112), drawn(key), "drawing__word--quiet drawing__word--small")}
        }
        .into_any()
    };
    drawing(
        alternative,
        124,
        vec![
            card((8, 20), (344, 56), ""),
            face((40, 48), 17, &hana, ""),
            word((70, 44), hana, "drawing__word--strong"),
            word((70, 61), "S-2041".to_owned(), "drawing__word--quiet drawing__word--small"),
            pill((232, 37), Pill::Guest),
            part(40, "user.image"),
            part(136, "user.user_id"),
            part(274, "user.permission"),
        ],
    )
}

/// A photo on its side, a square, and what others see.
pub(super) fn image(alternative: String) -> AnyView {
    let portrait = |path: &'static str| view! { <path class="drawing__person" d=path></path> };
    drawing(
        alternative,
        138,
        vec![
            card((12, 36), (108, 72), "drawing__card--sunken"),
            view! {
                <g transform="rotate(-90 66 72)">
                    {portrait("M66 58 m-16 0 a16 16 0 1 0 32 0 a16 16 0 1 0 -32 0 M38 126 a28 30 0 0 1 56 0 z")}
                </g>
            }
            .into_any(),
            arrow((130, 72), (154, 72)),
            card((164, 36), (72, 72), "drawing__card--sunken drawing__card--dashed"),
            portrait("M200 66 m-14 0 a14 14 0 1 0 28 0 a14 14 0 1 0 -28 0 M176 106 a24 24 0 0 1 48 0 z")
                .into_any(),
            arrow((246, 72), (270, 72)),
            view! { <circle class="drawing__face" cx="314" cy="72" r="34"></circle> }.into_any(),
            portrait("M314 66 m-12 0 a12 12 0 1 0 24 0 a12 12 0 1 0 -24 0 M292 97 a22 20 0 0 1 44 0 a34 34 0 0 1 -44 0")
                .into_any(),
            centred((66, 128), drawn("help.draw.photo"), "drawing__word--quiet drawing__word--small"),
            centred((314, 128), drawn("help.draw.seen"), "drawing__word--quiet drawing__word--small"),
        ],
    )
}

/// One user, their rooms and their history.
pub(super) fn user(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    let beside = |y: i32, name: &'static str, icon_name: &'static str| {
        vec![
            card((128, y), (224, 40), ""),
            icon((138, y + 13), icon_name, "drawing__icon--quiet"),
            word((160, y + 25), drawn(name), ""),
        ]
    };
    let mut content = vec![
        line("M82 80 C106 80 100 30 124 30 M82 80 H124 M82 80 C106 80 100 130 124 130"),
        face((46, 76), 24, &hana, ""),
        centred((46, 118), hana, "drawing__word--strong drawing__word--small"),
    ];
    content.extend(beside(10, "help.draw.algebra", "door-open"));
    content.push(pill((260, 19), Pill::Host));
    content.extend(beside(60, "help.draw.homework", "door-open"));
    content.push(pill((260, 69), Pill::Guest));
    content.extend(beside(110, "help.draw.yesterday", "info"));
    drawing(alternative, 160, content)
}

/// Two of three rows are ticked.
pub(super) fn many(alternative: String) -> AnyView {
    let row = |y: i32, name: &'static str, ticked: bool| {
        let name = drawn(name);
        let tick = ticked.then(|| icon((21, y + 12), "check", "drawing__icon--on-accent"));
        let box_class = if ticked { "drawing__box drawing__box--ticked" } else { "drawing__box" };
        view! {
            {card((8, y), (344, 38), if ticked { "drawing__card--chosen" } else { "" })}
            <rect class=box_class x="20" y=y + 11 width="16" height="16" rx="4"></rect>
            {tick}
            {face((60, y + 19), 12, &name, "")}
            {word((82, y + 24), name, "")}
        }
        .into_any()
    };
    drawing(
        alternative,
        182,
        vec![
            row(4, "help.draw.hana", true),
            row(46, "help.draw.minsu", false),
            row(88, "help.draw.yuna", true),
            card((8, 138), (344, 40), "drawing__card--raised"),
            word((22, 163), drawn("help.draw.chosen"), "drawing__word--strong"),
            pill((160, 147), Pill::Guest),
            icon((268, 151), "users-round", ""),
            icon((298, 151), "user-x", ""),
            icon((328, 151), "trash-2", "drawing__icon--danger"),
        ],
    )
}

/// Everybody in a group, specified for a room at once.
pub(super) fn group(alternative: String) -> AnyView {
    let people = ["help.draw.hana", "help.draw.minsu", "help.draw.yuna"];
    let mut content = vec![
        card((8, 8), (140, 104), "drawing__card--dashed"),
        word((22, 32), drawn("help.draw.group"), "drawing__word--strong"),
    ];
    for (x, name) in [34, 78, 122].into_iter().zip(people) {
        content.push(face((x, 72), 17, &drawn(name), ""));
    }
    content.extend([
        arrow((156, 60), (222, 60)),
        centred((189, 50), drawn("picker.add_all"), "drawing__word--small drawing__word--accent"),
        card((230, 34), (122, 52), ""),
        icon((242, 53), "door-open", "drawing__icon--quiet"),
        word((264, 65), drawn("help.draw.algebra"), "drawing__word--strong"),
    ]);
    drawing(alternative, 120, content)
}

/// A user, specified for a room, may enter.
pub(super) fn rooms(alternative: String) -> AnyView {
    let hana = drawn("help.draw.hana");
    drawing(
        alternative,
        132,
        vec![
            face((44, 52), 24, &hana, ""),
            centred((44, 96), hana, "drawing__word--strong drawing__word--small"),
            arrow((78, 52), (176, 52)),
            centred(
                (126, 42),
                drawn("help.draw.specified"),
                "drawing__word--small drawing__word--quiet",
            ),
            pill((84, 62), Pill::Guest),
            card((184, 24), (168, 56), ""),
            icon((198, 45), "door-open", "drawing__icon--quiet"),
            word((220, 57), drawn("help.draw.algebra"), "drawing__word--strong"),
            icon((212, 98), "circle-check", "drawing__icon--good"),
            word((232, 110), drawn("help.draw.may_enter"), "drawing__word--good"),
        ],
    )
}

/// The picker with somebody found, and with nobody.
pub(super) fn picker(alternative: String) -> AnyView {
    let search = |y: i32, typed: &str| {
        view! {
            {card((8, y), (344, 34), "drawing__card--field")}
            {icon((18, y + 10), "search", "drawing__icon--quiet")}
            {word((40, y + 22), typed.to_owned(), "")}
        }
        .into_any()
    };
    let hana = drawn("help.draw.hana");
    let create = text("picker.create_named", &[("term", &"kim7")]);
    drawing(
        alternative,
        218,
        vec![
            search(4, "han"),
            card((8, 42), (344, 48), "drawing__card--chosen"),
            face((36, 66), 15, &hana, ""),
            word((62, 63), hana, "drawing__word--strong"),
            word((62, 79), "S-2041".to_owned(), "drawing__word--quiet drawing__word--small"),
            pill((210, 55), Pill::Guest),
            icon((316, 59), "check", "drawing__icon--good"),
            search(112, "kim7"),
            card((8, 150), (344, 62), ""),
            icon((20, 160), "circle-alert", "drawing__icon--quiet"),
            word((42, 172), text("picker.none", &[("term", &"kim7")]), "drawing__word--small"),
            icon((20, 187), "user-plus", "drawing__icon--accent"),
            word((42, 199), create, "drawing__word--accent drawing__word--strong"),
        ],
    )
}

/// What is asked, one after the other.
pub(super) fn reasons(alternative: String) -> AnyView {
    let checks = [
        "help.draw.ended",
        "help.draw.off",
        "help.draw.not_banned",
        "help.draw.by_type",
        "help.draw.open",
        "help.draw.unlocked",
        "help.draw.place",
    ];
    let mut content = Vec::new();
    for (y, check) in (0..).map(|it| 4 + it * 40).zip(checks) {
        content.extend([
            card((8, y), (240, 30), ""),
            icon((18, y + 8), "check", "drawing__icon--good"),
            word((40, y + 20), drawn(check), ""),
            arrow((256, y + 15), (284, y + 15)),
            icon((294, y + 8), "x", "drawing__icon--danger"),
            arrow((25, y + 30), (25, y + 40)),
        ]);
    }
    content.extend([
        card((8, 284), (240, 32), "drawing__card--good"),
        icon((18, 293), "door-open", "drawing__icon--good"),
        word((40, 305), drawn("help.draw.lets_in"), "drawing__word--good drawing__word--strong"),
    ]);
    drawing(alternative, 320, content)
}

/// A meeting as lines: whoever was there all along, came late and was away in between, or didn't come.
pub(super) fn attendance(alternative: String) -> AnyView {
    let line = |y: i32, name: &'static str, stays: &[(i32, i32)], class: &'static str| {
        let name = drawn(name);
        let stays = stays.iter().map(|(x, width)| {
            view! { <rect class=class x=*x y=y width=*width height="10" rx="4"></rect> }.into_any()
        });
        let mut content = vec![
            face((22, y + 5), 12, &name, ""),
            word((44, y + 10), name, ""),
            view! { <rect class="timeline__track" x="132" y=y width="220" height="10" rx="4"></rect> }
                .into_any(),
        ];
        content.extend(stays);
        content
    };
    let host = "timeline__stay timeline__stay--host";
    let mut content = line(16, "help.draw.hana", &[(132, 220)], host);
    content.extend(line(52, "help.draw.minsu", &[(176, 60), (262, 90)], "timeline__stay"));
    content.extend(line(88, "help.draw.yuna", &[], ""));
    drawing(alternative, 112, content)
}

/// The three permissions side by side.
pub(super) fn permissions(alternative: String) -> AnyView {
    let kinds = [
        (8, Pill::Host, "help.draw.controls"),
        (128, Pill::Guest, "help.draw.joins"),
        (248, Pill::Monitoring, "help.draw.observes"),
    ];
    let mut content = Vec::new();
    for (x, kind, does) in kinds {
        content.extend([
            card((x, 8), (104, 84), ""),
            pill((x + 10, 24), kind),
            centred((x + 52, 74), drawn(does), "drawing__word--quiet"),
        ]);
    }
    drawing(alternative, 100, content)
}
