//! Searching users, groups and rooms: what is found, in which order, and when there is more.

use crate::common::{School, draft, group, ids, profile, term, user_id};
use backend::{Found, users::ImageChange};
use domain::{Nickname, RoomType, RoomsAsked, UserSummary, UsersAsked};

async fn named(school: &School, users: &[(&str, &str)]) {
    for (id, nickname) in users {
        let nickname = Nickname::parse(nickname).unwrap();
        school.user_with(id, |it| it.nickname = nickname).await;
    }
}

async fn search(school: &School, raw: &str, limit: u32) -> Found<UserSummary> {
    school
        .backend
        .users
        .search(&school.admin, &term(raw), &UsersAsked::default(), limit)
        .await
        .unwrap()
}

#[tokio::test]
async fn terms_match_in_the_database_as_the_product_says() {
    let school = School::open().await;
    named(
        &school,
        &[
            ("S-2041", "Kim Jiho"),
            ("T-berg", "Joakim Berg"),
            ("S-3000", "Éva Kovács"),
            ("S-4000", "김지호"),
            ("S-5000", "山田太郎"),
            ("S-6000", "Straße 100%"),
            ("이수_1", "o'neil \"x\" -- *"),
        ],
    )
    .await;
    for (raw, expected) in [
        ("kim", vec!["S-2041", "T-berg"]),
        ("KIM  ji", vec!["S-2041"]),
        ("ji", vec!["S-2041"]),
        ("ih", vec![]),
        ("iho", vec!["S-2041"]),
        ("eva", vec!["S-3000"]),
        ("ÉVA", vec!["S-3000"]),
        ("KOVAC", vec!["S-3000"]),
        ("ovac", vec!["S-3000"]),
        ("지", vec!["S-4000"]),
        ("지호", vec!["S-4000"]),
        ("김지호", vec!["S-4000"]),
        ("田", vec!["S-5000"]),
        ("strass", vec!["S-6000"]),
        ("2041", vec!["S-2041"]),
        ("20", vec!["S-2041"]),
        ("04", vec![]),
        ("041", vec!["S-2041"]),
        ("%", vec![]),
        ("00%", vec!["S-6000"]),
        ("_", vec![]),
        ("이수_", vec!["이수_1"]),
        ("l \"x\" -", vec!["이수_1"]),
        ("'", vec![]),
        ("' OR 1=1 --", vec![]),
        ("kim*", vec![]),
        ("nobody", vec![]),
        ("\u{10ffff}", vec![]),
    ] {
        let found = search(&school, raw, 20).await;
        assert_eq!((ids(&found.rows), found.more), (expected, false), "{raw:?}");
    }
}

#[tokio::test]
async fn the_exact_user_id_comes_first_then_word_starts_then_the_rest() {
    let school = School::open().await;
    named(
        &school,
        &[("S-1", "Aekim"), ("S-2", "Lee Kim"), ("S-3", "Kim Kimberly"), ("kim", "Zoe")],
    )
    .await;
    let found = search(&school, "Kim", 20).await;
    assert_eq!(ids(&found.rows), ["kim", "S-2", "S-3", "S-1"]);
}

#[tokio::test]
async fn an_exact_user_id_with_accents_comes_first_too() {
    let school = School::open().await;
    named(&school, &[("S-1", "Eva Aalto"), ("éva", "Zoe"), ("eva2", "Ann")]).await;
    let found = search(&school, "Éva", 20).await;
    assert_eq!(ids(&found.rows)[0], "éva");
}

#[tokio::test]
async fn deactivated_users_are_found_too() {
    let school = School::open().await;
    school.user("S-1").await;
    school.backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(ids(&search(&school, "s-1", 20).await.rows), ["S-1"]);
}

#[tokio::test]
async fn a_search_stops_at_its_limit_and_says_that_there_is_more() {
    let school = School::open().await;
    let users: Vec<_> = (0..30).map(|it| (format!("S-{it:02}"), format!("abab ab {it}"))).collect();
    let users: Vec<_> = users.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    named(&school, &users).await;
    for raw in ["a", "ab", "abab", "bab", "s-", "S-0"] {
        let found = search(&school, raw, 5).await;
        assert_eq!((found.rows.len(), found.more), (5, true), "{raw}");
    }
    let found = search(&school, "bab", 30).await;
    assert_eq!((found.rows.len(), found.more), (30, false));
    let found = search(&school, "ab", 30).await;
    assert_eq!((found.rows.len(), found.more), (30, false));
}

#[tokio::test]
async fn nobody_is_lost_behind_one_whose_name_repeats_the_term() {
    let school = School::open().await;
    let repeats = "a".repeat(64);
    let words = "aaa ".repeat(16);
    named(&school, &[("S-1", &format!("x{}", &repeats[1..])), ("S-2", &words)]).await;
    named(&school, &[("S-3", "Zaaab"), ("S-4", "Aaab"), ("S-5", "Baaa")]).await;
    let found = search(&school, "aaa", 4).await;
    assert_eq!((ids(&found.rows), found.more), (vec!["S-2", "S-4", "S-1", "S-5"], true));
    let found = search(&school, "aaa", 5).await;
    assert_eq!((found.rows.len(), found.more), (5, false));
}

#[tokio::test]
async fn full_names_are_found_from_the_middle_of_their_first_word() {
    let school = School::open().await;
    named(&school, &[("S-1", "Valentina Pereira"), ("S-2", "Tina Pereira"), ("S-3", "Tina P")])
        .await;
    for (raw, expected) in [
        ("valentina pereira", vec!["S-1"]),
        ("tina pereira", vec!["S-2", "S-1"]),
        ("na pe", vec!["S-1", "S-2"]),
        ("a p", vec!["S-3", "S-1", "S-2"]),
        ("tina xpereira", vec![]),
        ("tinapereira", vec![]),
        ("valentina pereiras", vec![]),
    ] {
        assert_eq!(ids(&search(&school, raw, 20).await.rows), expected, "{raw:?}");
    }
}

#[tokio::test]
async fn who_was_renamed_is_found_by_no_part_of_the_former_name() {
    let school = School::open().await;
    named(&school, &[("S-1", "Joakim Berg")]).await;
    let users = &school.backend.users;
    let (who, renamed) = (user_id("S-1"), profile("Lisa"));
    users.edit(&school.admin, &who, &renamed, ImageChange::Keep, None).await.unwrap();
    for (raw, found) in
        [("joakim", 0), ("oak", 0), ("kim b", 0), ("isa", 1), ("lis", 1), ("s-1", 1)]
    {
        assert_eq!(search(&school, raw, 20).await.rows.len(), found, "{raw}");
    }
}

#[tokio::test]
async fn long_terms_find_long_names() {
    let school = School::open().await;
    let name = "Maximiliana Alexandrovna Konstantinopolskaya";
    named(&school, &[("S-1", name)]).await;
    assert_eq!(ids(&search(&school, name, 20).await.rows), ["S-1"]);
    assert!(search(&school, &"x".repeat(100_000), 20).await.rows.is_empty());
}

#[tokio::test]
async fn groups_and_rooms_are_found_by_the_same_rules() {
    let school = School::open().await;
    school.user_with("S-1", |it| it.groups = vec![group("Class 7B"), group("합창단")]).await;
    let groups = &school.backend.groups;
    for (raw, expected) in [("7b", 1), ("lass", 1), ("las", 1), ("as", 0), ("창", 1), ("x", 0)] {
        let found = groups.search(&school.admin, &term(raw), 20).await.unwrap();
        assert_eq!(found.rows.len(), expected, "{raw}");
    }
    let rooms = &school.backend.rooms;
    let id = school.room("Algebra II", &[]).await;
    let found = async |raw| {
        rooms
            .search(&school.admin, &term(raw), &RoomsAsked::default(), 20)
            .await
            .unwrap()
            .rows
            .len()
    };
    assert_eq!((found("alg").await, found("ii").await, found("geb").await), (1, 1, 1));
    let renamed = draft("Geometry", RoomType::Private, &[]);
    rooms.edit(&school.owner(&id).await, &renamed, None).await.unwrap();
    assert_eq!((found("alg").await, found("geometry").await), (0, 1));
}

#[tokio::test]
async fn members_of_a_room_are_found_by_the_same_rules() {
    let school = School::open().await;
    named(&school, &[("S-1", "Kim Jiho"), ("S-2", "Joakim"), ("S-3", "Lee"), ("S-4", "Kim")]).await;
    let room = school.room("Algebra", &["S-1", "S-2", "S-3"]).await;
    let find = async |raw: &str, limit| {
        let rooms = &school.backend.rooms;
        let found =
            rooms.find_members(&school.reader(&room).await, &term(raw), limit).await.unwrap();
        let users: Vec<_> = found.rows.iter().map(|it| it.user.user_id.to_string()).collect();
        (users.join(" "), found.more)
    };
    assert_eq!(find("kim", 50).await, ("S-2 S-1".to_owned(), false));
    assert_eq!(find("kim", 1).await, ("S-2".to_owned(), true));
    assert_eq!(find("s-3", 50).await, ("S-3".to_owned(), false));
    assert_eq!(find("s-4", 50).await, (String::new(), false));
}

#[tokio::test]
async fn a_user_whose_making_was_refused_is_not_found() {
    let school = School::open().await;
    school.user("S-1").await;
    let again = profile("Somebody Else");
    school.backend.users.create(&school.admin, &user_id("S-1"), &again, None).await.unwrap_err();
    assert!(search(&school, "somebody", 20).await.rows.is_empty());
}
