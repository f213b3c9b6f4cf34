//! Articles about the live classroom, one for each entry permission.

use super::Topic;
use crate::server::help::classroom_drawings;

/// The articles.
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        slug: "as-host",
        home: "/rooms",
        title: "help.as_host.title",
        lead: "help.as_host.lead",
        alternative: "help.as_host.picture",
        picture: classroom_drawings::host,
        sections: &[
            (
                "help.do",
                &[
                    "help.as_host.do_permission",
                    "help.as_host.do_lock",
                    "help.as_host.do_call",
                    "help.as_host.do_room",
                    "help.as_host.do_out",
                    "help.as_host.do_end",
                ],
            ),
            (
                "help.how",
                &[
                    "help.as_host.how_person",
                    "help.as_host.how_all",
                    "help.as_host.how_undo",
                    "help.as_host.how_newcomers",
                ],
            ),
            (
                "help.kept",
                &["help.as_host.kept_log", "help.as_host.kept_came", "help.as_host.kept_chat"],
            ),
            (
                "help.mind",
                &["help.as_host.mind_ban", "help.as_host.mind_protected", "help.as_host.mind_drop"],
            ),
        ],
        read_on: &["as-guest", "monitoring", "permissions", "attendance", "room"],
    },
    Topic {
        slug: "as-guest",
        home: "/rooms",
        title: "help.as_guest.title",
        lead: "help.as_guest.lead",
        alternative: "help.as_guest.picture",
        picture: classroom_drawings::guest,
        sections: &[
            (
                "help.do",
                &["help.as_guest.do_chat", "help.as_guest.do_hand", "help.as_guest.do_see"],
            ),
            (
                "help.how",
                &[
                    "help.as_guest.how_enter",
                    "help.as_guest.how_wait",
                    "help.as_guest.how_locked",
                    "help.as_guest.how_drop",
                    "help.as_guest.how_out",
                ],
            ),
            ("help.others_see", &["help.as_guest.see_all", "help.as_guest.see_hosts"]),
            ("help.kept", &["help.as_guest.kept_came", "help.as_guest.kept_chat"]),
            ("help.mind", &["help.as_guest.mind_link", "help.as_guest.mind_unknown"]),
        ],
        read_on: &["as-host", "monitoring", "permissions", "room"],
    },
    Topic {
        slug: "monitoring",
        home: "/rooms",
        title: "help.monitoring.title",
        lead: "help.monitoring.lead",
        alternative: "help.monitoring.picture",
        picture: classroom_drawings::monitoring,
        sections: &[
            ("help.do", &["help.monitoring.do_see", "help.monitoring.do_read"]),
            ("help.how", &["help.monitoring.how_admin", "help.monitoring.how_member"]),
            ("help.others_see", &["help.monitoring.see_nothing", "help.monitoring.see_notice"]),
            ("help.kept", &["help.monitoring.kept_log", "help.monitoring.kept_nowhere"]),
            ("help.mind", &["help.monitoring.mind_send", "help.monitoring.mind_host"]),
        ],
        read_on: &["as-host", "as-guest", "permissions", "settings", "audit"],
    },
];
