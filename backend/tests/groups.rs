//! Groups: making, renaming, merging and deleting them, and who is in them.

use backend::groups::{GroupRefusal, JoinRefusal, MergeRefusal, NameRefusal};
use domain::{Cursor, GroupSummary, Problem, UserId};

use crate::common::{School, group, ids, profile, term, user_id};

impl School {
    /// A group with these users, who exist from now on.
    async fn group_of(&self, name: &str, users: &[&str]) {
        for user in users {
            if self.backend.users.find(&self.admin, &user_id(user)).await.unwrap().is_none() {
                self.user(user).await;
            }
        }
        self.backend.groups.create(&self.admin, &group(name)).await.unwrap();
        self.put(name, users).await.unwrap();
    }

    async fn put(&self, name: &str, users: &[&str]) -> Result<u32, JoinRefusal> {
        let ids: Vec<UserId> = users.iter().map(|it| user_id(it)).collect();
        let ids: Vec<&UserId> = ids.iter().collect();
        self.backend.groups.add_users(&self.admin, &group(name), &ids).await
    }

    async fn in_group(&self, name: &str) -> Vec<String> {
        let page = self.backend.groups.users(&self.admin, &group(name), None).await.unwrap();
        ids(&page.unwrap().rows).into_iter().map(str::to_owned).collect()
    }

    async fn size(&self, name: &str) -> Option<u32> {
        let group = self.backend.groups.get(&self.admin, &group(name)).await.unwrap();
        group.map(|it| it.size)
    }

    async fn found_groups(&self, raw: &str) -> Vec<String> {
        let found = self.backend.groups.search(&self.admin, &term(raw), 20).await.unwrap();
        found.rows.iter().map(|it| it.name.to_string()).collect()
    }

    async fn db_details(&self, action: &str) -> Vec<String> {
        sqlx::query_scalar("SELECT detail FROM audit WHERE action = $1 ORDER BY id")
            .bind(action.to_owned())
            .fetch_all(&mut self.db().await)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_taken_name_is_refused_without_regard_to_case_and_accents() {
    let school = School::open().await;
    let groups = &school.backend.groups;
    let made = groups.create(&school.admin, &group("Élan 7B")).await.unwrap();
    assert_eq!(made, GroupSummary { name: group("Élan 7B"), size: 0 });
    let refused = groups.create(&school.admin, &group("ELAN 7b")).await.unwrap_err();
    let NameRefusal::Taken { by } = refused else { panic!("{refused:?}") };
    assert_eq!(by, group("Élan 7B"));
    groups.create(&school.admin, &group("Choir")).await.unwrap();
    let refused = groups.rename(&school.admin, &group("Choir"), &group("elan 7b")).await;
    assert!(matches!(refused, Err(NameRefusal::Taken { .. })));
    assert_eq!(groups.total(&school.admin).await.unwrap(), 2);
    assert_eq!(school.db_details("group.create").await.len(), 2);
    assert_eq!(school.db_details("group.rename").await.len(), 0);
}

#[tokio::test]
async fn of_two_who_create_one_name_at_once_one_wins() {
    let school = School::open().await;
    let groups = &school.backend.groups;
    let (capital, small) = (group("Choir"), group("choir"));
    let (first, second) =
        tokio::join!(groups.create(&school.admin, &capital), groups.create(&school.admin, &small));
    assert!(first.is_ok() != second.is_ok());
    assert_eq!(groups.total(&school.admin).await.unwrap(), 1);
    assert_eq!(school.found_groups("cho").await.len(), 1);
    assert_eq!(school.db_details("group.create").await.len(), 1);
}

#[tokio::test]
async fn what_is_gone_can_not_be_changed() {
    let school = School::open().await;
    school.user("S-1").await;
    let (groups, admin) = (&school.backend.groups, &school.admin);
    let (gone, other) = (group("Gone"), group("Other"));
    assert!(matches!(groups.rename(admin, &gone, &other).await, Err(NameRefusal::NotFound)));
    assert!(matches!(groups.merge(admin, &gone, &other).await, Err(MergeRefusal::NotFound)));
    assert!(matches!(groups.delete(admin, &gone).await, Err(GroupRefusal::NotFound)));
    assert!(matches!(school.put("Gone", &["S-1"]).await, Err(JoinRefusal::NotFound)));
    let removed = groups.remove_user(admin, &gone, &user_id("S-1")).await;
    assert!(matches!(removed, Err(GroupRefusal::NotFound)));
    assert_eq!(groups.get(admin, &gone).await.unwrap(), None);
    assert_eq!(groups.users(admin, &gone, None).await.unwrap(), None);
    assert_eq!(groups.find_users(admin, &gone, &term("s"), 5).await.unwrap(), None);
    assert_eq!(groups.user_ids(admin, &gone, &[]).await.unwrap(), None);
    assert!(school.db_audit().await.iter().all(|it| !it.starts_with("group.")));
}

#[tokio::test]
async fn a_renamed_group_is_found_by_its_new_name_alone() {
    let school = School::open().await;
    school.group_of("Choir", &["S-1"]).await;
    let groups = &school.backend.groups;
    let renamed = groups.rename(&school.admin, &group("choir"), &group("Orchestra")).await.unwrap();
    assert_eq!(renamed, GroupSummary { name: group("Orchestra"), size: 1 });
    assert_eq!(school.found_groups("choir").await, [""; 0]);
    assert_eq!(school.found_groups("orch").await, ["Orchestra"]);
    assert_eq!(school.found_groups("chest").await, ["Orchestra"]);
    assert_eq!(school.in_group("Orchestra").await, ["S-1"]);
    // Another case of the same name is no other group's; the same name changes nothing.
    groups.rename(&school.admin, &group("Orchestra"), &group("ORCHESTRA")).await.unwrap();
    groups.rename(&school.admin, &group("Orchestra"), &group("ORCHESTRA")).await.unwrap();
    assert_eq!(
        school.db_details("group.rename").await,
        [
            r#"{"after":"Orchestra","group":"Choir"}"#,
            r#"{"after":"ORCHESTRA","group":"Orchestra"}"#
        ]
    );
}

#[tokio::test]
async fn users_who_are_unknown_or_deactivated_are_named_and_nobody_joins() {
    let school = School::open().await;
    school.group_of("7B", &["S-1"]).await;
    for id in ["S-2", "S-3"] {
        school.user(id).await;
    }
    school.backend.users.deactivate(&school.admin, &user_id("S-3")).await.unwrap();
    for (users, problem) in [
        (["S-2", "ghost"], Problem::UnknownUsers(vec!["ghost".into()])),
        (["S-2", "s-3"], Problem::DeactivatedUsers(vec![user_id("S-3")])),
    ] {
        let refused = school.put("7B", &users).await.unwrap_err();
        let JoinRefusal::Users(named) = refused else { panic!("{refused:?}") };
        assert_eq!(named, problem);
    }
    assert_eq!(school.in_group("7B").await, ["S-1"]);
    assert_eq!(school.size("7B").await, Some(1));
}

#[tokio::test]
async fn users_join_once_and_leave_once() {
    let school = School::open().await;
    school.group_of("7B", &["S-1", "S-2"]).await;
    assert_eq!(school.put("7b", &["s-1", "S-2", "A-hana"]).await.unwrap(), 1);
    assert_eq!(school.put("7b", &["A-hana"]).await.unwrap(), 0);
    assert_eq!(school.put("7b", &[]).await.unwrap(), 0);
    assert_eq!(school.size("7B").await, Some(3));
    let groups = &school.backend.groups;
    for there in [true, false] {
        let left = groups.remove_user(&school.admin, &group("7B"), &user_id("s-2")).await;
        assert_eq!(left.unwrap(), there);
    }
    assert!(!groups.remove_user(&school.admin, &group("7B"), &user_id("ghost")).await.unwrap());
    assert_eq!(school.in_group("7B").await, ["A-hana", "S-1"]);
    assert_eq!(school.size("7B").await, Some(2));
    let done: Vec<String> =
        school.db_audit().await.into_iter().filter(|it| it.starts_with("group.users")).collect();
    let added = |id: &str| format!("group.users.add A-hana {id} -");
    let removed = "group.users.remove A-hana S-2 -".to_owned();
    assert_eq!(done, [added("S-1"), added("S-2"), added("A-hana"), removed]);
    assert_eq!(school.db_details("group.users.add").await[2], r#"{"group":"7B"}"#);
}

#[tokio::test]
async fn whoever_is_deactivated_is_put_back_but_not_put_in() {
    let school = School::open().await;
    school.group_of("7B", &["S-1"]).await;
    let (groups, name, user) = (&school.backend.groups, group("7B"), user_id("S-1"));
    school.backend.users.deactivate(&school.admin, &user).await.unwrap();
    groups.remove_user(&school.admin, &name, &user).await.unwrap();
    assert!(matches!(school.put("7B", &["S-1"]).await, Err(JoinRefusal::Users(_))));
    for new in [true, false] {
        assert_eq!(groups.put_back(&school.admin, &name, &user).await.unwrap(), new);
    }
    assert_eq!(school.size("7B").await, Some(1));
    let nobody = groups.put_back(&school.admin, &name, &user_id("S-404")).await;
    assert!(matches!(nobody, Err(JoinRefusal::Users(Problem::UnknownUsers(_)))));
    let gone = groups.put_back(&school.admin, &group("7C"), &user).await;
    assert!(matches!(gone, Err(JoinRefusal::NotFound)));
}

#[tokio::test]
async fn of_two_who_add_one_user_at_once_one_does() {
    let school = School::open().await;
    school.group_of("7B", &[]).await;
    school.user("S-1").await;
    let (first, second) = tokio::join!(school.put("7B", &["S-1"]), school.put("7B", &["S-1"]));
    assert_eq!(first.unwrap() + second.unwrap(), 1);
    assert_eq!(school.size("7B").await, Some(1));
}

#[tokio::test]
async fn a_group_is_not_merged_into_itself_or_into_none() {
    let school = School::open().await;
    school.group_of("7B", &["S-1"]).await;
    let groups = &school.backend.groups;
    let itself = groups.merge(&school.admin, &group("7B"), &group("7b")).await;
    assert!(matches!(itself, Err(MergeRefusal::Itself)));
    let none = groups.merge(&school.admin, &group("7B"), &group("7C")).await;
    assert!(matches!(none, Err(MergeRefusal::NoOther)));
    assert_eq!(school.size("7B").await, Some(1));
}

#[tokio::test]
async fn a_merged_group_is_gone_and_its_users_are_in_the_other_once() {
    let school = School::open().await;
    school.group_of("7B", &["S-1", "S-2"]).await;
    school.group_of("7C", &["S-2", "S-3"]).await;
    let groups = &school.backend.groups;
    let merged = groups.merge(&school.admin, &group("7b"), &group("7c")).await.unwrap();
    assert_eq!(merged, GroupSummary { name: group("7C"), size: 3 });
    assert_eq!(school.in_group("7C").await, ["S-1", "S-2", "S-3"]);
    assert_eq!(school.size("7B").await, None);
    assert_eq!(school.found_groups("7").await, ["7C"]);
    assert_eq!(groups.total(&school.admin).await.unwrap(), 1);
    // Once of the group, and once of each who was in it.
    let detail = r#"{"group":"7B","into":"7C"}"#;
    assert_eq!(school.db_details("group.merge").await, [detail; 3]);
    let again = groups.merge(&school.admin, &group("7b"), &group("7c")).await;
    assert!(matches!(again, Err(MergeRefusal::NotFound)));
}

#[tokio::test]
async fn two_groups_merged_into_each_other_at_once_leave_one() {
    let school = School::open().await;
    school.group_of("7B", &["S-1"]).await;
    school.group_of("7C", &["S-2"]).await;
    let (groups, b, c) = (&school.backend.groups, group("7B"), group("7C"));
    let (there, back) =
        tokio::join!(groups.merge(&school.admin, &b, &c), groups.merge(&school.admin, &c, &b));
    assert!(there.is_ok() != back.is_ok());
    assert_eq!(groups.total(&school.admin).await.unwrap(), 1);
    let left = groups.list(&school.admin, None).await.unwrap().rows;
    assert_eq!(left[0].size, 2);
}

#[tokio::test]
async fn a_deleted_group_leaves_its_users_and_frees_its_name() {
    let school = School::open().await;
    school.group_of("7B", &["S-1", "S-2"]).await;
    let groups = &school.backend.groups;
    assert_eq!(groups.delete(&school.admin, &group("7b")).await.unwrap().size, 2);
    assert_eq!(groups.total(&school.admin).await.unwrap(), 0);
    assert_eq!(school.found_groups("7").await, [""; 0]);
    let user = school.backend.users.details(&school.admin, &user_id("S-1")).await.unwrap();
    assert!(user.unwrap().groups.is_empty());
    groups.create(&school.admin, &group("7B")).await.unwrap();
    assert_eq!(school.size("7B").await, Some(0));
    let detail = r#"{"group":"7B"}"#;
    assert_eq!(school.db_details("group.delete").await, [detail; 3]);
}

#[tokio::test]
async fn groups_stand_in_pages_by_name() {
    let school = School::open().await;
    let groups = &school.backend.groups;
    for number in (0..120).rev() {
        groups.create(&school.admin, &group(&format!("Class {number:03}"))).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut at: Option<Cursor> = None;
    loop {
        let page = groups.list(&school.admin, at.as_ref()).await.unwrap();
        seen.extend(page.rows.iter().map(|it| it.name.to_string()));
        match page.next {
            Some(next) => at = Some(next),
            None => break,
        }
    }
    let all: Vec<String> = (0..120).map(|number| format!("Class {number:03}")).collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn the_users_of_a_group_stand_by_nickname_and_are_found_in_it() {
    let school = School::open().await;
    let names: Vec<String> = (0..130).map(|number| format!("S-{number:03}")).collect();
    school.group_of("7B", &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    school.user("S-999").await;
    let (groups, name) = (&school.backend.groups, group("7B"));
    let first = groups.users(&school.admin, &name, None).await.unwrap().unwrap();
    assert_eq!(first.rows.len(), 100);
    let rest = groups.users(&school.admin, &name, first.next.as_ref()).await.unwrap().unwrap();
    assert_eq!((rest.rows.len(), rest.next), (30, None));
    let found = groups.find_users(&school.admin, &name, &term("s-1"), 20).await.unwrap().unwrap();
    assert_eq!((found.rows.len(), found.more), (20, true));
    let found = groups.find_users(&school.admin, &name, &term("S-999"), 20).await.unwrap().unwrap();
    assert!(found.rows.is_empty());
    let asked = [user_id("S-999"), user_id("s-001")];
    let among = groups.user_ids(&school.admin, &name, &asked).await.unwrap().unwrap();
    assert_eq!(among, [user_id("s-001")]);
    // A renamed user stands where the new nickname does.
    let renamed = domain::user::UserProfile { groups: vec![group("7B")], ..profile("Aaron") };
    let keep = backend::users::ImageChange::Keep;
    school
        .backend
        .users
        .edit(&school.admin, &user_id("S-099"), &renamed, keep, None)
        .await
        .unwrap();
    assert_eq!(school.in_group("7B").await[0], "S-099");
}
