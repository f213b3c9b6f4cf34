//! Creating, editing, listing and deactivating users.

use crate::common::{School, group, ids, profile, term, user_id};
use backend::picker::PickerRefusal;
use backend::users::{CreateRefusal, EditRefusal, ImageChange, StatusRefusal, Totals};
use domain::{
    ConsoleRole, EntryPermission, Nickname, UserOrder, UserStatus, UserSummary, UsersAsked, fold,
    user::UserProfile,
};
use std::collections::HashSet;

#[tokio::test]
async fn a_created_user_is_found_as_they_were_entered() {
    let school = School::open().await;
    let made = school
        .user_with("S-2041", |it| {
            it.nickname = Nickname::parse("김지호").unwrap();
            it.permission = EntryPermission::Monitoring;
            it.groups = vec![group("Choir"), group("7B")];
        })
        .await;
    let users = &school.backend.users;
    let details = users.details(&school.admin, &user_id("s-2041")).await.unwrap().unwrap();
    assert_eq!(details.summary, made);
    assert_eq!(details.summary.nickname.as_str(), "김지호");
    assert_eq!(details.groups, [group("7B"), group("Choir")]);
    assert_eq!(users.find(&school.admin, &user_id("S-2042")).await.unwrap(), None);
    assert_eq!(users.totals(&school.admin).await.unwrap(), Totals { users: 2, active: 2 });
}

#[tokio::test]
async fn a_taken_user_id_is_refused_and_says_by_whom() {
    let school = School::open().await;
    school.user_with("T-Kim", |it| it.nickname = Nickname::parse("Kim").unwrap()).await;
    let users = &school.backend.users;
    let again = users.create(&school.admin, &user_id("t-kim"), &profile("Other"), None).await;
    let Err(CreateRefusal::Taken { by, nickname }) = again else { panic!("{again:?}") };
    let nickname = nickname.as_ref().map(Nickname::as_str);
    assert_eq!((by.as_str(), nickname), ("T-Kim", Some("Kim")));
    let kept = users.find(&school.admin, &user_id("t-kim")).await.unwrap().unwrap();
    assert_eq!(kept.nickname.as_str(), "Kim");
    assert_eq!(users.totals(&school.admin).await.unwrap().users, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_create_one_user_id_at_once_one_wins_and_the_others_are_told() {
    let school = School::open().await;
    let attempts = (0..50).map(|number| {
        let (backend, admin) = (school.backend.clone(), school.admin.clone());
        tokio::spawn(async move {
            let profile = profile(&format!("Kim {number}"));
            backend.users.create(&admin, &user_id("S-1"), &profile, None).await
        })
    });
    let (mut made, mut told) = (Vec::new(), Vec::new());
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(user) => made.push(user.nickname),
            Err(CreateRefusal::Taken { nickname, .. }) => told.push(nickname),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((made.len(), told.len()), (1, 49));
    assert!(told.iter().all(|it| it.as_ref() == Some(&made[0])));
    let totals = school.backend.users.totals(&school.admin).await.unwrap();
    assert_eq!(totals, Totals { users: 2, active: 2 });
}

#[tokio::test]
async fn an_edited_user_is_found_and_sorted_by_the_new_nickname_everywhere() {
    let school = School::open().await;
    for id in ["S-1", "S-2"] {
        school.user(id).await;
    }
    let room = school.room("Algebra", &["S-1", "S-2"]).await;
    let users = &school.backend.users;
    let mut changed = profile("Zoë Ahn");
    changed.groups = vec![group("7B")];
    let after = users
        .edit(&school.admin, &user_id("S-1"), &changed, ImageChange::Keep, None)
        .await
        .unwrap();
    assert_eq!(after.nickname.as_str(), "Zoë Ahn");
    let found =
        users.search(&school.admin, &term("zoe"), &UsersAsked::default(), 20).await.unwrap();
    assert_eq!(ids(&found.rows), ["S-1"]);
    let list = users.list(&school.admin, &UsersAsked::default(), None).await.unwrap();
    assert_eq!(ids(&list.rows), ["A-hana", "S-2", "S-1"]);
    let members = school.backend.rooms.members(&school.reader(&room).await, None).await.unwrap();
    assert_eq!(ids(members.rows.iter().map(|it| &it.user)), ["S-2", "S-1"]);
}

#[tokio::test]
async fn a_nickname_that_nobody_has_any_more_is_not_found() {
    let school = School::open().await;
    school.user_with("S-1", |it| it.nickname = Nickname::parse("Mina Park").unwrap()).await;
    let users = &school.backend.users;
    users
        .edit(&school.admin, &user_id("S-1"), &profile("Jun"), ImageChange::Keep, None)
        .await
        .unwrap();
    for gone in ["m", "mina", "park", "ina pa"] {
        let found =
            users.search(&school.admin, &term(gone), &UsersAsked::default(), 20).await.unwrap();
        assert!(found.rows.is_empty(), "{gone}");
    }
}

#[tokio::test]
async fn groups_are_made_by_naming_them_and_know_their_size() {
    let school = School::open().await;
    let (groups, picker) = (&school.backend.groups, &school.backend.picker);
    school.user_with("S-1", |it| it.groups = vec![group("7B"), group("Choir")]).await;
    school.user_with("S-2", |it| it.groups = vec![group("7b")]).await;
    let sizes = async || -> Vec<(String, u32)> {
        let all = groups.all_names(&school.admin, 20).await.unwrap();
        all.into_iter().map(|it| (it.name.to_string(), it.size)).collect()
    };
    assert_eq!(sizes().await, [("7B".to_owned(), 2), ("Choir".to_owned(), 1)]);
    let users = &school.backend.users;
    let change = profile("S-1");
    users.edit(&school.admin, &user_id("S-1"), &change, ImageChange::Keep, None).await.unwrap();
    assert_eq!(sizes().await, [("7B".to_owned(), 1), ("Choir".to_owned(), 0)]);
    let members = picker.group(&school.admin, &group("7b")).await.unwrap().rows;
    assert_eq!(ids(&members), ["S-2"]);
    let nowhere = picker.group(&school.admin, &group("9C")).await;
    assert!(matches!(nowhere, Err(PickerRefusal::NotFound)));
    let found = groups.search(&school.admin, &term("cho"), 20).await.unwrap();
    assert_eq!(found.rows.len(), 1);
}

#[tokio::test]
async fn users_who_do_not_exist_are_refused_and_nothing_is_written() {
    let school = School::open().await;
    let users = &school.backend.users;
    let nobody = user_id("S-404");
    let edit = users.edit(&school.admin, &nobody, &profile("x"), ImageChange::Keep, None).await;
    assert!(matches!(edit, Err(EditRefusal::NotFound)));
    let off = users.deactivate(&school.admin, &nobody).await;
    assert!(matches!(off, Err(StatusRefusal::NotFound)));
    assert!(!school.db_audit().await.iter().any(|it| it.contains("S-404")));
}

#[tokio::test]
async fn deactivating_and_reactivating_can_be_sent_twice() {
    let school = School::open().await;
    school.user("S-1").await;
    let users = &school.backend.users;
    for _ in 0..2 {
        let user = users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
        assert_eq!(user.status, UserStatus::Deactivated);
        let totals = users.totals(&school.admin).await.unwrap();
        assert_eq!(totals, Totals { users: 2, active: 1 });
    }
    for _ in 0..2 {
        users.reactivate(&school.admin, &user_id("S-1")).await.unwrap();
        assert_eq!(users.totals(&school.admin).await.unwrap().active, 2);
    }
    let log = school.db_audit().await;
    let acts = log.iter().filter(|it| it.contains("activate"));
    assert_eq!(
        acts.collect::<Vec<_>>(),
        ["user.deactivate A-hana S-1 -", "user.reactivate A-hana S-1 -"]
    );
}

#[tokio::test]
async fn the_last_admin_can_be_neither_deactivated_nor_demoted() {
    let school = School::open().await;
    let users = &school.backend.users;
    let hana = user_id("A-hana");
    // One who has no password can't sign in, so they don't count.
    school.user_with("A-none", |it| it.role = ConsoleRole::Admin).await;
    let off = users.deactivate(&school.admin, &hana).await;
    assert!(matches!(off, Err(StatusRefusal::LastAdmin)));
    let demoted = users.edit(&school.admin, &hana, &profile("Hana"), ImageChange::Keep, None).await;
    assert!(matches!(demoted, Err(EditRefusal::LastAdmin)));
    let kept = users.find(&school.admin, &hana).await.unwrap().unwrap();
    assert_eq!((kept.role, kept.status), (ConsoleRole::Admin, UserStatus::Active));
    school.other_admin("A-juno").await;
    users.deactivate(&school.admin, &hana).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_admins_who_deactivate_and_demote_each_other_leave_one() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let (one, other) = (school.backend.clone(), school.backend.clone());
    let (admin, also) = (school.admin.clone(), school.admin.clone());
    let deactivated =
        tokio::spawn(async move { one.users.deactivate(&admin, &user_id("A-hana")).await.is_ok() });
    let demoted = tokio::spawn(async move {
        let profile = profile("Juno");
        other.users.edit(&also, &user_id("A-juno"), &profile, ImageChange::Keep, None).await.is_ok()
    });
    assert!(deactivated.await.unwrap() ^ demoted.await.unwrap());
}

/// All pages of a list; going back from the last gives the same pages.
async fn pages_of(school: &School, asked: &UsersAsked) -> Vec<Vec<UserSummary>> {
    let users = &school.backend.users;
    let mut pages = vec![users.list(&school.admin, asked, None).await.unwrap()];
    while let Some(next) = &pages[pages.len() - 1].next {
        pages.push(users.list(&school.admin, asked, Some(next)).await.unwrap());
    }
    assert_eq!(pages[0].previous, None);
    let mut back = pages[pages.len() - 1].previous.clone();
    for expected in pages.iter().rev().skip(1) {
        let page = users.list(&school.admin, asked, back.as_ref()).await.unwrap();
        assert_eq!((&page.rows, &page.next), (&expected.rows, &expected.next));
        back = page.previous;
    }
    assert_eq!(back, None);
    pages.into_iter().map(|it| it.rows).collect()
}

/// 120 users besides the Admin, of every permission; every third is a Teacher, every fifth deactivated,
/// and every other in a group.
async fn many(school: &School) {
    for number in 0..120_usize {
        let id = format!("S-{number}");
        let change = |it: &mut UserProfile| {
            // Some share a nickname: their order then goes by when they were made.
            it.nickname = Nickname::parse(&format!("Kim {}", number % 40)).unwrap();
            it.permission = EntryPermission::ALL[number % 3];
            it.role = ConsoleRole::ALL[usize::from(number % 3 == 0)];
            it.groups = if number % 2 == 0 { vec![group("Even")] } else { Vec::new() };
        };
        school.user_with(&id, change).await;
        if number % 5 == 0 {
            school.backend.users.deactivate(&school.admin, &user_id(&id)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn pages_give_every_user_once_in_both_directions_and_every_order() {
    let school = School::open().await;
    many(&school).await;
    for order in UserOrder::ALL {
        let pages = pages_of(&school, &UsersAsked { order, ..UsersAsked::default() }).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 21]);
        let all: Vec<_> = pages.concat();
        assert_eq!(ids(&all).into_iter().collect::<HashSet<_>>().len(), 121);
        let sorted = match order {
            UserOrder::Nickname => all.is_sorted_by_key(|it| fold(it.nickname.as_str())),
            UserOrder::UserId => all.is_sorted_by_key(|it| it.user_id.key()),
            UserOrder::Newest => all.first().is_some_and(|it| it.user_id.as_str() == "S-119"),
        };
        assert!(sorted, "{order:?}");
    }
}

#[tokio::test]
async fn lists_hold_those_of_the_kinds_asked_for_and_no_others() {
    let school = School::open().await;
    many(&school).await;
    let everybody = pages_of(&school, &UsersAsked::default()).await.concat();
    let each = |all: [EntryPermission; 3]| std::iter::once(None).chain(all.map(Some));
    for permission in each(EntryPermission::ALL) {
        for role in [None, Some(ConsoleRole::Teacher), Some(ConsoleRole::Admin)] {
            for status in [None, Some(UserStatus::Active), Some(UserStatus::Deactivated)] {
                let asked = UsersAsked { permission, role, status, ..UsersAsked::default() };
                let expected = everybody.iter().filter(|it| {
                    permission.is_none_or(|asked| asked == it.permission)
                        && role.is_none_or(|asked| asked == it.role)
                        && status.is_none_or(|asked| asked == it.status)
                });
                let found = pages_of(&school, &asked).await.concat();
                assert_eq!(ids(&found), ids(expected), "{asked:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_group_is_listed_in_every_order_and_of_every_kind() {
    let school = School::open().await;
    many(&school).await;
    let even = |it: &&UserSummary| {
        it.user_id.as_str().strip_prefix("S-").is_some_and(|it| it.parse::<u32>().unwrap() % 2 == 0)
    };
    // What is changed later stands in the group too.
    let edited = UserProfile { permission: EntryPermission::Host, ..profile("Aaron") };
    let edited = UserProfile { groups: vec![group("even")], ..edited };
    let (users, admin) = (&school.backend.users, &school.admin);
    users.edit(admin, &user_id("S-4"), &edited, ImageChange::Keep, None).await.unwrap();
    users.reactivate(admin, &user_id("S-10")).await.unwrap();
    for order in UserOrder::ALL {
        for permission in [None, Some(EntryPermission::Host)] {
            for status in [None, Some(UserStatus::Active), Some(UserStatus::Deactivated)] {
                let asked = UsersAsked { permission, status, order, ..UsersAsked::default() };
                let everybody = pages_of(&school, &asked).await.concat();
                let asked = UsersAsked { group: Some(group("EVEN")), ..asked };
                let found = pages_of(&school, &asked).await.concat();
                assert_eq!(ids(&found), ids(everybody.iter().filter(even)), "{asked:?}");
            }
        }
    }
    let nobody = UsersAsked { group: Some(group("Odd")), ..UsersAsked::default() };
    assert!(pages_of(&school, &nobody).await.concat().is_empty());
}

#[tokio::test]
async fn a_search_in_a_group_finds_the_best_of_it_first() {
    let school = School::open().await;
    many(&school).await;
    let (users, admin) = (&school.backend.users, &school.admin);
    let even = UsersAsked { group: Some(group("Even")), ..UsersAsked::default() };
    let found = users.search(admin, &term("s-1"), &even, 50).await.unwrap();
    assert!(found.rows.iter().all(|it| it.user_id.as_str().ends_with(['0', '2', '4', '6', '8'])));
    assert_eq!((found.rows.len(), found.more), (15, false));
    let found = users.search(admin, &term("s-10"), &even, 4).await.unwrap();
    assert_eq!((ids(&found.rows)[0], found.rows.len(), found.more), ("S-10", 4, true));
    let off = UsersAsked { status: Some(UserStatus::Deactivated), ..even };
    let found = users.search(admin, &term("kim"), &off, 50).await.unwrap();
    assert_eq!(found.rows.len(), 12);
    let none = UsersAsked { group: Some(group("Odd")), ..UsersAsked::default() };
    assert!(users.search(admin, &term("kim"), &none, 50).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn listed_users_name_their_first_groups_and_count_the_others() {
    let school = School::open().await;
    let groups = |names: &[&str]| names.iter().map(|it| group(it)).collect::<Vec<_>>();
    let all = groups(&["Choir", "7B", "Band", "Art"]);
    let user = school.user_with("S-1", |it| it.groups = all).await;
    let other = school.user("S-2").await;
    let listed = school.backend.users.listed(&school.admin, vec![other, user]).await.unwrap();
    assert_eq!((listed[0].groups.len(), listed[0].more_groups), (0, 0));
    assert_eq!(listed[1].groups, groups(&["7B", "Art"]));
    assert_eq!((ids([&listed[1].user]), listed[1].more_groups), (vec!["S-1"], 2));
}

#[tokio::test]
async fn a_search_finds_only_those_of_the_kinds_asked_for() {
    let school = School::open().await;
    many(&school).await;
    let off = UsersAsked { status: Some(UserStatus::Deactivated), ..UsersAsked::default() };
    let found = school.backend.users.search(&school.admin, &term("kim"), &off, 10).await.unwrap();
    assert_eq!((found.rows.len(), found.more), (10, true));
    assert!(found.rows.iter().all(|it| it.status == UserStatus::Deactivated));
    let found = school.backend.users.search(&school.admin, &term("s-5"), &off, 50).await.unwrap();
    assert_eq!(
        ids(&found.rows).into_iter().collect::<HashSet<_>>(),
        ["S-5", "S-50", "S-55"].into()
    );
    assert!(!found.more);
}

#[tokio::test]
async fn every_change_leaves_a_row_in_the_audit_log() {
    let school = School::open().await;
    school.user("S-1").await;
    let users = &school.backend.users;
    users
        .edit(&school.admin, &user_id("S-1"), &profile("x"), ImageChange::Keep, None)
        .await
        .unwrap();
    assert_eq!(
        school.db_audit().await,
        [
            "admin.first - A-hana -",
            "authn_login_success A-hana A-hana -",
            "user.create A-hana S-1 -",
            "user.edit A-hana S-1 -",
        ]
    );
}

#[tokio::test]
async fn those_of_a_list_who_exist_come_in_its_order() {
    let school = School::open().await;
    for id in ["S-1", "S-2"] {
        school.user(id).await;
    }
    let list = ["s-2", "ghost", "S-1", "A-HANA"].map(user_id);
    let known = school.backend.picker.named(&school.admin, &list).await.unwrap();
    assert_eq!(ids(&known), ["S-2", "S-1", "A-hana"]);
}

#[tokio::test]
async fn whoever_edits_what_another_has_changed_since_is_refused() {
    let school = School::open().await;
    school.user("S-1").await;
    let (users, id) = (&school.backend.users, user_id("S-1"));
    let seen = users.details(&school.admin, &id).await.unwrap().unwrap().edition;
    let theirs = profile("Theirs");
    users.edit(&school.admin, &id, &theirs, ImageChange::Keep, Some(&seen)).await.unwrap();
    let mine = profile("Mine");
    let refused = users.edit(&school.admin, &id, &mine, ImageChange::Keep, Some(&seen)).await;
    assert!(matches!(refused, Err(EditRefusal::Outdated)));
    let now = users.details(&school.admin, &id).await.unwrap().unwrap();
    assert_eq!(now.summary.nickname.as_str(), "Theirs");
    let again = Some(&now.edition);
    users.edit(&school.admin, &id, &mine, ImageChange::Keep, again).await.unwrap();
}

#[tokio::test]
async fn another_group_makes_another_edition_and_another_status_does_not() {
    let school = School::open().await;
    school.user("S-1").await;
    let (users, id) = (&school.backend.users, user_id("S-1"));
    let edition = async || users.details(&school.admin, &id).await.unwrap().unwrap().edition;
    let first = edition().await;
    users.deactivate(&school.admin, &id).await.unwrap();
    school.clock.advance(60);
    assert!(first.is_still(&edition().await));
    users.reactivate(&school.admin, &id).await.unwrap();
    school.backend.groups.create(&school.admin, &group("7B")).await.unwrap();
    school.backend.groups.add_users(&school.admin, &group("7B"), &[&id]).await.unwrap();
    assert!(!first.is_still(&edition().await));
}
