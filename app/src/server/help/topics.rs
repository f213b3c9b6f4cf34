//! What there is help about, and what each article consists of. The texts are in
//! `locales/help.….yml`.

use leptos::prelude::AnyView;

use super::drawings;

/// An article.
pub(super) struct Topic {
    /// Its name in the address.
    pub(super) slug: &'static str,
    /// Where the way back leads whoever came from nowhere.
    pub(super) home: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    /// What the picture says, in words.
    pub(super) alternative: &'static str,
    /// The picture, named by that text.
    pub(super) picture: fn(String) -> AnyView,
    /// Titles, and what stands below each.
    pub(super) sections: &'static [(&'static str, &'static [&'static str])],
    /// Other topics.
    pub(super) read_on: &'static [&'static str],
}

/// Every article.
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
        read_on: &["users", "user", "permissions", "groups"],
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
        read_on: &["users", "create-user", "account", "permissions", "room"],
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
        read_on: &["create-room", "room", "permissions", "settings"],
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
        read_on: &["rooms", "room", "permissions", "groups"],
    },
    Topic {
        slug: "room",
        home: "/rooms",
        title: "help.room.title",
        lead: "help.room.lead",
        alternative: "help.room.picture",
        picture: drawings::reasons,
        sections: &[
            ("help.can", &["help.room.can_members", "help.room.can_ask", "help.room.can_settings"]),
            (
                "help.reasons",
                &[
                    "help.room.reason_ended",
                    "help.room.reason_off",
                    "help.room.reason_specified",
                    "help.room.reason_window",
                    "help.room.reason_full",
                ],
            ),
            ("help.mind", &["help.room.mind_host", "help.room.mind_type"]),
        ],
        read_on: &["rooms", "create-room", "permissions", "settings"],
    },
    Topic {
        slug: "settings",
        home: "/",
        title: "help.settings.title",
        lead: "help.settings.lead",
        alternative: "help.settings.picture",
        picture: drawings::zone,
        sections: &[
            (
                "help.can",
                &["help.settings.can_name", "help.settings.can_zone", "help.settings.can_rest"],
            ),
            ("help.how", &["help.settings.how_save"]),
            ("help.mind", &["help.settings.mind_zone", "help.settings.mind_keep"]),
        ],
        read_on: &["rooms", "users", "audit"],
    },
    Topic {
        slug: "audit",
        home: "/audit",
        title: "help.audit.title",
        lead: "help.audit.lead",
        alternative: "help.audit.picture",
        picture: drawings::log,
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
        picture: drawings::devices,
        sections: &[
            ("help.can", &["help.account.can_password", "help.account.can_devices"]),
            ("help.how", &["help.account.how_password", "help.account.how_forgot"]),
            ("help.mind", &["help.account.mind_guess", "help.account.mind_unknown"]),
        ],
        read_on: &["user", "settings"],
    },
    Topic {
        slug: "permissions",
        home: "/users",
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
        read_on: &["create-user", "create-room", "room"],
    },
];
