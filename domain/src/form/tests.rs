//! Every form, fed with whatever may be sent.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    EntryPermission, Problem, UserId,
    account::{ChangePasswordForm, SetPasswordForm, SignOut},
    group::GroupForm,
    removal::{DeleteRoomForm, DeleteUserForm, HandOverForm, OwnerForm},
    room::{RoomForm, SpecifyForm},
    settings::SettingsForm,
    sign_in::{SetupForm, SignInForm},
    user::UserForm,
};

/// Reads a form, and then what stands in it.
type Read = fn(&Pairs) -> Result<(), String>;

/// Every form with the fields that it has.
const FORMS: [(&[&str], Read); 13] = [
    (&["user_id", "nickname", "permission", "role", "remove_image", "group", "then"], |pairs| {
        let form = UserForm::from_pairs(pairs)?;
        let created = form.parse();
        if let Ok((user_id, profile)) = created {
            assert_eq!(form.parse_edit(&user_id), Ok(profile));
        }
        Ok(())
    }),
    (
        &[
            "name",
            "type",
            "capacity",
            "time_limit",
            "opens",
            "closes",
            "member",
            "permission",
            "pasted",
        ],
        |pairs| {
            let form = RoomForm::from_pairs(pairs)?;
            let read = form.parse(|_, _| Err(Problem::Choice));
            assert!(read.is_err() || form.limits.opens.trim().is_empty());
            Ok(())
        },
    ),
    (&["member", "permission", "pasted"], |pairs| {
        let form = SpecifyForm::from_pairs(pairs)?;
        if let Ok(users) = form.parse() {
            let keys: std::collections::HashSet<_> =
                users.iter().map(|it| it.user_id.key()).collect();
            assert_eq!(keys.len(), users.len());
        }
        Ok(())
    }),
    (&["name"], |pairs| GroupForm::from_pairs(pairs).map(|it| drop(it.parse()))),
    (&["name"], |pairs| DeleteRoomForm::from_pairs(pairs).map(drop)),
    (&["owner"], |pairs| OwnerForm::from_pairs(pairs).map(|it| drop(it.parse()))),
    (&["user_id", "owner"], |pairs| {
        let form = DeleteUserForm::from_pairs(pairs)?;
        let somebody = UserId::parse("S-1").unwrap();
        assert!(form.parse(&somebody).is_err() || form.user_id.trim().eq_ignore_ascii_case("S-1"));
        Ok(())
    }),
    (&["user_id", "password", "next"], |pairs| {
        SignInForm::from_pairs(pairs).map(|it| drop(it.check()))
    }),
    (&["secret", "user_id", "nickname", "password", "password_again"], |pairs| {
        SetupForm::from_pairs(pairs).map(|it| drop(it.parse()))
    }),
    (&["secret", "password", "password_again"], |pairs| {
        let form = SetPasswordForm::from_pairs(pairs)?;
        assert!(form.parse().is_err() || form.password == form.password_again);
        Ok(())
    }),
    (&["old", "password", "password_again"], |pairs| {
        let form = ChangePasswordForm::from_pairs(pairs)?;
        let read = form.parse(&UserId::parse("S-1").unwrap());
        assert!(read.is_err() || (form.password == form.password_again && !form.old.is_empty()));
        Ok(())
    }),
    (&["sign_out"], |pairs| SignOut::from_pairs(pairs).map(drop)),
    (&["owner", "then"], |pairs| HandOverForm::from_pairs(pairs).map(|it| drop(it.parse()))),
];

const SETTINGS: [&str; 8] = [
    "school",
    "time_zone",
    "retention",
    "notice",
    "language",
    "teacher_rooms",
    "teacher_members",
    "teacher_capacity",
];

/// Names that forms know and others, with values that some of them take and others.
fn any_pairs() -> impl Strategy<Value = Pairs> {
    let known = FORMS.map(|it| it.0).concat();
    let name = prop_oneof![
        20 => prop::sample::select([&known[..], &SETTINGS].concat()).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["status", "owner_id", "is_admin", "id", "", "USER_ID"]).prop_map(str::to_owned),
        1 => ".{0,8}",
    ];
    let good = [
        "S-1",
        "host",
        "private",
        "teacher",
        "2026-11-24T09:00",
        "40",
        "yes",
        "UTC",
        "en",
        "month",
        "correct horse",
    ];
    let value = prop_oneof![prop::sample::select(good.to_vec()).prop_map(str::to_owned), ".{0,40}"];
    vec((name, value), 0..6).prop_map(Pairs::from_iter)
}

proptest! {
    #[test]
    fn a_form_is_read_only_where_it_has_every_field_that_was_sent(pairs in any_pairs()) {
        for (fields, read) in FORMS {
            let strange = pairs.iter().any(|(name, _)| !fields.contains(&name));
            let read = read(&pairs);
            prop_assert!(read.is_err() || !strange, "{:?} {:?}", fields, pairs);
            // A permission belongs to the member before it, and only one act may follow another.
            let refused = read.err();
            let for_its_value = matches!(refused.as_deref(), Some("permission" | "then"));
            prop_assert!(refused.is_none() || strange || for_its_value);
        }
    }

    #[test]
    fn settings_are_read_only_as_a_whole(pairs in any_pairs(), whole: bool) {
        let missing = SETTINGS.iter().filter(|_| whole).map(|it| (*it, "UTC"));
        let pairs: Pairs = missing.chain(pairs.iter()).collect();
        let strange = pairs.iter().any(|(name, _)| !SETTINGS.contains(&name));
        let has_all = SETTINGS.iter().all(|it| pairs.get(it).is_some());
        let form = SettingsForm::from_pairs(&pairs);
        prop_assert_eq!(form.is_ok(), has_all && !strange);
        if let Ok(form) = form {
            // What is read says the same when it is shown and sent again.
            if let Ok(settings) = form.parse() {
                prop_assert_eq!(SettingsForm::of(&settings).parse(), Ok(settings));
            }
        }
    }

    #[test]
    fn what_is_taken_is_no_longer_there(mut pairs in any_pairs()) {
        let (first, before) = (pairs.get("permission").map(str::to_owned), pairs.clone());
        prop_assert_eq!(pairs.take("permission"), first);
        prop_assert_eq!(pairs.get("permission"), None);
        prop_assert!(pairs.iter().eq(before.iter().filter(|it| it.0 != "permission")));
    }

    #[test]
    fn names_of_choices_are_read_as_they_are_written(name in "(\\PC{0,12}|host|Host|guest| guest)") {
        let read = EntryPermission::from_name(&name);
        prop_assert!(read.is_none_or(|it| it.name() == name));
    }
}
