//! The school of that proof, as it is before the lesson: everybody has a link, and whoever works at the
//! console is signed in.

use std::collections::BTreeMap;

use axum::http::Method;
use domain::{
    RoomId, Timestamp,
    entry_link::{EntryToken, LinkAct},
};
use serde_json::Value;
use tempfile::TempDir;

use super::super::line::{Lesson, cookie, enter};
use crate::{
    browser::Browser,
    house::{House, PASSWORD},
    images::one_colour,
};

/// The users, each with their permission in the room and their console role. `T-1` owns it, `T-2` and `M-1`
/// observe, and `M-2` may not any more.
pub const CAST: [(&str, &str, &str); 7] = [
    ("T-1", "host", "teacher"),
    ("T-2", "monitoring", "teacher"),
    ("M-1", "monitoring", "none"),
    ("M-2", "monitoring", "none"),
    ("S-1", "guest", "none"),
    ("S-2", "guest", "none"),
    ("S-3", "guest", "none"),
];

/// A data folder, and what people hold of it.
pub struct Prepared {
    folder: TempDir,
    pub room: String,
    /// The links of all of them, and the one that is shared.
    pub links: BTreeMap<String, EntryToken>,
    pub teacher: Browser,
    pub other_teacher: Browser,
    pub admin: Browser,
    /// What the teacher may ask of the console.
    questions: Vec<String>,
}

impl Prepared {
    pub async fn new() -> Self {
        let house = House::new().await;
        let mut admin = house.admin().await;
        let mut form = vec![("name", "Algebra II"), ("type", "open"), ("capacity", "4")];
        for (number, (id, permission, role)) in (0..).zip(CAST) {
            let user = [("user_id", id), ("role", role), ("permission", permission)];
            let made = admin.upload("/users/new", &user, Some(&one_colour(number))).await;
            assert_eq!(made.status, 303, "{}", made.body);
            if id != "T-1" {
                form.extend([("member", id), ("permission", permission)]);
            }
        }
        let [mut teacher, other_teacher] =
            [signed_in(&house, "T-1").await, signed_in(&house, "T-2").await];
        let made = teacher.post("/rooms/new", &form).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let room = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
        let mut links = BTreeMap::new();
        for (id, ..) in CAST {
            links.insert(id.to_owned(), house.db_link(&room, Some(id)).await);
        }
        let past = Timestamp::from_micros(1_600_000_000_000_000);
        house.db_change_link(&room, Some("M-2"), LinkAct::Expire(Some(past))).await;
        links.insert("shared".to_owned(), house.db_link(&room, None).await);
        let folder = house.close().await;
        let mut prepared =
            Self { folder, room, links, teacher, other_teacher, admin, questions: Vec::new() };
        prepared.questions = prepared.answered().await;
        prepared
    }

    /// What the console doesn't refuse the teacher.
    async fn answered(&self) -> Vec<String> {
        let lesson = self.lesson().await;
        let mut script = self.teacher.at(lesson.house.router.clone()).script();
        let mut answered = Vec::new();
        for (method, path) in server::operations() {
            if method != Method::GET || !path.starts_with("/api/") {
                continue;
            }
            let known = app::server::arguments_of(&path).unwrap();
            let users = if known.contains(&"user_id") { &CAST.map(|it| it.0)[..] } else { &[""] };
            for user in users {
                let asked = self.address(&path, known, user);
                if script.get(&asked).await.status != 403 {
                    answered.push(asked);
                }
            }
        }
        answered
    }

    /// The lesson, over a copy of the folder.
    pub async fn lesson(&self) -> Lesson {
        Lesson::over(self.folder.path(), RoomId::parse(&self.room).unwrap()).await
    }

    /// The cookie of a new browser in which somebody pressed Enter: by their link, or whoever has none by
    /// the one that is shared.
    pub async fn entry(&self, lesson: &Lesson, who: &str) -> String {
        let mut browser = lesson.house.visitor();
        let (link, name) = match self.links.get(who) {
            Some(link) => (link, None),
            None => (&self.links["shared"], Some(("nickname", who))),
        };
        let form: Vec<_> = [("as", "link")].into_iter().chain(name).collect();
        let entered = enter(&mut browser, link, &form).await;
        assert_eq!(entered.status, 303, "{who}: {}", entered.body);
        cookie(&browser)
    }

    /// The Admin gives the room another name.
    pub async fn rename(&self, lesson: &Lesson, name: &str) {
        let form = [
            ("name", name),
            ("type", "open"),
            ("capacity", "4"),
            ("time_limit", ""),
            ("opens", ""),
            ("closes", ""),
        ];
        let mut admin = self.admin.at(lesson.house.router.clone());
        let saved = admin.post(&format!("/rooms/{}/settings", self.room), &form).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
    }

    /// Everything that the teacher can ask of the console, and how it answers.
    pub async fn ask(&self, lesson: &Lesson) -> Vec<(String, Value)> {
        let mut script = self.teacher.at(lesson.house.router.clone()).script();
        let mut answers = Vec::new();
        for question in &self.questions {
            let answer = script.get(question).await;
            let older = answer.json()["older_than"].as_i64();
            answers.push((question.clone(), answer.json()));
            if let Some(older) = older {
                let before = question.replace("older_than=", &format!("older_than={older}"));
                answers.push((before.clone(), script.get(&before).await.json()));
            }
        }
        answers
    }

    fn address(&self, path: &str, known: &[&str], user: &str) -> String {
        let arguments = [
            ("user_id", user),
            ("room", &self.room),
            ("meeting", "1"),
            ("name", "7B"),
            ("term", "s"),
            ("search", ""),
            ("at", ""),
            ("older_than", ""),
        ];
        let arguments = arguments.iter().filter(|it| known.contains(&it.0));
        let mut query = form_urlencoded::Serializer::new(String::new());
        format!("{path}?{}", query.extend_pairs(arguments).finish())
    }
}

async fn signed_in(house: &House, id: &str) -> Browser {
    house.db_give_password(id).await;
    let mut browser = house.visitor();
    assert_eq!(browser.sign_in(id, PASSWORD).await.status, 303);
    browser
}
