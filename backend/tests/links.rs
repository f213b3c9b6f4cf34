//! Entry links: shown again, renewed, revoked, and what is left of one that was.

use std::path::Path;

use backend::{
    OpenError,
    clock::Clock,
    links::{LinksRefusal, Opened, Whose},
};
use domain::{
    EntryPermission, RoomId, RoomType,
    entry::LinkState,
    entry_link::{EntryToken, LinkAct, LinkHolder, LinkId, LinkStanding},
    history::{Deed, LinkDeed},
};

use crate::common::{School, config, db_in, draft, specified, user_id};

const HOUR: i64 = 60 * 60;

fn of(id: &str) -> Whose {
    Whose::User(user_id(id))
}

async fn show(school: &School, room: &RoomId, whose: &Whose) -> EntryToken {
    school.backend.links.show(&school.owner(room).await, whose).await.unwrap().token
}

/// Does that to a link, and shows it.
async fn change(school: &School, room: &RoomId, whose: &Whose, act: LinkAct) -> EntryToken {
    let owner = school.owner(room).await;
    school.backend.links.change(&owner, whose, act).await.unwrap();
    show(school, room, whose).await
}

async fn opened(school: &School, token: &EntryToken) -> Option<Opened> {
    school.backend.links.opened(token).await.unwrap()
}

async fn state(school: &School, token: &EntryToken) -> LinkState {
    opened(school, token).await.unwrap().state
}

/// A school with a student who is specified for a room.
async fn with_a_member() -> (School, RoomId) {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    (school, room)
}

#[tokio::test]
async fn a_link_is_the_same_each_time_it_is_shown() {
    let (school, room) = with_a_member().await;
    let link = school.backend.links.show(&school.owner(&room).await, &of("S-1")).await.unwrap();
    assert_eq!(link.link.standing, LinkStanding::Valid);
    assert!(matches!(&link.link.holder, LinkHolder::Personal(it) if it.user_id == user_id("S-1")));
    assert_eq!(show(&school, &room, &of("S-1")).await, link.token);
    let there = Opened { room, user: Some(user_id("S-1")), state: LinkState::Valid };
    assert_eq!(opened(&school, &link.token).await, Some(there));
    // Also by whatever opens the folder next.
    let beside = school.beside().await;
    assert!(beside.links.opened(&link.token).await.unwrap().is_some());
    beside.close().await;
}

#[tokio::test]
async fn the_database_alone_opens_no_room() {
    let (school, room) = with_a_member().await;
    let token = show(&school, &room, &of("S-1")).await;
    let text = token.reveal();
    let secret = &text[15..41];
    let folder = school.close().await;
    for file in ["rollcall.db", "rollcall.db-wal"] {
        let Ok(bytes) = std::fs::read(folder.path().join(file)) else { continue };
        let found = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
        assert!(!found(&text) && !found(secret), "{file}");
        assert!(!bytes.windows(16).any(|it| it == token.secret()), "{file}");
    }
    // With another key, every link is dead.
    std::fs::remove_file(folder.path().join("rollcall.key")).unwrap();
    let backend = backend::Backend::open(config(&folder)).await.unwrap();
    assert_eq!(backend.links.opened(&token).await.unwrap(), None);
    backend.close().await;
}

#[tokio::test]
async fn a_renewed_link_is_dead_at_once_and_says_so() {
    let (school, room) = with_a_member().await;
    let first = show(&school, &room, &of("S-1")).await;
    let second = change(&school, &room, &of("S-1"), LinkAct::Renew).await;
    let third = change(&school, &room, &of("S-1"), LinkAct::Renew).await;
    assert_eq!(state(&school, &first).await, LinkState::Revoked);
    assert_eq!(state(&school, &second).await, LinkState::Revoked);
    assert_eq!(state(&school, &third).await, LinkState::Valid);
    assert_eq!(show(&school, &room, &of("S-1")).await, third);
}

#[tokio::test]
async fn what_was_never_a_link_is_none() {
    let (school, room) = with_a_member().await;
    let token = show(&school, &room, &of("S-1")).await;
    let mut bent = *token.secret();
    bent[0] ^= 1;
    assert_eq!(opened(&school, &EntryToken::new(token.id().clone(), bent)).await, None);
    let elsewhere = EntryToken::new(LinkId::from_bits(7), *token.secret());
    assert_eq!(opened(&school, &elsewhere).await, None);
}

#[tokio::test]
async fn a_link_is_revoked_and_allowed_again() {
    let (school, room) = with_a_member().await;
    let token = show(&school, &room, &of("S-1")).await;
    change(&school, &room, &of("S-1"), LinkAct::Revoke).await;
    assert_eq!(state(&school, &token).await, LinkState::Revoked);
    assert_eq!(change(&school, &room, &of("S-1"), LinkAct::Allow).await, token);
    assert_eq!(state(&school, &token).await, LinkState::Valid);
    change(&school, &room, &of("S-1"), LinkAct::Revoke).await;
    let anew = change(&school, &room, &of("S-1"), LinkAct::Renew).await;
    assert_eq!(state(&school, &anew).await, LinkState::Valid, "made anew");
    assert_eq!(state(&school, &token).await, LinkState::Revoked);
}

#[tokio::test]
async fn a_link_expires_in_that_second() {
    let (school, room) = with_a_member().await;
    let until = school.clock.now().plus_seconds(HOUR);
    let token = change(&school, &room, &of("S-1"), LinkAct::Expire(Some(until))).await;
    school.clock.advance(HOUR - 1);
    assert_eq!(state(&school, &token).await, LinkState::Valid);
    // An expiry to come outlives a renewal.
    let token = change(&school, &room, &of("S-1"), LinkAct::Renew).await;
    school.clock.advance(1);
    assert_eq!(state(&school, &token).await, LinkState::Expired);
    let token = change(&school, &room, &of("S-1"), LinkAct::Renew).await;
    assert_eq!(state(&school, &token).await, LinkState::Valid, "one that is past does not");
}

#[tokio::test]
async fn links_are_for_whoever_may_come() {
    let (school, private) = with_a_member().await;
    school.user("S-2").await;
    school.user("S-3").await;
    school.backend.users.deactivate(&school.admin, &user_id("S-3")).await.unwrap();
    let public = draft("Assembly", RoomType::Public, &[]);
    let public = school.backend.rooms.create(&school.admin, &public).await.unwrap();
    for (room, whose, there_is) in [
        (&private, of("S-1"), true),
        (&private, of("A-hana"), true),
        (&private, of("S-2"), false),
        (&private, of("nobody"), false),
        (&private, Whose::Everybody, false),
        (&public, of("S-2"), true),
        (&public, of("S-3"), false),
        (&public, of("nobody"), false),
        (&public, Whose::Everybody, true),
    ] {
        let links = &school.backend.links;
        let shown = links.show(&school.owner(room).await, &whose).await.map(|it| it.link);
        let changed = links.change(&school.owner(room).await, &whose, LinkAct::Renew).await;
        for result in [shown, changed] {
            match result {
                Ok(_) => assert!(there_is, "{whose:?}"),
                Err(LinksRefusal::NotFound) => assert!(!there_is, "{whose:?}"),
                Err(refusal) => panic!("{refusal}"),
            }
        }
    }
    let shared = show(&school, &public, &Whose::Everybody).await;
    let there = Opened { room: public, user: None, state: LinkState::Valid };
    assert_eq!(opened(&school, &shared).await, Some(there));
}

#[tokio::test]
async fn the_link_of_who_is_specified_again_is_the_same() {
    let (school, room) = with_a_member().await;
    let token = show(&school, &room, &of("S-1")).await;
    let (rooms, owner) = (&school.backend.rooms, school.owner(&room).await);
    rooms.remove_member(&owner, &user_id("S-1")).await.unwrap();
    assert!(opened(&school, &token).await.is_some(), "what it refuses says the rule of entry");
    rooms.add_members(&owner, &[specified("S-1")]).await.unwrap();
    rooms.set_permission(&owner, &user_id("S-1"), EntryPermission::Host).await.unwrap();
    assert_eq!(show(&school, &room, &of("S-1")).await, token);
}

#[tokio::test]
async fn links_go_with_their_user_and_their_room() {
    let (school, room) = with_a_member().await;
    let personal = show(&school, &room, &of("S-1")).await;
    let users = &school.backend.users;
    users.delete(&school.admin, &user_id("S-1"), None).await.unwrap();
    assert_eq!(opened(&school, &personal).await, None);
    let own = show(&school, &room, &of("A-hana")).await;
    school.backend.rooms.delete(&school.owner(&room).await, |_| true).await.unwrap();
    assert_eq!(opened(&school, &own).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_renewals_at_once_leave_one_link() {
    let (school, room) = with_a_member().await;
    let owner = school.owner(&room).await;
    let first = show(&school, &room, &of("S-1")).await;
    let renewals = (0..50).map(|_| {
        let (backend, owner) = (school.backend.clone(), owner.clone());
        tokio::spawn(async move {
            backend.links.change(&owner, &of("S-1"), LinkAct::Renew).await.unwrap();
            backend.links.show(&owner, &of("S-1")).await.unwrap().token
        })
    });
    let mut made = vec![first];
    for renewal in renewals.collect::<Vec<_>>() {
        made.push(renewal.await.unwrap());
    }
    let last = show(&school, &room, &of("S-1")).await;
    for token in made {
        let expected = if token == last { LinkState::Valid } else { LinkState::Revoked };
        assert_eq!(state(&school, &token).await, expected);
    }
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("link.renew")).count(), 50);
}

#[tokio::test]
async fn what_is_done_with_links_stands_in_the_history_of_both() {
    let (school, room) = with_a_member().await;
    show(&school, &room, &of("S-1")).await;
    let until = school.clock.now().plus_seconds(HOUR);
    let (links, owner) = (&school.backend.links, school.owner(&room).await);
    for act in [
        LinkAct::Renew,
        LinkAct::Revoke,
        LinkAct::Revoke,
        LinkAct::Allow,
        LinkAct::Expire(Some(until)),
    ] {
        links.change(&owner, &of("S-1"), act).await.unwrap();
    }
    let history = &school.backend.history;
    let of_user = history.of_user(&school.admin, &user_id("S-1"), None).await.unwrap();
    let of_room = history.of_room(&school.reader(&room).await, None).await.unwrap();
    let deeds = [
        LinkDeed::ExpirySet,
        LinkDeed::Allowed,
        LinkDeed::Revoked,
        LinkDeed::Renewed,
        LinkDeed::Seen,
    ];
    for told in [of_user, of_room] {
        let links = told.rows.into_iter().filter_map(|it| match it.deed {
            Deed::EntryLink(deed) => Some(deed),
            _ => None,
        });
        assert_eq!(links.collect::<Vec<_>>(), deeds);
    }
}

#[tokio::test]
async fn another_key_is_noticed_and_a_broken_one_is_refused() {
    let school = School::open().await;
    let fingerprint = async |folder: &Path| -> Vec<u8> {
        let kept = sqlx::query_scalar("SELECT fingerprint FROM link_key");
        kept.fetch_one(&mut db_in(folder).await).await.unwrap()
    };
    let before = fingerprint(school.folder()).await;
    let key = school.folder().join("rollcall.key");
    std::fs::remove_file(&key).unwrap();
    let folder = school.close().await;
    let backend = backend::Backend::open(config(&folder)).await.unwrap();
    backend.close().await;
    drop(backend);
    assert_ne!(fingerprint(folder.path()).await, before);
    std::fs::write(folder.path().join("rollcall.key"), "no key").unwrap();
    let refused = backend::Backend::open(config(&folder)).await.unwrap_err();
    assert!(matches!(refused, OpenError::KeyFile { .. }), "{refused:?}");
    let said = refused.to_string();
    assert!(said.contains("rollcall.key") && said.contains("backup") && !said.contains('\n'));
}
