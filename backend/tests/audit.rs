//! The audit log: what its page shows, that nothing in it changes, and what is taken out of it.

use std::collections::BTreeSet;

use crate::common::{PASSWORD, School, context_from, profile, specified, user_id};
use backend::{
    accounts::{Asked, Context},
    users::ImageChange,
};
use domain::{
    Cursor, EntryPermission, Page, RoomId,
    audit::{AuditAsked, AuditKind, AuditTerm, Day, Detail, Entry},
    history::Deed,
    settings::{Retention, Settings, ZoneName},
};
use sqlx::Row;

/// What the page shows.
async fn page(school: &School, asked: &AuditAsked, at: Option<&Cursor>) -> Page<Entry> {
    school.backend.audit.page(&school.admin, asked, None, at).await.unwrap()
}

/// The actions of what is asked for, the latest first.
async fn actions(school: &School, asked: AuditAsked) -> Vec<String> {
    page(school, &asked, None).await.rows.into_iter().map(|it| it.action).collect()
}

async fn found(school: &School, term: &str) -> Vec<String> {
    let (audit, term) = (&school.backend.audit, AuditTerm::parse(term));
    let asked = AuditAsked::default();
    let page = audit.page(&school.admin, &asked, term.as_ref(), None).await.unwrap();
    page.rows.into_iter().map(|it| it.action).collect()
}

fn of_person(id: &str) -> AuditAsked {
    AuditAsked { person: Some(user_id(id)), ..AuditAsked::default() }
}

fn of_room(id: &RoomId) -> AuditAsked {
    AuditAsked { room: Some(id.clone()), ..AuditAsked::default() }
}

fn of_kind(kind: AuditKind) -> AuditAsked {
    AuditAsked { kind: Some(kind), ..AuditAsked::default() }
}

/// A school in which a few things were done to two users and in two rooms.
async fn busy() -> (School, RoomId) {
    let school = School::open().await;
    school.user("S-1").await;
    school.user("S-2").await;
    let (rooms, admin) = (&school.backend.rooms, &school.admin);
    let room = school.room("Algebra", &[]).await;
    school.room("Choir", &[]).await;
    rooms
        .add_members(&rooms.owner(admin, &room).await.unwrap(), &[specified("S-1")])
        .await
        .unwrap();
    rooms
        .add_members(&rooms.owner(admin, &room).await.unwrap(), &[specified("S-2")])
        .await
        .unwrap();
    rooms
        .set_permission(
            &rooms.owner(admin, &room).await.unwrap(),
            &user_id("S-1"),
            EntryPermission::Host,
        )
        .await
        .unwrap();
    (school, room)
}

#[tokio::test]
async fn each_filter_shows_its_part_and_they_work_together() {
    let (school, room) = busy().await;
    let all = actions(&school, AuditAsked::default()).await;
    assert_eq!(all.len(), 9);
    assert_eq!(all.last().unwrap(), "admin.first");
    let done_to = ["room.members.permission", "room.members.add", "user.create"];
    assert_eq!(actions(&school, of_person("s-1")).await, done_to);
    // Who did something to themselves did it once.
    let by_admin = actions(&school, of_person("A-hana")).await;
    assert_eq!(by_admin.len(), 9);
    let in_room =
        ["room.members.permission", "room.members.add", "room.members.add", "room.create"];
    assert_eq!(actions(&school, of_room(&room)).await, in_room);
    let both = AuditAsked { room: Some(room.clone()), ..of_person("S-2") };
    assert_eq!(actions(&school, both).await, ["room.members.add"]);
    let by_admin_in_room = AuditAsked { room: Some(room.clone()), ..of_person("A-hana") };
    assert_eq!(actions(&school, by_admin_in_room).await, in_room);
    assert_eq!(actions(&school, of_kind(AuditKind::Rooms)).await, ["room.create", "room.create"]);
    assert_eq!(actions(&school, of_kind(AuditKind::SignIn)).await, ["authn_login_success"]);
    let members = AuditAsked { kind: Some(AuditKind::Members), ..of_person("S-1") };
    assert_eq!(actions(&school, members).await, done_to[..2]);
    assert_eq!(actions(&school, of_person("S-404")).await, [""; 0]);
}

#[tokio::test]
async fn days_are_those_of_the_schools_clocks() {
    let school = School::open().await;
    let (settings, admin) = (&school.backend.settings, &school.admin);
    let time_zone = ZoneName::parse("Asia/Seoul").unwrap();
    settings.change(admin, &Settings { time_zone, ..settings.now() }).await.unwrap();
    // 08:00 UTC on the 15th of January is 17:00 in Seoul; seven hours later it is the 16th there.
    school.clock.advance(7 * 3_600);
    school.user("S-1").await;
    let day = |raw: &str| Day::parse(raw);
    let from = AuditAsked { from: day("2027-01-16"), ..AuditAsked::default() };
    assert_eq!(actions(&school, from).await, ["user.create"]);
    let until = AuditAsked { until: day("2027-01-15"), ..AuditAsked::default() };
    let before = actions(&school, until.clone()).await;
    assert_eq!(before, ["settings.change", "authn_login_success", "admin.first"]);
    let neither = AuditAsked { from: day("2027-01-16"), ..until };
    assert_eq!(actions(&school, neither).await, [""; 0]);
}

#[tokio::test]
async fn a_search_finds_people_rooms_addresses_and_requests() {
    let (school, _) = busy().await;
    assert_eq!(found(&school, "s-2").await, ["room.members.add", "user.create"]);
    assert_eq!(found(&school, "chOI").await, ["room.create"]);
    assert_eq!(found(&school, "nobody").await, [""; 0]);
    let from = context_from("2001:db8::7");
    let wrong = school.backend.accounts.sign_in("S-1", "wrong", &from).await;
    assert!(wrong.is_err());
    assert_eq!(found(&school, "2001:DB8:0::7").await, ["authn_login_fail"]);
    let mut context = context_from("10.0.0.9");
    context.request_id = "00ff00ff00ff00ff".to_owned();
    assert!(school.backend.accounts.sign_in("S-1", "wrong", &context).await.is_err());
    assert_eq!(found(&school, "00FF00FF00FF00FF").await, ["authn_login_fail"]);
    let (users, admin) = (&school.backend.users, &school.admin);
    users.delete(admin, &user_id("S-2"), None).await.unwrap();
    assert_eq!(found(&school, "S-2").await.first().unwrap(), "user.delete");
}

#[tokio::test]
async fn an_entry_tells_who_did_what_from_where_and_what_was_before() {
    let school = School::open().await;
    school.user("S-1").await;
    let (users, admin) = (&school.backend.users, &school.admin);
    let user = user_id("S-1");
    users.edit(admin, &user, &profile("Mina"), ImageChange::Keep, None).await.unwrap();
    let entry = page(&school, &AuditAsked::default(), None).await.rows.remove(0);
    assert!(matches!(entry.event.deed, Deed::UserEdited(_)));
    assert_eq!(entry.event.actor.unwrap().user_id.as_str(), "A-hana");
    assert_eq!((entry.action.as_str(), entry.address.as_deref()), ("user.edit", Some("10.0.0.1")));
    assert_eq!(entry.request_id.as_deref(), Some("r-1"));
    let text = |it: &str| Some(it.to_owned());
    let nickname =
        Detail { field: "nickname".to_owned(), before: text("S-1"), after: text("Mina") };
    assert_eq!(entry.details, [nickname]);
}

#[tokio::test]
async fn pages_lead_both_ways_and_show_every_entry_once() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    for turn in 0..60 {
        // Some at the same moment, some later.
        school.clock.advance(i64::from(turn % 3));
        school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
        school.backend.rooms.reopen(&school.owner(&room).await).await.unwrap();
    }
    for asked in [AuditAsked::default(), of_person("A-hana"), of_kind(AuditKind::Rooms)] {
        let mut pages = vec![page(&school, &asked, None).await];
        while let Some(next) = pages.last().unwrap().next.clone() {
            pages.push(page(&school, &asked, Some(&next)).await);
        }
        assert_eq!(pages.len(), 3);
        let numbers: Vec<i64> = pages.iter().flat_map(|it| &it.rows).map(|it| it.number).collect();
        assert!(numbers.is_sorted_by(|a, b| a > b) && numbers.len() > 120, "{numbers:?}");
        let mut back = page(&school, &asked, pages[2].previous.as_ref()).await;
        assert_eq!(back.rows, pages[1].rows);
        back = page(&school, &asked, back.previous.as_ref()).await;
        assert_eq!(back.rows, pages[0].rows);
        assert_eq!(back.previous, None);
    }
    let nonsense = Cursor { forward: true, number: 7, key: "'; DROP TABLE audit".to_owned() };
    let first = page(&school, &AuditAsked::default(), Some(&nonsense)).await;
    assert_eq!(first.rows.len(), 50);
}

#[tokio::test]
async fn of_fifty_who_write_at_once_each_leaves_one_entry_in_order() {
    let school = std::sync::Arc::new(School::open().await);
    let writers = (0..50).map(|number| {
        let school = school.clone();
        tokio::spawn(async move { school.user(&format!("S-{number}")).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let page = page(&school, &of_kind(AuditKind::Users), None).await;
    assert!(page.rows.is_sorted_by(|a, b| a.number > b.number));
    let named = page.rows.into_iter().map(|it| it.event.user.unwrap().user_id);
    assert_eq!(named.collect::<BTreeSet<_>>().len(), 50);
}

#[tokio::test]
async fn nothing_that_was_noted_is_changed_or_deleted_before_its_time() {
    let school = School::open().await;
    let mut db = school.db().await;
    for statement in [
        "UPDATE audit SET actor = 'S-1'",
        "UPDATE audit SET detail = '{}' WHERE id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
    ] {
        let refused = sqlx::query(statement).execute(&mut db).await.unwrap_err();
        assert!(refused.to_string().contains("the audit log"), "{statement}: {refused}");
    }
    let (settings, admin) = (&school.backend.settings, &school.admin);
    let retention = Retention::Month;
    settings.change(admin, &Settings { retention, ..settings.now() }).await.unwrap();
    school.clock.advance(29 * 24 * 3_600);
    assert_eq!(school.backend.history.forget().await.unwrap(), 0);
    school.clock.advance(2 * 24 * 3_600);
    school.user("S-1").await;
    assert_eq!(school.backend.history.forget().await.unwrap(), 3);
    assert_eq!(actions(&school, AuditAsked::default()).await, ["user.create"]);
    assert!(sqlx::query("DELETE FROM audit").execute(&mut db).await.is_err());
}

/// The whole of an export.
async fn exported(school: &School, asked: &AuditAsked, search: &str) -> String {
    let mut export = school.backend.audit.export(&school.admin, asked, search).await.unwrap();
    let mut table = String::new();
    while let Some(lines) = export.next().await.unwrap() {
        assert!(lines.lines().count() <= 500, "all of it is in memory at once");
        table.push_str(&lines);
    }
    table
}

#[tokio::test]
async fn an_export_has_every_entry_once_and_is_noted_itself() {
    let school = School::open().await;
    let room = school.room("=Algebra", &[]).await;
    for _ in 0..300 {
        school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
        school.backend.rooms.reopen(&school.owner(&room).await).await.unwrap();
    }
    let table = exported(&school, &AuditAsked::default(), "").await;
    let mut lines = table.strip_prefix('\u{feff}').unwrap().split_terminator("\r\n");
    assert!(lines.next().unwrap().starts_with("\"number\",\"at\",\"action\""));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 604);
    assert!(lines[0].contains("\"audit.export\",\"A-hana\""), "{}", lines[0]);
    assert!(lines[1].contains("\"2027-01-15T08:00:00Z\",\"room.reopen\""), "{}", lines[1]);
    assert!(lines[1].contains("\"'=Algebra\"") && lines[1].ends_with("\"r-1\",\"10.0.0.1\""));
    let some = exported(&school, &of_kind(AuditKind::SignIn), "").await;
    assert_eq!(some.lines().count(), 2);
    let noted = page(&school, &of_kind(AuditKind::Settings), None).await.rows.remove(0);
    let (field, after) = ("kind".to_owned(), Some("sign_in".to_owned()));
    assert_eq!(noted.details, [Detail { field, before: None, after }]);
    assert_eq!(exported(&school, &AuditAsked::default(), "=alg").await.lines().count(), 602);
}

#[tokio::test]
async fn an_export_whose_end_is_forgotten_meanwhile_does_not_begin_anew() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    for _ in 0..260 {
        school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
        school.backend.rooms.reopen(&school.owner(&room).await).await.unwrap();
    }
    let asked = AuditAsked::default();
    let mut export = school.backend.audit.export(&school.admin, &asked, "").await.unwrap();
    export.next().await.unwrap();
    assert_eq!(export.next().await.unwrap().unwrap().lines().count(), 500);
    school.clock.advance(6 * 366 * 24 * 3_600);
    assert!(school.backend.history.forget().await.unwrap() > 500);
    school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
    let mut rest = String::new();
    while let Some(lines) = export.next().await.unwrap() {
        rest.push_str(&lines);
    }
    assert_eq!(rest, "");
}

#[tokio::test]
async fn no_secret_is_ever_noted() {
    let school = School::open().await;
    school.other_admin("A-min").await;
    let secret = school.sign_in("A-min").await;
    assert!(
        school
            .backend
            .accounts
            .sign_in("A-min", "canary-wrong", &context_from("::1"))
            .await
            .is_err()
    );
    assert!(school.backend.accounts.sign_in("canary-id", "x", &context_from("::1")).await.is_err());
    let hash: String = sqlx::query("SELECT password FROM users WHERE user_id = 'A-min'")
        .fetch_one(&mut school.db().await)
        .await
        .unwrap()
        .get(0);
    let table = exported(&school, &AuditAsked::default(), "").await;
    for secret in [PASSWORD, "canary", secret.reveal(), school.secret.reveal(), &hash] {
        assert!(!table.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn what_somebody_was_refused_is_noted_but_no_flood_of_it() {
    let (school, room) = busy().await;
    let by_request = async |number: u32| {
        let context = Context { request_id: format!("r-{number}"), ..context_from("10.0.0.1") };
        let accounts = &school.backend.accounts;
        accounts.session(school.secret.reveal(), context).await.unwrap().unwrap()
    };
    let asked = Asked {
        method: "POST".to_owned(),
        path: "/rooms/{room}/delete".to_owned(),
        user: None,
        room: Some(room.clone()),
    };
    for number in 0..500 {
        let session = by_request(number).await;
        // A page asks for several things of one room.
        for _ in 0..3 {
            school.backend.accounts.note_refused(&session, &asked).await.unwrap();
        }
    }
    let refused = page(&school, &of_kind(AuditKind::Refused), None).await.rows;
    assert_eq!(refused.len(), 20);
    assert_eq!(refused[0].action, "authz_fail");
    assert_eq!(refused[0].event.room.as_ref().unwrap().id, room);
    school.clock.advance(60);
    school.backend.accounts.note_refused(&by_request(500).await, &asked).await.unwrap();
    let latest = page(&school, &of_kind(AuditKind::Refused), None).await.rows.remove(0);
    let asked = "POST /rooms/{room}/delete".to_owned();
    assert_eq!(latest.event.deed, Deed::Refused { asked, left_out: 480 });
}

#[tokio::test]
async fn a_session_that_is_used_after_its_end_is_noted_once() {
    let school = School::open().await;
    school.clock.advance(13 * 3_600);
    for _ in 0..3 {
        assert!(school.session(&school.secret).await.is_none());
    }
    let noted = page(&school, &of_kind(AuditKind::SignIn), None).await.rows;
    let actions: Vec<_> = noted.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["session_use_after_expire", "authn_login_success"]);
    assert_eq!(noted[0].event.user.as_ref().unwrap().user_id.as_str(), "A-hana");
}
