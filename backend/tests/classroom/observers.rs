//! Those who observe: they count in no meeting, and stand in the log alone.

use std::fs;

use domain::{
    classroom::{Act, ActRefusal, ClientMessage, Closing, Ending},
    entry::Intent,
};
use sqlx::Row;
use tempfile::TempDir;

use super::{
    class, lesson, pass,
    seat::{Browser, Seat},
    sit,
};
use crate::common::{School, config, db_in};

/// What the log says of observations: who, what, and in which words, the oldest first.
async fn noted(folder: &std::path::Path) -> Vec<String> {
    let statement = "SELECT actor, action, detail FROM audit WHERE id < 0 ORDER BY id DESC";
    let rows = sqlx::query(statement).fetch_all(&mut db_in(folder).await).await.unwrap();
    let text = |row: &sqlx::any::AnyRow, at: usize| row.get::<String, _>(at);
    rows.iter().map(|it| [0, 1, 2].map(|at| text(it, at)).join(" ")).collect()
}

/// Waits until the room has done all that it was asked before, and all of that is written.
async fn settle(teacher: &mut Seat) {
    teacher.act(Act::LowerHand).await.unwrap();
    teacher.act(Act::RaiseHand).await.unwrap();
}

#[tokio::test]
async fn who_observes_stands_in_the_log_with_how_long_and_a_reload_is_no_other_time() {
    let (school, room) = lesson().await;
    let [mut teacher, _mina, _joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "M-1").await;
    let unseen = browser.open().await;
    let second = browser.open().await;
    let begin = r#"M-1 observe.begin {"meeting":1}"#;
    assert_eq!(noted(school.folder()).await, [begin]);
    drop(second);
    school.clock.advance(10);
    drop(unseen);
    settle(&mut teacher).await;
    pass(&school, 59);
    settle(&mut teacher).await;
    let unseen = browser.open().await;
    school.clock.advance(5);
    drop(unseen);
    settle(&mut teacher).await;
    assert_eq!(noted(school.folder()).await.len(), 1, "they may be back");
    pass(&school, 60);
    settle(&mut teacher).await;
    let end = r#"M-1 observe.end {"meeting":1,"seconds":74}"#;
    assert_eq!(noted(school.folder()).await, [begin, end]);
    let _later = browser.open().await;
    assert_eq!(noted(school.folder()).await[2..], [begin], "another time");
}

#[tokio::test]
async fn an_observer_begins_prolongs_and_counts_in_no_meeting() {
    let (school, room) = lesson().await;
    let mut unseen = sit(&school, &room, "M-1").await;
    assert_eq!(school.inside(&room), 0);
    pass(&school, 3_600);
    let teacher = sit(&school, &room, "T-1").await;
    unseen.until(|it| it.names() == ["T-1"]).await;
    assert_eq!(school.inside(&room), 1);
    teacher.say(ClientMessage::Leave).await;
    unseen.until(|it| it.names().is_empty()).await;
    pass(&school, 600);
    assert_eq!(unseen.end().await, Closing::Ended(Ending::Empty));
    let unseen = sit(&school, &room, "M-1").await;
    let mut db = school.db().await;
    let meetings = sqlx::query("SELECT number, people FROM meetings").fetch_all(&mut db).await;
    let meetings: Vec<(i64, i64)> =
        meetings.unwrap().iter().map(|it| (it.get(0), it.get(1))).collect();
    assert_eq!(meetings, [(1, 1)]);
    let users = "SELECT COUNT(*) FROM users WHERE user_id = 'M-1' AND last_entry IS NOT NULL";
    assert_eq!(sqlx::query(users).fetch_one(&mut db).await.unwrap().get::<i64, _>(0), 0);
    let ended = r#"M-1 observe.end {"meeting":1,"seconds":4200}"#;
    assert_eq!(noted(school.folder()).await[1..], [ended, "M-1 observe.begin {}"]);
    drop(unseen);
}

#[tokio::test]
async fn what_an_observer_wants_more_is_noted_as_theirs_and_no_flood_of_it() {
    let (school, room) = lesson().await;
    let [mut teacher, _mina, _joon] = class(&school, &room).await;
    let observe = Browser::signed_in(&school, &room, &school.secret, Intent::Observe).await;
    let mut unseen = observe.unwrap().open().await;
    let before = school.db_audit().await.iter().filter(|it| !it.starts_with("observe")).count();
    for _ in 0..25 {
        assert_eq!(unseen.act(Act::End).await, Err(ActRefusal::NotAllowed));
    }
    school.clock.advance(60);
    assert_eq!(unseen.act(Act::RaiseHand).await, Err(ActRefusal::NotAllowed));
    settle(&mut teacher).await;
    let noted = noted(school.folder()).await;
    let refused: Vec<_> = noted[1..].iter().map(String::as_str).collect();
    assert_eq!(refused[..20], [r#"A-hana observe.refused {"act":"end"}"#; 20]);
    assert_eq!(refused[20..], [r#"A-hana observe.refused {"act":"raise_hand","left_out":5}"#]);
    let after = school.db_audit().await.iter().filter(|it| !it.starts_with("observe")).count();
    assert_eq!(before, after, "nothing else is noted of it");
}

#[tokio::test]
async fn nobody_observes_who_is_not_on_record() {
    let (school, room) = lesson().await;
    let [mut teacher, _mina, _joon] = class(&school, &room).await;
    let browser = Browser::by_link(&school, &room, "M-1").await;
    let mut db = school.db().await;
    let run = async |statement, db: &mut _| sqlx::query(statement).execute(db).await.unwrap();
    run("ALTER TABLE observations RENAME TO elsewhere", &mut db).await;
    let mut unseen = browser.try_open(None).await.unwrap();
    assert_eq!(unseen.end().await, Closing::Restarting);
    assert!(unseen.bytes.is_empty(), "they were shown nothing");
    teacher.act(Act::RaiseHand).await.unwrap();
    run("ALTER TABLE elsewhere RENAME TO observations", &mut db).await;
    browser.open().await;
    assert_eq!(noted(school.folder()).await, [r#"M-1 observe.begin {"meeting":1}"#]);
}

/// What the disk holds at this moment, as after a loss of power.
fn as_it_lies(school: &School) -> TempDir {
    let copy = TempDir::new().unwrap();
    for entry in fs::read_dir(school.folder()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    copy
}

#[tokio::test]
async fn an_observation_that_a_loss_of_power_ended_is_over_when_it_was_last_known() {
    for meeting in [true, false] {
        let (school, room) = lesson().await;
        let _teacher = if meeting { Some(sit(&school, &room, "T-1").await) } else { None };
        let _unseen = sit(&school, &room, "M-1").await;
        school.clock.advance(15);
        school.backend.classroom.note_seen().await.unwrap();
        school.clock.advance(9);
        let folder = as_it_lies(&school);
        let backend = backend::Backend::open_with_clock(config(&folder), school.clock.clone());
        let backend = backend.await.unwrap();
        backend.classroom.recover().await.unwrap();
        let expected = if meeting {
            [r#"begin {"meeting":1}"#, r#"end {"meeting":1,"seconds":15}"#]
        } else {
            ["begin {}", r#"end {"seconds":15}"#]
        };
        let expected = expected.map(|it| format!("M-1 observe.{it}"));
        assert_eq!(noted(folder.path()).await, expected);
        backend.classroom.recover().await.unwrap();
        assert_eq!(noted(folder.path()).await.len(), 2, "it ended once");
    }
}

#[tokio::test]
async fn a_server_that_stops_ends_all_observations() {
    let (school, room) = lesson().await;
    let mut unseen = sit(&school, &room, "M-1").await;
    school.clock.advance(7);
    school.backend.classroom.stop().await.unwrap();
    assert_eq!(unseen.end().await, Closing::Restarting);
    let ended = r#"M-1 observe.end {"seconds":7}"#;
    assert_eq!(noted(school.folder()).await, ["M-1 observe.begin {}", ended]);
    let kept = sqlx::query("SELECT COUNT(*) FROM observations");
    assert_eq!(kept.fetch_one(&mut school.db().await).await.unwrap().get::<i64, _>(0), 0);
}
