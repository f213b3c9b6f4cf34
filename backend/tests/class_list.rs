//! The links of a whole class: made where they are missing, shown to whoever owns the room, on record.

use std::collections::HashSet;

use backend::{
    Backend, InternalKind, ShownRefusal,
    accounts::Staff,
    clock::Clock,
    links::{Export, Format, LinksRefusal, ShownLink, Whose},
    rooms::RoomOwner,
};
use domain::{
    ConsoleRole, Nickname, RoomId, RoomType,
    entry::LinkState,
    entry_link::{EntryToken, LinkAct, LinkHolder},
    history::{Deed, LinkDeed},
};

use crate::common::{School, draft, specified, user_id};

const ADDRESS: &str = "https://school.example/e/";
const HOUR: i64 = 60 * 60;

/// The User IDs and tokens of the first page.
async fn listed(backend: &Backend, owner: &RoomOwner) -> Vec<(String, EntryToken)> {
    let list = backend.links.make_missing(owner).await.unwrap();
    list.page(None, 100).await.unwrap().rows.into_iter().map(named).collect()
}

fn named(shown: ShownLink) -> (String, EntryToken) {
    let LinkHolder::Personal(user) = shown.link.holder else { panic!("of nobody") };
    (user.user_id.to_string(), shown.token)
}

async fn whole(mut export: Export) -> String {
    let mut text = String::new();
    while let Some(lines) = export.next().await.unwrap() {
        text.push_str(&lines);
    }
    text
}

async fn file(school: &School, room: &RoomId, format: Format) -> String {
    let list = school.backend.links.make_missing(&school.owner(room).await).await.unwrap();
    whole(list.export(format, ADDRESS.to_owned())).await
}

fn text() -> Format {
    Format::Text { revoked: "revoked".to_owned(), expired: "expired".to_owned() }
}

/// A Teacher who is signed in.
async fn teacher(school: &School, id: &str) -> Staff {
    school.user_with(id, |it| it.role = ConsoleRole::Teacher).await;
    school.give_password(id).await;
    let secret = school.sign_in(id).await;
    school.session(&secret).await.unwrap().staff()
}

#[tokio::test]
async fn missing_links_are_made_once_and_others_stay() {
    let school = School::open().await;
    for id in ["S-1", "S-2", "S-3"] {
        school.user(id).await;
    }
    let room = school.room("Algebra", &["S-1", "S-2"]).await;
    let owner = school.owner(&room).await;
    let links = &school.backend.links;
    let first = links.show(&owner, &Whose::User(user_id("S-2"))).await.unwrap().token;
    let all = listed(&school.backend, &owner).await;
    assert_eq!(all.iter().map(|it| &*it.0).collect::<Vec<_>>(), ["S-1", "S-2"]);
    assert_eq!(all[1].1, first, "the one that was made before");
    for (id, token) in &all {
        let opened = links.opened(token).await.unwrap().unwrap();
        assert_eq!((opened.user, opened.state), (Some(user_id(id)), LinkState::Valid));
        assert_eq!(opened.room, room);
    }
    assert_eq!(listed(&school.backend, &owner).await, all, "the same again");
    let rooms = &school.backend.rooms;
    rooms.add_members(&owner, &[specified("S-3")]).await.unwrap();
    assert_eq!(listed(&school.backend, &owner).await[..2], all[..]);
}

#[tokio::test]
async fn no_list_holds_links_of_another_room() {
    let school = School::open().await;
    school.user("S-1").await;
    school.user("S-2").await;
    let algebra = school.room("Algebra", &["S-1"]).await;
    let biology = school.room("Biology", &["S-1", "S-2"]).await;
    let assembly = draft("Assembly", RoomType::Public, &["S-2"]);
    let assembly = school.backend.rooms.create(&school.admin, &assembly).await.unwrap();
    let mut seen = HashSet::new();
    for room in [&algebra, &biology, &assembly] {
        // The shared link and that of the owner are no member's.
        let owner = school.owner(room).await;
        for whose in [Whose::Everybody, Whose::User(user_id("A-hana"))] {
            let _ = school.backend.links.show(&owner, &whose).await;
        }
        for (id, token) in listed(&school.backend, &owner).await {
            let opened = school.backend.links.opened(&token).await.unwrap().unwrap();
            assert_eq!((&opened.room, opened.user), (room, Some(user_id(&id))));
            assert!(seen.insert(token.reveal()), "{id}");
        }
    }
    assert_eq!(seen.len(), 4);
}

#[tokio::test]
async fn that_all_were_seen_is_one_line_in_the_history_of_the_room() {
    let school = School::open().await;
    for id in ["S-1", "S-2", "S-3"] {
        school.user(id).await;
    }
    let room = school.room("Algebra", &["S-1", "S-2", "S-3"]).await;
    file(&school, &room, Format::Csv).await;
    let log = school.db_audit().await;
    assert_eq!(log.last(), Some(&format!("links.seen A-hana - {room}")));
    assert_eq!(log.iter().filter(|it| it.starts_with("link")).count(), 1);
    let told = school.backend.history.of_room(&school.reader(&room).await, None).await.unwrap();
    assert_eq!(told.rows[0].deed, Deed::EntryLink(LinkDeed::AllSeen(3)));
}

#[tokio::test]
async fn files_hold_every_link_and_say_which_lead_nowhere() {
    let school = School::open().await;
    for id in ["S-1", "S-2", "S-3"] {
        school.user(id).await;
    }
    let room = school.room("Algebra", &["S-1", "S-2", "S-3"]).await;
    let owner = school.owner(&room).await;
    let of = |id: &str| Whose::User(user_id(id));
    let links = &school.backend.links;
    links.change(&owner, &of("S-2"), LinkAct::Revoke).await.unwrap();
    let until = school.clock.now().plus_seconds(HOUR);
    links.change(&owner, &of("S-3"), LinkAct::Expire(Some(until))).await.unwrap();
    let tokens = listed(&school.backend, &owner).await;
    let link = |at: usize| format!("{ADDRESS}{}", tokens[at].1.reveal());
    school.clock.advance(HOUR);
    assert_eq!(
        file(&school, &room, text()).await,
        format!("S-1 (S-1): {}\nS-2 (S-2): revoked\nS-3 (S-3): expired\n", link(0))
    );
    let table = file(&school, &room, Format::Csv).await;
    let rows: Vec<_> = table.lines().collect();
    assert_eq!(rows[0], "\u{feff}\"nickname\",\"user_id\",\"link\",\"standing\",\"expires\"");
    assert_eq!(rows[1], format!("\"S-1\",\"S-1\",\"{}\",\"valid\",\"\"", link(0)));
    assert_eq!(rows[2], format!("\"S-2\",\"S-2\",\"{}\",\"revoked\",\"\"", link(1)));
    let until = until.to_rfc3339();
    assert_eq!(rows[3], format!("\"S-3\",\"S-3\",\"{}\",\"expired\",\"{until}\"", link(2)));
}

#[tokio::test]
async fn no_name_runs_in_a_spreadsheet() {
    let school = School::open().await;
    let names = ["=HYPERLINK(\"http://evil.example\")", "+1", "@SUM(A1)", "-1", "a\",\"=1+1"];
    let ids: Vec<String> = (0..names.len()).map(|it| format!("S-{it}")).collect();
    for (id, name) in ids.iter().zip(names) {
        school.user_with(id, |it| it.nickname = Nickname::parse(name).unwrap()).await;
    }
    school.user("-2").await;
    let members: Vec<&str> = ids.iter().map(String::as_str).chain(["-2"]).collect();
    let room = school.room("Algebra", &members).await;
    let table = file(&school, &room, Format::Csv).await;
    for line in table.trim_start_matches('\u{feff}').lines() {
        for begin in ["\"=", "\"+", "\"@", "\"-"] {
            assert!(!line.starts_with(begin), "{line}");
            assert!(!line.replace("\"\"", "").contains(&format!(",{begin}")), "{line}");
        }
    }
    assert!(table.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{table}");
    assert!(table.contains("\"'-2\",\"'-2\""), "{table}");
}

#[tokio::test]
async fn a_thousand_are_listed_once_each_on_pages_and_in_files() {
    const MANY: usize = 1_010;
    let school = School::open().await;
    let ids: Vec<String> = (0..MANY).map(|it| format!("S-{it:04}")).collect();
    for id in &ids {
        school.user(id).await;
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let room = school.room("Hall", &ids).await;
    let list = school.backend.links.make_missing(&school.owner(&room).await).await.unwrap();
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let page = list.page(cursor.as_ref(), 120).await.unwrap();
        assert!(page.rows.len() <= 120);
        found.extend(page.rows.into_iter().map(|it| named(it).0));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, ids);
    let lines = file(&school, &room, text()).await;
    assert!(lines.lines().map(|it| it.split(' ').next().unwrap()).eq(ids));
    assert_eq!(lines.lines().collect::<HashSet<_>>().len(), MANY);
}

#[tokio::test]
async fn whoever_lost_the_room_or_saw_enough_gets_no_list() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    teacher(&school, "T-lee").await;
    school.user("S-1").await;
    let (rooms, links) = (&school.backend.rooms, &school.backend.links);
    let draft = draft("Biology", RoomType::Private, &["S-1"]);
    let room = rooms.create(&kim, &draft).await.unwrap();
    let owner = rooms.owner(&kim, &room).await.unwrap();
    assert_eq!(listed(&school.backend, &owner).await.len(), 1);
    let guesses: Vec<_> = (0..9_999).map(|it| specified(&format!("G-{it}"))).collect();
    let _ = rooms.add_members(&owner, &guesses).await;
    let seen = async || {
        let log = school.db_audit().await;
        log.iter().filter(|it| it.starts_with("links.seen")).count()
    };
    rooms.add_members(&school.owner(&room).await, &[specified("T-lee")]).await.unwrap();
    let refused = links.make_missing(&owner).await;
    assert!(matches!(refused, Err(LinksRefusal::Shown(ShownRefusal::Wait { .. }))));
    school.clock.advance(HOUR);
    rooms.hand_over(&school.owner(&room).await, &user_id("T-lee")).await.unwrap();
    match links.make_missing(&owner).await.unwrap_err() {
        LinksRefusal::Shown(ShownRefusal::Internal(error)) => {
            assert_eq!(error.kind(), InternalKind::Revoked);
        }
        refusal => panic!("{refusal}"),
    }
    assert_eq!(seen().await, 1);
}
