//! Articles about the console: who uses it, settings and log.

use super::Topic;
use crate::server::help::console_drawings;

/// The articles.
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        slug: "settings",
        home: "/settings",
        title: "help.settings.title",
        lead: "help.settings.lead",
        alternative: "help.settings.picture",
        picture: console_drawings::zone,
        sections: &[
            (
                "help.can",
                &[
                    "help.settings.can_name",
                    "help.settings.can_zone",
                    "help.settings.can_teachers",
                    "help.settings.can_rest",
                ],
            ),
            ("help.how", &["help.settings.how_save"]),
            ("help.mind", &["help.settings.mind_zone", "help.settings.mind_keep"]),
        ],
        read_on: &["rooms", "users", "teachers", "audit"],
    },
    Topic {
        slug: "audit",
        home: "/audit",
        title: "help.audit.title",
        lead: "help.audit.lead",
        alternative: "help.audit.picture",
        picture: console_drawings::log,
        sections: &[
            (
                "help.can",
                &["help.audit.can_filter", "help.audit.can_search", "help.audit.can_export"],
            ),
            ("help.how", &["help.audit.how_open", "help.audit.how_days"]),
            ("help.mind", &["help.audit.mind_refused", "help.audit.mind_kept"]),
        ],
        read_on: &["settings", "user", "room"],
    },
    Topic {
        slug: "account",
        home: "/account",
        title: "help.account.title",
        lead: "help.account.lead",
        alternative: "help.account.picture",
        picture: console_drawings::devices,
        sections: &[
            ("help.can", &["help.account.can_password", "help.account.can_devices"]),
            ("help.how", &["help.account.how_password", "help.account.how_forgot"]),
            ("help.mind", &["help.account.mind_guess", "help.account.mind_unknown"]),
        ],
        read_on: &["own-rooms", "user", "settings"],
    },
    Topic {
        slug: "teachers",
        home: "/users",
        title: "help.teachers.title",
        lead: "help.teachers.lead",
        alternative: "help.teachers.picture",
        picture: console_drawings::teachers,
        sections: &[
            (
                "help.can",
                &["help.teachers.can_make", "help.teachers.can_limit", "help.teachers.can_give"],
            ),
            (
                "help.how",
                &["help.teachers.how_link", "help.teachers.how_forgot", "help.teachers.how_leave"],
            ),
            (
                "help.mind",
                &[
                    "help.teachers.mind_link",
                    "help.teachers.mind_out",
                    "help.teachers.mind_limit",
                    "help.teachers.mind_search",
                ],
            ),
        ],
        read_on: &["own-rooms", "user", "settings", "audit"],
    },
    Topic {
        slug: "own-rooms",
        home: "/rooms",
        title: "help.own_rooms.title",
        lead: "help.own_rooms.lead",
        alternative: "help.own_rooms.picture",
        picture: console_drawings::own_rooms,
        sections: &[
            (
                "help.can",
                &[
                    "help.own_rooms.can_own",
                    "help.own_rooms.can_host",
                    "help.own_rooms.can_specify",
                ],
            ),
            (
                "help.how",
                &[
                    "help.own_rooms.how_create",
                    "help.own_rooms.how_missing",
                    "help.own_rooms.how_give",
                ],
            ),
            (
                "help.mind",
                &[
                    "help.own_rooms.mind_limit",
                    "help.own_rooms.mind_off",
                    "help.own_rooms.mind_search",
                ],
            ),
        ],
        read_on: &["rooms", "create-room", "room", "as-host", "account", "teachers"],
    },
];
