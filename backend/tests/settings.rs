//! What holds for the whole school: changed, kept, noted, and what follows from it.

use std::sync::Arc;

use crate::common::{School, config};
use backend::{Backend, settings::SettingsRefusal};
use domain::{
    Problem,
    history::Deed,
    settings::{
        Language, ObservationNotice, Retention, SchoolName, Settings, TeacherLimits, ZoneName,
    },
};
use sqlx::Row;

fn zone(name: &str) -> ZoneName {
    ZoneName::parse(name).unwrap()
}

fn in_seoul() -> Settings {
    Settings {
        school: SchoolName::parse("Hana Academy").unwrap(),
        time_zone: zone("asia/seoul"),
        retention: Retention::Quarter,
        notice: ObservationNotice::parse("The head may look in.").unwrap(),
        language: Language::Korean,
        teachers: TeacherLimits::default(),
    }
}

async fn change(school: &School, change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = school.backend.settings.now();
    change(&mut settings);
    school.backend.settings.change(&school.admin, &settings).await.unwrap()
}

#[tokio::test]
async fn settings_are_kept_and_named_as_the_zone_is_written() {
    let school = School::open().await;
    let settings = &school.backend.settings;
    let after = settings.change(&school.admin, &in_seoul()).await.unwrap();
    assert_eq!(after, Settings { time_zone: zone("Asia/Seoul"), ..in_seoul() });
    assert_eq!(settings.now(), after);
    assert_eq!(settings.zone().name().as_str(), "Asia/Seoul");
    let folder = school.close().await;
    let reopened = Backend::open(config(&folder)).await.unwrap();
    assert_eq!(reopened.settings.now(), after);
    assert_eq!(reopened.settings.zone().name().as_str(), "Asia/Seoul");
}

#[tokio::test]
async fn a_zone_that_does_not_exist_is_refused_and_nothing_changes() {
    let school = School::open().await;
    let settings = &school.backend.settings;
    let before = settings.now();
    let wrong = Settings { time_zone: zone("Mars/Olympus"), ..in_seoul() };
    let refused = settings.change(&school.admin, &wrong).await;
    assert!(matches!(refused, Err(SettingsRefusal::Zone(Problem::Choice))));
    assert_eq!(settings.now(), before);
}

#[tokio::test]
async fn changes_are_noted_with_what_was_before_and_nothing_where_nothing_changed() {
    let school = School::open().await;
    let before = school.backend.settings.now();
    for _ in 0..2 {
        school.backend.settings.change(&school.admin, &in_seoul()).await.unwrap();
    }
    let rows = sqlx::query("SELECT actor, detail FROM audit WHERE action = 'settings.change'")
        .fetch_all(&mut school.db().await)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].get::<String, _>("actor"), "A-hana");
    let detail: serde_json::Value = serde_json::from_str(&rows[0].get::<String, _>(1)).unwrap();
    assert_eq!(detail["before"], serde_json::to_value(&before).unwrap());
    assert_eq!(detail["after"]["time_zone"], "Asia/Seoul");
}

#[tokio::test]
async fn of_two_changes_at_once_memory_holds_the_last() {
    let school = School::open().await;
    let tasks = ["Asia/Seoul", "Europe/Berlin", "America/New_York", "Africa/Cairo"].map(|name| {
        let (backend, admin) = (Arc::clone(&school.backend), school.admin.clone());
        tokio::spawn(async move {
            let next = Settings { time_zone: zone(name), ..Settings::default() };
            backend.settings.change(&admin, &next).await.unwrap();
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
    let kept = school.backend.settings.now();
    let folder = school.close().await;
    assert_eq!(Backend::open(config(&folder)).await.unwrap().settings.now(), kept);
}

#[tokio::test]
async fn what_is_older_than_the_school_keeps_is_forgotten() {
    const DAY: i64 = 24 * 60 * 60;
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let history = &school.backend.history;
    let sql = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1700) \
               INSERT INTO audit (at, action, detail) SELECT n, 'old', '{}' FROM n";
    sqlx::raw_sql(sql).execute(&mut school.db().await).await.unwrap();
    change(&school, |it| it.retention = Retention::Forever).await;
    assert_eq!(history.forget().await.unwrap(), 0);
    change(&school, |it| it.retention = Retention::Quarter).await;
    assert_eq!(history.forget().await.unwrap(), 1700);
    assert_eq!(history.forget().await.unwrap(), 0);
    school.clock.advance(90 * DAY);
    school.backend.rooms.end(&school.owner(&room).await).await.unwrap();
    // To the day it is still kept.
    assert_eq!(history.forget().await.unwrap(), 0);
    school.clock.advance(1);
    assert!(history.forget().await.unwrap() > 0);
    let left = history.of_room(&school.reader(&room).await, None).await.unwrap();
    assert_eq!(left.rows.into_iter().map(|it| it.deed).collect::<Vec<_>>(), [Deed::RoomEnded]);
}
