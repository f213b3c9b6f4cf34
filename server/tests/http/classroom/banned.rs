//! Whoever is banned from a room stays out, whatever they try, also after a restart, until that is lifted.

use domain::{
    RoomId, RoomType,
    classroom::{Act, BanId, Closing, ServerMessage},
    entry::Refusal,
    entry_link::{EntryToken, LinkAct},
};
use server::accept::Limits;

use super::line::{Lesson, Line, cookie, enter};
use crate::{
    browser::{Answer, Browser},
    house::{House, PASSWORD},
};

/// A meeting, with a teacher who is Host in it and an Admin at the console.
struct Class {
    lesson: Lesson,
    room: String,
    admin: Browser,
    teacher: Line,
    teachers_entry: String,
}

impl Class {
    /// A room in which `S-1` may enter by their own link.
    async fn new(room_type: RoomType) -> Self {
        let house = House::new().await;
        let mut admin = house.admin().await;
        for (id, permission) in [("T-1", "host"), ("S-1", "guest")] {
            let form = [("user_id", id), ("permission", permission)];
            admin.upload("/users/new", &form, None).await;
        }
        let name = match room_type {
            RoomType::Private => "private",
            RoomType::Public => "public",
            RoomType::Open => "open",
        };
        let mut form = vec![("name", "Algebra"), ("type", name)];
        form.extend([("member", "T-1"), ("permission", "host")]);
        if room_type == RoomType::Private {
            form.extend([("member", "S-1"), ("permission", "guest")]);
        }
        let made = admin.post("/rooms/new", &form).await;
        let room = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
        let id = RoomId::parse(&room).unwrap();
        let lesson = Lesson::at(house, id, Limits::default()).await;
        let teachers_entry = lesson.entry("T-1").await;
        let mut teacher = lesson.call(&teachers_entry).await;
        teacher.see(Line::is_in).await;
        Self { lesson, room, admin, teacher, teachers_entry }
    }

    /// The server stops, and another one takes up its folder.
    async fn restart(self) -> Self {
        let Self { lesson, room, admin, teacher, teachers_entry } = self;
        let id = lesson.room.clone();
        let folder = lesson.house.close().await;
        drop(teacher);
        let lesson = Lesson::over(folder.path(), id).await;
        let mut teacher = lesson.call(&teachers_entry).await;
        teacher.see(Line::is_in).await;
        let admin = admin.at(lesson.house.router.clone());
        Self { lesson, room, admin, teacher, teachers_entry }
    }

    async fn link(&self, who: Option<&str>) -> EntryToken {
        self.lesson.house.db_link(&self.room, who).await
    }

    /// The link that takes the place of somebody's.
    async fn renewed(&self, who: Option<&str>) -> EntryToken {
        self.lesson.house.db_change_link(&self.room, who, LinkAct::Renew).await;
        self.link(who).await
    }

    /// Somebody presses Enter at the door of a link, in that browser or a new one.
    async fn enters(&self, browser: Option<&Browser>, token: &EntryToken, name: &str) -> Entering {
        let mut browser = match browser {
            Some(browser) => browser.at(self.lesson.house.router.clone()),
            None => self.lesson.house.visitor(),
        };
        let form: &[_] =
            if name.is_empty() { &[("as", "link")] } else { &[("as", "link"), ("nickname", name)] };
        let answer = enter(&mut browser, token, form).await;
        Entering { browser, answer }
    }

    async fn is_out(&self, entering: Entering, what: &str) {
        let Entering { mut browser, answer } = entering;
        assert!([404, 422].contains(&answer.status), "{what}: {}", answer.status);
        let page = browser.get(&format!("/classroom/{}", self.room)).await;
        assert_ne!(page.status, 200, "{what}");
        self.is_over(&cookie(&browser), what).await;
    }

    /// An entry leads nowhere.
    async fn is_over(&self, cookie: &str, what: &str) {
        let end = self.lesson.dial(cookie).await.end().await;
        let over = Closing::EntryOver;
        assert_eq!(end, (Some(over), Some(over.code())), "{what}");
    }

    /// Whoever comes as a stranger is one: no Host has let them in.
    async fn waits(&self, entering: Entering, what: &str) -> Line {
        assert_eq!(entering.answer.status, 303, "{what}: {}", entering.answer.body);
        let mut line = self.lesson.call(&cookie(&entering.browser)).await;
        line.see(|it| it.waits == Some((Refusal::AwaitingHost, None))).await;
        assert!(line.welcome.is_none(), "{what}");
        line
    }

    async fn ban(&mut self, name: &str) {
        let who = self.teacher.find(name);
        self.teacher.ask(Act::Ban { who }).await.unwrap();
    }

    async fn bans(&mut self) -> Vec<BanId> {
        self.teacher.ask(Act::Bans).await.unwrap();
        let heard = self.teacher.heard.iter().rev();
        let bans = heard.filter_map(|it| match it {
            ServerMessage::Bans { bans, .. } => Some(bans.iter().map(|it| it.id).collect()),
            _ => None,
        });
        bans.into_iter().next().unwrap()
    }

    async fn does(&self, path: &str, arguments: &[(&str, &str)]) {
        let answer = self.admin.script().post(path, arguments).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }

    /// What a user tries who is banned, by all that they held before and can come by.
    async fn a_user_tries(&self, held: &Held) {
        for old in [&held.dropped, &held.tab] {
            self.is_over(old, "what dropped comes back").await;
        }
        let same = Some(&held.browser);
        self.is_out(self.enters(same, &held.link, "").await, "the same link").await;
        self.is_out(self.enters(None, &held.link, "").await, "another device").await;
        let renewed = self.renewed(Some("S-1")).await;
        self.is_out(self.enters(same, &renewed, "").await, "a renewed link").await;
        self.a_teacher_tries().await;
        if let Some(shared) = &held.shared {
            let stranger = self.enters(same, shared, "Somebody else").await;
            self.is_out(stranger, "the shared link as a stranger").await;
        }
        let twice = [("room", self.room.as_str()), ("user_id", "S-1")];
        let host = [twice[0], twice[1], ("permission", "host")];
        let is_member = self
            .admin
            .script()
            .get(&format!("/api/rooms/members?room={}&term=&at=", self.room))
            .await;
        if is_member.body.contains("S-1") {
            self.does("/api/rooms/remove-member", &twice).await;
        }
        self.is_out(self.enters(same, &renewed, "").await, "taken off").await;
        self.does("/api/rooms/add-member", &host).await;
        let token = self.link(Some("S-1")).await;
        self.is_out(self.enters(same, &token, "").await, "specified again as Host").await;
        for active in ["false", "true"] {
            self.does("/api/users/set-active", &[("user_id", "S-1"), ("active", active)]).await;
            self.is_out(self.enters(same, &token, "").await, "deactivated and reactivated").await;
        }
        self.a_teacher_tries().await;
    }

    /// Whoever is banned is made a Teacher, signs in, and comes from the console.
    async fn a_teacher_tries(&self) {
        let form = [("nickname", "S-1"), ("permission", "host"), ("role", "teacher")];
        let saved = self.admin.clone().upload("/users/S-1", &form, None).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        self.lesson.house.db_give_password("S-1").await;
        let mut browser = self.lesson.house.visitor();
        assert_eq!(browser.sign_in("S-1", PASSWORD).await.status, 303);
        for way in ["own", "observe", "host"] {
            let answer = browser.post(&format!("/rooms/{}/enter", self.room), &[("as", way)]).await;
            self.is_out(Entering { browser: browser.clone(), answer }, way).await;
        }
    }
}

/// A browser in which somebody pressed Enter, and what came of it.
struct Entering {
    browser: Browser,
    answer: Answer,
}

/// What somebody has who was in.
struct Held {
    browser: Browser,
    link: EntryToken,
    shared: Option<EntryToken>,
    /// The cookies of a connection that dropped before, and of one that was open.
    dropped: String,
    tab: String,
}

async fn a_user_stays_out(room_type: RoomType) {
    let mut class = Class::new(room_type).await;
    let token = class.link(Some("S-1")).await;
    let shared = match room_type {
        RoomType::Private => None,
        RoomType::Public | RoomType::Open => Some(class.link(None).await),
    };
    let entered = class.enters(None, &token, "").await;
    let elsewhere = class.enters(None, &token, "").await;
    let (tab, dropped) = (cookie(&entered.browser), cookie(&elsewhere.browser));
    let mut lines = Vec::new();
    for cookie in [&tab, &tab, &dropped] {
        let mut line = class.lesson.call(cookie).await;
        line.see(Line::is_in).await;
        lines.push(line);
    }
    drop(lines.pop());
    class.teacher.see(|it| it.names() == ["T-1", "S-1"]).await;
    class.ban("S-1").await;
    for line in &mut lines {
        assert_eq!(line.end().await, (Some(Closing::Banned), Some(Closing::Banned.code())));
    }
    class.teacher.see(|it| it.names() == ["T-1"]).await;
    let held = Held { browser: entered.browser, link: token, shared, dropped, tab };
    class.a_user_tries(&held).await;
    let mut class = class.restart().await;
    class.a_user_tries(&held).await;
    assert_eq!(class.teacher.names(), ["T-1"]);
    let bans = class.bans().await;
    assert_eq!(bans.len(), 1);
    class.teacher.ask(Act::LiftBan { ban: bans[0] }).await.unwrap();
    let token = class.link(Some("S-1")).await;
    let back = class.enters(None, &token, "").await;
    assert_eq!(back.answer.status, 303, "{}", back.answer.body);
    let mut line = class.lesson.call(&cookie(&back.browser)).await;
    line.see(Line::is_in).await;
}

#[tokio::test]
async fn a_banned_person_stays_out_whatever_they_try() {
    for room_type in [RoomType::Private, RoomType::Public, RoomType::Open] {
        a_user_stays_out(room_type).await;
    }
}

/// Of somebody unknown nothing is left by which they could be told from others: all who come anew wait.
#[tokio::test]
async fn a_banned_guest_stays_out_whatever_they_try_and_others_stay_in() {
    let mut class = Class::new(RoomType::Open).await;
    let shared = class.link(None).await;
    let mut people = Vec::new();
    for name in ["Kim", "Lee", "Choi"] {
        let entered = class.enters(None, &shared, name).await;
        let mut line = class.lesson.call(&cookie(&entered.browser)).await;
        line.see(Line::is_in).await;
        people.push((entered.browser, line));
    }
    let [kim, lee, choi]: [_; 3] = people.try_into().ok().unwrap();
    let mut second_tab = class.lesson.call(&cookie(&kim.0)).await;
    second_tab.see(Line::is_in).await;
    // Lee is on the way back when Kim is banned.
    drop(lee.1);
    class.teacher.see(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    class.ban("Kim").await;
    for mut line in [kim.1, second_tab] {
        assert_eq!(line.end().await.0, Some(Closing::Banned));
    }
    let mut lee_again = class.lesson.call(&cookie(&lee.0)).await;
    lee_again.see(Line::is_in).await;
    let mut choi_line = choi.1;
    choi_line.see(|it| it.names() == ["T-1", "Choi", "Lee"]).await;

    let mut class = Some(class);
    for restarts in [true, false] {
        let now = class.as_mut().unwrap();
        now.is_over(&cookie(&kim.0), "what dropped comes back").await;
        let same = Some(&kim.0);
        now.is_out(now.enters(same, &shared, "Kim").await, "the same link").await;
        now.is_out(now.enters(None, &shared, "Kim").await, "another device").await;
        let token = now.link(None).await;
        for (browser, name) in [(same, "Kim"), (None, "Kim"), (None, "Somebody else")] {
            let line = now.waits(now.enters(browser, &token, name).await, name).await;
            now.teacher.see(|it| !it.view.scene.newcomers.is_empty()).await;
            drop(line);
            now.teacher.see(|it| it.view.scene.newcomers.is_empty()).await;
        }
        let renewed = now.renewed(None).await;
        drop(now.waits(now.enters(same, &renewed, "Kim").await, "a renewed link").await);
        if restarts {
            class = Some(class.take().unwrap().restart().await);
        }
    }
    let mut class = class.unwrap();
    let bans = class.bans().await;
    class.teacher.ask(Act::LiftBan { ban: bans[0] }).await.unwrap();
    let token = class.link(None).await;
    let mut line = class.waits(class.enters(None, &token, "Kim").await, "newcomers wait").await;
    class.teacher.see(|it| !it.view.scene.newcomers.is_empty()).await;
    class.teacher.ask(Act::LetNewcomersWait { on: false }).await.unwrap();
    line.see(Line::is_in).await;
}

#[tokio::test]
async fn the_page_of_the_room_lists_who_is_banned_for_its_owner_who_lifts_it() {
    let mut class = Class::new(RoomType::Private).await;
    let token = class.link(Some("S-1")).await;
    let form = [("nickname", "T-1"), ("permission", "host"), ("role", "teacher")];
    class.admin.clone().upload("/users/T-1", &form, None).await;
    class.lesson.house.db_give_password("T-1").await;
    let mut host = class.lesson.house.visitor();
    assert_eq!(host.sign_in("T-1", PASSWORD).await.status, 303);
    let path = format!("/rooms/{}", class.room);
    let about = format!("/api/rooms/about?room={}", class.room);
    for (lift, name) in [("/api/rooms/lift-ban", "ban"), ("/api/rooms/lift-ban-of", "user_id")] {
        let entered = class.enters(None, &token, "").await;
        let mut line = class.lesson.call(&cookie(&entered.browser)).await;
        line.see(Line::is_in).await;
        class.teacher.see(|it| it.names() == ["T-1", "S-1"]).await;
        class.ban("S-1").await;
        assert_eq!(line.end().await.0, Some(Closing::Banned));
        let banned = class.admin.script().get(&about).await.json()["banned"].clone();
        assert!(banned[0]["user_id"] == "S-1" && banned[0]["by"] == "T-1", "{banned}");
        let page = class.admin.get(&path).await.body;
        assert!(page.contains("Banned from this room") && page.contains("Lift ban"), "{page}");
        let id = banned[0]["id"].to_string();
        let arguments = [("room", &*class.room), (name, if name == "ban" { &*id } else { "S-1" })];
        // Whoever is only Host there lifts it in a meeting.
        assert_eq!(host.script().get(&about).await.json()["banned"], serde_json::json!([]));
        assert!(!host.get(&path).await.body.contains("Banned from this room"));
        assert_eq!(host.script().post(lift, &arguments).await.status, 403);
        class.is_out(class.enters(None, &token, "").await, "nothing is lifted").await;
        for _ in 0..2 {
            class.does(lift, &arguments).await;
        }
        assert!(!class.admin.get(&path).await.body.contains("Banned from this room"));
    }
    assert_eq!(class.enters(None, &token, "").await.answer.status, 303);
}
