//! Articles about users, groups and rooms.

use super::Topic;
use crate::server::help::drawings;

/// The articles.
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        slug: "users",
        home: "/users",
        title: "help.users.title",
        lead: "help.users.lead",
        alternative: "help.users.picture",
        picture: drawings::users,
        sections: &[
            ("help.can", &["help.users.can_find", "help.users.can_filter", "help.users.can_open"]),
            (
                "help.how",
                &["help.users.how_search", "help.users.how_address", "help.users.how_off"],
            ),
            ("help.mind", &["help.users.mind_same", "help.users.mind_off"]),
        ],
        read_on: &["create-user", "user", "many-users", "groups"],
    },
    Topic {
        slug: "create-user",
        home: "/users",
        title: "help.create_user.title",
        lead: "help.create_user.lead",
        alternative: "help.create_user.picture",
        picture: drawings::image,
        sections: &[
            (
                "help.can",
                &[
                    "help.create_user.can_image",
                    "help.create_user.can_permission",
                    "help.create_user.can_groups",
                ],
            ),
            (
                "help.how",
                &[
                    "help.create_user.how_id",
                    "help.create_user.how_nickname",
                    "help.create_user.how_another",
                ],
            ),
            (
                "help.mind",
                &[
                    "help.create_user.mind_id",
                    "help.create_user.mind_image",
                    "help.create_user.mind_role",
                ],
            ),
        ],
        read_on: &["users", "user", "permissions", "groups", "teachers"],
    },
    Topic {
        slug: "user",
        home: "/users",
        title: "help.user.title",
        lead: "help.user.lead",
        alternative: "help.user.picture",
        picture: drawings::user,
        sections: &[
            ("help.can", &["help.user.can_edit", "help.user.can_rooms", "help.user.can_history"]),
            (
                "help.how",
                &[
                    "help.user.how_enter",
                    "help.user.how_link",
                    "help.user.how_off",
                    "help.user.how_delete",
                ],
            ),
            (
                "help.mind",
                &["help.user.mind_permission", "help.user.mind_link", "help.user.mind_delete"],
            ),
        ],
        read_on: &["users", "create-user", "account", "teachers", "permissions", "room"],
    },
    Topic {
        slug: "many-users",
        home: "/users",
        title: "help.many_users.title",
        lead: "help.many_users.lead",
        alternative: "help.many_users.picture",
        picture: drawings::many,
        sections: &[
            ("help.can", &["help.many_users.can_change", "help.many_users.can_off"]),
            (
                "help.how",
                &["help.many_users.how_tick", "help.many_users.how_all", "help.many_users.how_act"],
            ),
            ("help.mind", &["help.many_users.mind_rows", "help.many_users.mind_delete"]),
        ],
        read_on: &["users", "groups"],
    },
    Topic {
        slug: "groups",
        home: "/groups",
        title: "help.groups.title",
        lead: "help.groups.lead",
        alternative: "help.groups.picture",
        picture: drawings::group,
        sections: &[
            (
                "help.can",
                &["help.groups.can_room", "help.groups.can_people", "help.groups.can_change"],
            ),
            ("help.how", &["help.groups.how_create", "help.groups.how_room"]),
            ("help.mind", &["help.groups.mind_now", "help.groups.mind_kept"]),
        ],
        read_on: &["users", "many-users", "create-room"],
    },
    Topic {
        slug: "rooms",
        home: "/rooms",
        title: "help.rooms.title",
        lead: "help.rooms.lead",
        alternative: "help.rooms.picture",
        picture: drawings::rooms,
        sections: &[
            ("help.can", &["help.rooms.can_find", "help.rooms.can_open", "help.rooms.can_copy"]),
            (
                "help.how",
                &["help.rooms.how_private", "help.rooms.how_public", "help.rooms.how_open"],
            ),
            ("help.mind", &["help.rooms.mind_end", "help.rooms.mind_delete"]),
        ],
        read_on: &["create-room", "room", "permissions", "own-rooms", "settings"],
    },
    Topic {
        slug: "create-room",
        home: "/rooms",
        title: "help.create_room.title",
        lead: "help.create_room.lead",
        alternative: "help.create_room.picture",
        picture: drawings::picker,
        sections: &[
            (
                "help.can",
                &[
                    "help.create_room.can_search",
                    "help.create_room.can_group",
                    "help.create_room.can_paste",
                ],
            ),
            (
                "help.how",
                &[
                    "help.create_room.how_keys",
                    "help.create_room.how_permission",
                    "help.create_room.how_missing",
                ],
            ),
            (
                "help.mind",
                &[
                    "help.create_room.mind_paste",
                    "help.create_room.mind_host",
                    "help.create_room.mind_grey",
                ],
            ),
        ],
        read_on: &["rooms", "room", "permissions", "own-rooms", "groups"],
    },
    Topic {
        slug: "room",
        home: "/rooms",
        title: "help.room.title",
        lead: "help.room.lead",
        alternative: "help.room.picture",
        picture: drawings::reasons,
        sections: &[
            (
                "help.can",
                &[
                    "help.room.can_enter",
                    "help.room.can_members",
                    "help.room.can_ask",
                    "help.room.can_lift",
                    "help.room.can_links",
                    "help.room.can_settings",
                ],
            ),
            (
                "help.reasons",
                &[
                    "help.room.reason_ended",
                    "help.room.reason_off",
                    "help.room.reason_banned",
                    "help.room.reason_specified",
                    "help.room.reason_window",
                    "help.room.reason_locked",
                    "help.room.reason_full",
                ],
            ),
            ("help.mind", &["help.room.mind_host", "help.room.mind_links", "help.room.mind_type"]),
        ],
        read_on: &[
            "rooms",
            "create-room",
            "as-host",
            "attendance",
            "permissions",
            "own-rooms",
            "settings",
        ],
    },
    Topic {
        slug: "attendance",
        home: "/rooms",
        title: "attendance.title",
        lead: "help.attendance.lead",
        alternative: "help.attendance.picture",
        picture: drawings::attendance,
        sections: &[
            (
                "help.can",
                &[
                    "help.attendance.can_read",
                    "help.attendance.can_file",
                    "help.attendance.can_find",
                ],
            ),
            ("help.how", &["help.attendance.how_late", "help.attendance.how_away"]),
            (
                "help.mind",
                &[
                    "help.attendance.mind_then",
                    "help.attendance.mind_kept",
                    "help.attendance.mind_observe",
                ],
            ),
        ],
        read_on: &["room", "rooms", "permissions", "monitoring", "user"],
    },
    Topic {
        slug: "permissions",
        home: "/rooms",
        title: "help.permissions.title",
        lead: "help.permissions.lead",
        alternative: "help.permissions.picture",
        picture: drawings::permissions,
        sections: &[
            (
                "help.mean",
                &["help.permissions.host", "help.permissions.guest", "help.permissions.monitoring"],
            ),
            ("help.how", &["help.permissions.how_default", "help.permissions.how_room"]),
            ("help.mind", &["help.permissions.mind_owner", "help.permissions.mind_admin"]),
        ],
        read_on: &["as-host", "as-guest", "monitoring", "create-user", "create-room", "room"],
    },
];
