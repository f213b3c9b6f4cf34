//! The doors of rooms: from a link, or from the console, into the classroom.

use axum::http::Method;
use domain::{
    Timestamp,
    entry_link::{EntryToken, LinkAct, LinkId},
};

use crate::{
    audit::entries,
    browser::{Answer, Browser},
    house::{House, PASSWORD},
    images::one_colour,
};

/// A school with a few students, who can't sign in, and a Teacher.
struct School {
    house: House,
    admin: Browser,
}

impl School {
    async fn new() -> Self {
        let house = House::new().await;
        let mut admin = house.admin().await;
        for (id, nickname) in [("S-1", "Sofia Rossi"), ("S-2", "Kim Jiho")] {
            let form = [("user_id", id), ("nickname", nickname)];
            admin.upload("/users/new", &form, Some(&one_colour(7))).await;
        }
        let form = [("user_id", "T-1"), ("nickname", "Mina Park"), ("role", "teacher")];
        admin.upload("/users/new", &form, None).await;
        house.db_give_password("T-1").await;
        let mut school = Self { house, admin };
        // Whatever the zone of the machine.
        school.settings(&[("time_zone", "UTC")]).await;
        school
    }

    async fn settings(&mut self, changed: &[(&str, &str)]) {
        let usual = [
            ("school", ""),
            ("time_zone", "UTC"),
            ("retention", "year"),
            ("notice", ""),
            ("language", "en"),
            ("teacher_rooms", ""),
            ("teacher_members", ""),
            ("teacher_capacity", ""),
        ];
        let of = |(name, usual)| {
            let changed = changed.iter().find(|it| it.0 == name);
            (name, changed.map_or(usual, |it| it.1))
        };
        assert_eq!(self.admin.post("/settings", &usual.map(of)).await.status, 303);
    }

    async fn teacher(&self) -> Browser {
        let mut teacher = self.house.visitor();
        assert_eq!(teacher.sign_in("T-1", PASSWORD).await.status, 303);
        teacher
    }

    /// A room of the Admin's, with further fields of its form.
    async fn room(&mut self, more: &[(&str, &str)]) -> String {
        let form = [&[("name", "Algebra II")], more].concat();
        let made = self.admin.post("/rooms/new", &form).await;
        assert_eq!(made.status, 303, "{}", made.body);
        made.location().split(['/', '?']).nth(2).unwrap().to_owned()
    }

    /// A room for which S-1 is specified, and the token of their link.
    async fn private(&mut self) -> (String, EntryToken) {
        let room = self.room(&[("member", "S-1"), ("permission", "guest")]).await;
        let token = self.house.db_link(&room, Some("S-1")).await;
        (room, token)
    }

    async fn shared(&mut self, room_type: &str) -> (String, EntryToken) {
        let room = self.room(&[("type", room_type)]).await;
        let token = self.house.db_link(&room, None).await;
        (room, token)
    }

    async fn edit(&mut self, room: &str, changed: &[(&str, &str)]) {
        let of = |name, otherwise| {
            let found = changed.iter().find(|it| it.0 == name);
            (name, found.map_or(otherwise, |it| it.1))
        };
        let form = [
            of("name", "Algebra II"),
            of("type", "private"),
            of("capacity", ""),
            of("time_limit", ""),
            of("opens", ""),
            of("closes", ""),
        ];
        let saved = self.admin.post(&format!("/rooms/{room}/settings"), &form).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
    }

    async fn call(&self, path: &str, arguments: &[(&str, &str)]) {
        let answer = self.admin.script().post(path, arguments).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// How many of these rooms a browser has entered.
    async fn entries_of(&self, browser: &Browser, rooms: &[&str]) -> usize {
        let mut entries = 0;
        for room in rooms {
            let status = browser.clone().get(&format!("/classroom/{room}")).await.status;
            entries += usize::from(status == 200);
        }
        entries
    }
}

fn door(token: &EntryToken) -> String {
    format!("/door/{}", token.id())
}

/// Opens a link, and then what it leads to.
async fn open(browser: &mut Browser, token: &EntryToken) -> Answer {
    let led = browser.get(&format!("/e/{}", token.reveal())).await;
    assert_eq!((led.status, led.location()), (303, &*door(token)));
    browser.get(led.location()).await
}

/// Presses Enter at the door of a link.
async fn enter(browser: &mut Browser, token: &EntryToken, pairs: &[(&str, &str)]) -> Answer {
    browser.post(&door(token), pairs).await
}

/// What the ways in send, in their order, that as Host by its question; and what the pills beside them say.
fn ways(answer: &Answer) -> (Vec<&str>, Vec<&str>) {
    let after = |what: &'static str| {
        answer.body.split(what).skip(1).filter_map(|it| it.split(['"', ' ']).next())
    };
    let asks = answer.body.contains("?as=host").then_some("host");
    let sent = after("name=\"as\" value=\"").chain(asks).collect();
    (sent, after("class=\"pill pill--").collect())
}

/// What a button says that sends that.
fn button(answer: &Answer, enter_as: &str) -> Option<String> {
    let sent = format!("name=\"as\" value=\"{enter_as}\"");
    let form = answer.body.split("<form").find(|it| it.contains(&sent))?;
    let label = form.split("<button").nth(1)?.split('>').nth(1)?;
    Some(label.split('<').next()?.to_owned())
}

#[tokio::test]
async fn a_link_leads_to_its_door_and_enter_leads_into_the_classroom() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let mut sofia = school.house.visitor();
    let shown = open(&mut sofia, &token).await;
    assert_eq!(shown.status, 200);
    for words in [
        "Algebra II",
        "Sofia Rossi",
        "S-1",
        "Guest",
        "Others will see this nickname and profile image.",
        "Administrators of this school may observe meetings",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert_eq!(button(&shown, "link").as_deref(), Some("Enter"));
    let image = sofia.get(&format!("{}/image", door(&token))).await;
    assert_eq!((image.status, image.header("content-type")), (200, "image/jpeg"));
    let classroom = format!("/classroom/{room}");
    assert_eq!(sofia.get(&classroom).await.location(), "/door/again", "nobody has entered");
    let entered = enter(&mut sofia, &token, &[("as", "link")]).await;
    assert_eq!((entered.status, entered.location()), (303, &*classroom));
    assert_eq!(sofia.get(&classroom).await.status, 200);
    for of in [&classroom, "/classroom/000000000000", "/classroom/x"] {
        let answer = school.house.visitor().get(of).await;
        assert_eq!((answer.status, answer.location()), (303, "/door/again"), "{of}");
    }
    let again = sofia.get("/door/again").await;
    assert_eq!(again.status, 404);
    assert!(again.body.contains("Open your link again"), "{}", again.body);
    assert_eq!(school.admin.get(&classroom).await.location(), format!("/rooms/{room}/enter"));
    let left = sofia.post(&format!("{classroom}/leave"), &[]).await;
    assert_eq!((left.status, left.location()), (303, "/left"));
    assert!(sofia.get("/left").await.body.contains("open your link again"));
    assert_eq!(sofia.get(&classroom).await.location(), "/door/again", "they have left");
    let again = sofia.post(&format!("{classroom}/leave"), &[]).await;
    assert_eq!((again.status, again.location()), (303, "/left"));
}

#[tokio::test]
async fn opening_a_link_uses_nothing_up_signs_nobody_in_and_keeps_nothing() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let before = entries(&school.admin, "search=&at=").await;
    let mut sofia = school.house.visitor();
    for _ in 0..10 {
        assert_eq!(open(&mut sofia, &token).await.status, 200);
        assert_eq!(sofia.get(&format!("{}/image", door(&token))).await.status, 200);
    }
    assert_eq!(school.entries_of(&sofia, &[&room]).await, 0);
    assert!(sofia.cookies.is_empty(), "but for that of the door");
    let head = sofia.send(Method::HEAD, &format!("/e/{}", token.reveal()), None, "".into()).await;
    assert_eq!(head.status, 303);
    assert_eq!(entries(&school.admin, "search=&at=").await, before);
    assert_eq!(sofia.get("/rooms").await.location(), "/sign-in?next=%2Frooms");
    // Its door is nobody's who didn't open it.
    let mut other = school.house.visitor();
    let closed = other.get(&door(&token)).await;
    assert_eq!(closed.status, 404);
    assert!(closed.body.contains("Open your link again") && !closed.body.contains("Algebra"));
    assert_eq!(other.get(&format!("{}/image", door(&token))).await.status, 404);
    let sent = enter(&mut other, &token, &[("as", "link")]).await;
    assert_eq!((sent.status, sent.location()), (303, &*door(&token)));
    assert_eq!(enter(&mut other.script(), &token, &[("as", "link")]).await.status, 404);
    assert!(other.cookies.is_empty());
}

#[tokio::test]
async fn what_stands_in_a_link_stays_nowhere() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let secret = token.reveal();
    let mut sofia = school.house.visitor();
    let mut answers = Vec::new();
    let led = sofia.get(&format!("/e/{secret}")).await;
    assert_eq!(led.header("referrer-policy"), "no-referrer");
    assert!(!led.location().contains(&secret), "it leaves the address bar");
    let cookie = led.header("set-cookie");
    assert!(
        cookie.starts_with(&format!("rollcall_door={secret}; HttpOnly; SameSite=Lax; Path=/door/"))
    );
    assert!(cookie.ends_with(&format!("Path={}; Max-Age=900", door(&token))), "{cookie}");
    answers.push(sofia.get(&door(&token)).await);
    answers.push(enter(&mut sofia, &token, &[("as", "host")]).await);
    answers.push(sofia.clone().script().post(&door(&token), &[("as", "host")]).await);
    answers.push(enter(&mut sofia, &token, &[("as", "link")]).await);
    answers.push(sofia.get(&format!("/classroom/{room}")).await);
    answers.push(sofia.get("/left").await);
    let last = if secret.ends_with('x') { 'y' } else { 'x' };
    let wrong = format!("{}{last}", &secret[..secret.len() - 1]);
    answers.push(sofia.get(&format!("/e/{wrong}")).await);
    assert_eq!(answers.last().unwrap().header("referrer-policy"), "no-referrer");
    school.call("/api/rooms/set-ended", &[("room", &room), ("ended", "true")]).await;
    answers.push(enter(&mut sofia, &token, &[("as", "link")]).await);
    answers.push(school.admin.get("/audit").await);
    answers.push(school.admin.get("/audit.csv").await);
    for answer in &answers {
        let told = format!("{:?} {}", answer.headers, answer.body);
        for part in [&secret, &wrong, &secret[15..41].to_owned()] {
            assert!(!told.contains(part.as_str()), "{told}");
        }
    }
}

#[tokio::test]
async fn a_link_that_never_was_leads_nowhere_and_a_slip_never_reaches_the_database() {
    let mut school = School::new().await;
    let (_, token) = school.private().await;
    let good = token.reveal();
    let slip = good.replace("rc1", "rc2");
    let unknown = EntryToken::new(LinkId::from_bits(7), *token.secret()).reveal();
    let guessed = EntryToken::new(token.id().clone(), [7; EntryToken::SECRET_BYTES]).reveal();
    let mut visitor = school.house.visitor();
    for wrong in [&*slip, &unknown, &guessed, "%ff", "x", &good[1..], &format!("{good}0")] {
        let answer = visitor.get(&format!("/e/{wrong}")).await;
        assert_eq!(answer.status, 404, "{wrong}");
        assert!(visitor.of_paths.is_empty(), "{wrong}");
    }
    // Typed off paper, in capitals and with look-alikes.
    let typed = good.to_uppercase().replace('0', "O").replace('1', "I");
    assert_eq!(visitor.get(&format!("/e/{typed}")).await.location(), door(&token));
    // A cookie that somebody made up opens no door.
    for wrong in [&slip, &unknown, &guessed] {
        let id = if *wrong == unknown { LinkId::from_bits(7) } else { token.id().clone() };
        let path = format!("/door/{id}");
        let mut forger = school.house.visitor();
        forger.cookies.insert("rollcall_door".to_owned(), wrong.clone());
        assert_eq!(forger.get(&path).await.status, 404, "{wrong}");
        assert_eq!(forger.get(&format!("{path}/image")).await.status, 404, "{wrong}");
        let status = forger.script().post(&path, &[("as", "link")]).await.status;
        assert_eq!(status, 404, "{wrong}");
    }
    school.house.backend.close().await;
    assert_eq!(visitor.get(&format!("/e/{slip}")).await.status, 404, "no database was asked");
    assert!(visitor.get(&format!("/e/{unknown}")).await.status >= 500, "this one was looked for");
}

#[tokio::test]
async fn whoever_tries_links_is_told_to_stop_and_keeps_nobody_out() {
    let mut school = School::new().await;
    let (_, token) = school.private().await;
    let unknown = EntryToken::new(LinkId::from_bits(7), *token.secret()).reveal();
    let mut stranger = school.house.visitor();
    stranger.peer = ([198, 51, 100, 7], 50_000).into();
    for number in 0..60 {
        let path = if number % 2 == 0 { format!("/e/{unknown}") } else { "/e/x".to_owned() };
        assert_eq!(stranger.get(&path).await.status, 404, "{number}");
    }
    for path in [format!("/e/{unknown}"), "/e/x".to_owned()] {
        assert_eq!(stranger.get(&path).await.status, 429);
    }
    let mut forger = stranger.clone();
    forger.cookies.insert("rollcall_door".to_owned(), unknown.clone());
    let made_up = format!("/door/{}", LinkId::from_bits(7));
    assert_eq!(forger.get(&made_up).await.status, 429);
    assert_eq!(forger.post(&made_up, &[("as", "link")]).await.status, 429);
    assert_eq!(open(&mut stranger, &token).await.status, 200, "a good link opens all the same");
    assert_eq!(school.house.visitor().get("/e/x").await.status, 404, "from elsewhere");
    school.house.clock.advance(1);
    assert_eq!(stranger.get("/e/x").await.status, 404);
    assert_eq!(stranger.get("/e/x").await.status, 429);
}

#[tokio::test]
async fn every_refusal_says_why_and_what_to_do() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let refused = async |school: &School, why: &str, what: &str| {
        let mut sofia = school.house.visitor();
        let shown = open(&mut sofia, &token).await;
        assert_eq!(shown.status, 200, "{why}");
        for words in [why, what, "Algebra II", "may observe meetings"] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        assert_eq!(button(&shown, "link"), None, "{why}");
        let image = sofia.get(&format!("{}/image", door(&token))).await;
        assert_eq!(image.status, 404, "{why}");
        let sent = enter(&mut sofia, &token, &[("as", "link")]).await;
        assert_eq!(sent.status, 422, "{why}");
        assert!(sent.body.contains(why) && sent.body.contains(what), "{}", sent.body);
        assert!(sofia.cookies.is_empty(), "{why}");
        let script = enter(&mut sofia.script(), &token, &[("as", "link")]).await;
        assert_eq!((script.status, &*script.body), (422, r#"{"refused":[["as","choice"]]}"#));
    };
    let house = &school.house;
    let past = Timestamp::from_micros(1_600_000_000_000_000);
    house.db_change_link(&room, Some("S-1"), LinkAct::Expire(Some(past))).await;
    refused(&school, "This link has expired.", "Ask your teacher for a new one.").await;
    school.house.db_change_link(&room, Some("S-1"), LinkAct::Expire(None)).await;
    school.house.db_change_link(&room, Some("S-1"), LinkAct::Revoke).await;
    refused(&school, "renewed or revoked.", "Ask your teacher for the new one.").await;
    school.house.db_change_link(&room, Some("S-1"), LinkAct::Allow).await;
    let ended = |it| [("room", room.clone()), ("ended", String::from(it))];
    let [a, b] = &ended("true");
    school.call("/api/rooms/set-ended", &[(a.0, &a.1), (b.0, &b.1)]).await;
    refused(&school, "This room has ended.", "until it is reopened").await;
    let [a, b] = &ended("false");
    school.call("/api/rooms/set-ended", &[(a.0, &a.1), (b.0, &b.1)]).await;
    let active = |it| [("user_id", "S-1"), ("active", it)];
    school.call("/api/users/set-active", &active("false")).await;
    refused(&school, "You are deactivated.", "Ask an administrator").await;
    school.call("/api/users/set-active", &active("true")).await;
    school.edit(&room, &[("closes", "2023-11-14T22:00")]).await;
    refused(&school, "It closed at 22:00 (UTC).", "when it opens again").await;
    school.edit(&room, &[]).await;
    let gone = [("room", &*room), ("user_id", "S-1")];
    school.call("/api/rooms/remove-member", &gone).await;
    refused(&school, "and you are not among them.", "Ask your teacher to add you.").await;
}

#[tokio::test]
async fn whoever_only_has_to_wait_enters_and_waits() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    school.edit(&room, &[("opens", "2023-11-15T09:00"), ("closes", "")]).await;
    let mut sofia = school.house.visitor();
    let shown = open(&mut sofia, &token).await;
    for words in ["It opens at 2023-11-15 09:00 (UTC).", "It lets you in by itself then.", "Guest"]
    {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert_eq!(button(&shown, "link").as_deref(), Some("Enter"));
    let entered = enter(&mut sofia, &token, &[("as", "link")]).await;
    assert_eq!((entered.status, entered.location()), (303, &*format!("/classroom/{room}")));
    assert_eq!(school.entries_of(&sofia, &[&room]).await, 1);
}

#[tokio::test]
async fn somebody_unknown_says_a_name_where_anyone_with_the_link_may_enter() {
    let mut school = School::new().await;
    let (room, token) = school.shared("open").await;
    let mut kim = school.house.visitor();
    let shown = open(&mut kim, &token).await;
    assert!(shown.body.contains("Your name") && shown.body.contains("name=\"nickname\""));
    assert_eq!(ways(&shown), (vec!["link"], vec!["guest"]));
    for (typed, problem) in [("", "Fill this in."), (" ", "Fill this in."), ("Kim\u{202e}", "see")]
    {
        let refused = enter(&mut kim, &token, &[("as", "link"), ("nickname", typed)]).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert!(refused.body.contains(problem), "{typed}: {}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{typed}");
    }
    assert!(kim.cookies.is_empty());
    let named = [("as", "link"), ("nickname", "Kim <b>")];
    assert_eq!(enter(&mut kim, &token, &named).await.location(), format!("/classroom/{room}"));
    assert_eq!(school.entries_of(&kim, &[&room]).await, 1);
    let (_, token) = school.shared("public").await;
    let refused = open(&mut kim, &token).await;
    assert!(refused.body.contains("Only users of this school may enter."));
    let sign_in = format!("/sign-in?next=%2Fdoor%2F{}", token.id());
    assert!(refused.body.contains(&sign_in), "{}", refused.body);
    assert_eq!(enter(&mut kim, &token, &named).await.status, 422);
}

#[tokio::test]
async fn two_links_in_two_tabs_do_not_mix() {
    let mut school = School::new().await;
    let (one, sofias) = school.private().await;
    let two = school.room(&[("name", "Chess"), ("member", "S-2"), ("permission", "host")]).await;
    let kims = school.house.db_link(&two, Some("S-2")).await;
    let mut browser = school.house.visitor();
    open(&mut browser, &sofias).await;
    open(&mut browser, &kims).await;
    let (first, second) = (browser.get(&door(&sofias)).await, browser.get(&door(&kims)).await);
    assert!(first.body.contains("Sofia Rossi") && !first.body.contains("Kim Jiho"));
    assert!(second.body.contains("Kim Jiho") && !second.body.contains("Sofia Rossi"));
    let entered = enter(&mut browser, &sofias, &[("as", "link")]).await;
    assert_eq!(entered.location(), format!("/classroom/{one}"));
    let entered = enter(&mut browser, &kims, &[("as", "link")]).await;
    assert_eq!(entered.location(), format!("/classroom/{two}"));
    assert_eq!(browser.cookies.len(), 1, "one name for the browser, whatever it enters");
    assert_eq!(school.entries_of(&browser, &[&one, &two]).await, 2);
    browser.post(&format!("/classroom/{one}/leave"), &[]).await;
    assert_eq!(school.entries_of(&browser, &[&one, &two]).await, 1);
    // The cookie of one door at another opens neither.
    let mut mixed = school.house.visitor();
    mixed.cookies.insert("rollcall_door".to_owned(), sofias.reveal());
    assert_eq!(mixed.get(&door(&kims)).await.status, 404);
}

#[tokio::test]
async fn whoever_left_must_open_the_link_again() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let (_, others) = school.shared("open").await;
    let mut sofia = school.house.visitor();
    open(&mut sofia, &others).await;
    open(&mut sofia, &token).await;
    enter(&mut sofia, &token, &[("as", "link")]).await;
    let left = sofia.post(&format!("/classroom/{room}/leave"), &[]).await;
    let closed = left.header("set-cookie");
    assert!(closed.starts_with("rollcall_door=; HttpOnly; SameSite=Lax; Path=/door/"), "{closed}");
    // Whoever sits there next goes back.
    let back = sofia.get(&door(&token)).await;
    assert_eq!(back.status, 404);
    assert!(back.body.contains("Open your link again") && !back.body.contains("Sofia"));
    assert_eq!(enter(&mut sofia.script(), &token, &[("as", "link")]).await.status, 404);
    assert_eq!(school.entries_of(&sofia, &[&room]).await, 0);
    assert_eq!(sofia.get(&door(&others)).await.status, 200, "another door stays as it is");
    open(&mut sofia, &token).await;
    assert_eq!(enter(&mut sofia, &token, &[("as", "link")]).await.status, 303);
}

#[tokio::test]
async fn a_copied_cookie_is_nobody_once_somebody_else_enters() {
    let mut school = School::new().await;
    let (one, sofias) = school.private().await;
    let two = school.room(&[("member", "S-2"), ("permission", "guest")]).await;
    let kims = school.house.db_link(&two, Some("S-2")).await;
    let mut shared = school.house.visitor();
    open(&mut shared, &sofias).await;
    enter(&mut shared, &sofias, &[("as", "link")]).await;
    let copied = shared.clone();
    assert_eq!(school.entries_of(&copied, &[&one]).await, 1);
    open(&mut shared, &kims).await;
    enter(&mut shared, &kims, &[("as", "link")]).await;
    assert_eq!(school.entries_of(&copied, &[&one, &two]).await, 0);
    assert_eq!(school.entries_of(&shared, &[&one, &two]).await, 2);
    // Whoever is known by a cookie alone is nobody to whoever has copied it before, by whatever name.
    let (open_room, link) = school.shared("open").await;
    open(&mut shared, &link).await;
    enter(&mut shared, &link, &[("as", "link"), ("nickname", "Kim")]).await;
    let copied = shared.clone();
    enter(&mut shared, &link, &[("as", "link"), ("nickname", "Kim")]).await;
    assert_eq!(school.entries_of(&copied, &[&open_room]).await, 0);
    assert_eq!(school.entries_of(&shared, &[&open_room]).await, 1);
}

#[tokio::test]
async fn the_link_wins_over_who_is_signed_in_who_is_told_and_chooses() {
    let mut school = School::new().await;
    let members =
        [("member", "S-1"), ("permission", "guest"), ("member", "T-1"), ("permission", "host")];
    let room = school.room(&members).await;
    let token = school.house.db_link(&room, Some("S-1")).await;
    let mut mina = school.teacher().await;
    let shown = open(&mut mina, &token).await;
    let words = "This link is for Sofia Rossi. You are signed in as Mina Park.";
    assert!(shown.body.contains(words), "{}", shown.body);
    assert_eq!(button(&shown, "link").as_deref(), Some("Enter as Sofia Rossi"));
    assert_eq!(button(&shown, "me").as_deref(), Some("Enter as Mina Park"));
    let who = async |browser: &Browser| {
        let secret = browser.cookies["rollcall_entry"].clone();
        let room = domain::RoomId::parse(&room).unwrap();
        let entrant = school.house.backend.door.entrant(&secret, &room).await.unwrap().unwrap();
        format!("{:?}", entrant.who())
    };
    for (enter_as, id) in [("link", "S-1"), ("me", "T-1")] {
        let entered = enter(&mut mina, &token, &[("as", enter_as)]).await;
        assert_eq!(entered.location(), format!("/classroom/{room}"));
        assert!(who(&mina).await.contains(id), "{}", who(&mina).await);
    }
    // Nobody is who they aren't.
    let mut sofia = school.house.visitor();
    open(&mut sofia, &token).await;
    assert_eq!(enter(&mut sofia, &token, &[("as", "me")]).await.status, 404);
    for wrong in ["own", "observe", "host", "admin", ""] {
        assert_eq!(enter(&mut mina, &token, &[("as", wrong)]).await.status, 422, "{wrong}");
    }
    let more = [("as", "link"), ("permission", "host")];
    assert_eq!(enter(&mut sofia, &token, &more).await.status, 400, "unknown fields are refused");
    assert!(sofia.cookies.is_empty());
}

#[tokio::test]
async fn whoever_is_signed_in_is_offered_no_way_that_is_none() {
    let mut school = School::new().await;
    let (_, token) = school.private().await;
    let mut mina = school.teacher().await;
    let shown = open(&mut mina, &token).await;
    assert!(shown.body.contains("You are signed in as Mina Park."));
    assert_eq!(button(&shown, "me"), None, "the room is none of hers");
    assert_eq!(button(&shown, "link").as_deref(), Some("Enter"));
    assert_eq!(enter(&mut mina, &token, &[("as", "me")]).await.status, 404);
    // An Admin may enter every room, here unseen.
    let shown = open(&mut school.admin.clone(), &token).await;
    assert_eq!(button(&shown, "me").as_deref(), Some("Enter as Hana Lee"), "it is her room");
    let (_, token) = school.shared("open").await;
    let shown = open(&mut mina, &token).await;
    assert_eq!(button(&shown, "me").as_deref(), Some("Enter as Mina Park"));
    assert_eq!(button(&shown, "link").as_deref(), Some("Enter with this name"));
    assert!(shown.body.find("value=\"me\"") < shown.body.find("value=\"link\""));
}

#[tokio::test]
async fn who_is_signed_in_enters_from_the_console() {
    let mut school = School::new().await;
    let room = school.room(&[("member", "T-1"), ("permission", "host")]).await;
    let mut mina = school.teacher().await;
    let path = format!("/rooms/{room}/enter");
    let shown = mina.get(&path).await;
    assert!(shown.body.contains("Mina Park") && shown.body.contains("Host"));
    assert_eq!(button(&shown, "own").as_deref(), Some("Enter"));
    assert_eq!((button(&shown, "observe"), button(&shown, "host")), (None, None));
    let asked = mina.get(&format!("{path}?as=host")).await;
    assert_eq!(button(&asked, "host"), None, "that is for Admins");
    for wrong in ["link", "me", ""] {
        assert_eq!(mina.post(&path, &[("as", wrong)]).await.status, 422, "{wrong}");
    }
    assert!(!mina.cookies.contains_key("rollcall_entry"));
    assert_eq!(mina.post(&path, &[("as", "own")]).await.location(), format!("/classroom/{room}"));
    assert_eq!(mina.get(&format!("/classroom/{room}")).await.status, 200);
    // Signed out, the entry is gone.
    mina.post("/sign-out", &[]).await;
    assert_eq!(mina.get(&format!("/classroom/{room}")).await.location(), "/door/again");
    let led = mina.get(&path).await;
    assert_eq!(
        (led.status, led.location()),
        (303, &*format!("/sign-in?next=%2Frooms%2F{room}%2Fenter"))
    );
    let other = school.room(&[]).await;
    let mut mina = school.teacher().await;
    for room in [&*other, "nothing", "000000000000"] {
        let path = format!("/rooms/{room}/enter");
        assert_eq!(mina.get(&path).await.status, 404, "{room}");
        assert_eq!(mina.post(&path, &[("as", "own")]).await.status, 404, "{room}");
        assert_eq!(mina.get(&format!("/classroom/{room}")).await.status, 404, "{room}");
    }
}

#[tokio::test]
async fn an_admin_observes_or_enters_as_host_once_asked_and_on_record() {
    let mut school = School::new().await;
    let mut mina = school.teacher().await;
    let made = mina.post("/rooms/new", &[("name", "Biology")]).await;
    let room = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
    let path = format!("/rooms/{room}/enter");
    let shown = school.admin.get(&path).await;
    assert_eq!(button(&shown, "observe").as_deref(), Some("Observe"));
    assert!(shown.body.contains("Nobody in the room will see you."));
    assert_eq!((button(&shown, "own"), button(&shown, "host")), (None, None));
    assert!(shown.body.contains(&format!("href=\"{path}?as=host\"")), "{}", shown.body);
    let asked = school.admin.get(&format!("{path}?as=host")).await;
    assert_eq!(button(&asked, "host").as_deref(), Some("Enter as Host"));
    assert!(asked.body.contains("Everybody will see you as Host."));
    let on_record = async |school: &School| {
        let log = entries(&school.admin, "search=&at=").await;
        log.iter().filter(|it| it["action"] == "entry.host").count()
    };
    let observed = school.admin.post(&path, &[("as", "observe")]).await;
    assert_eq!(observed.location(), format!("/classroom/{room}"));
    assert_eq!(on_record(&school).await, 0);
    let entered = school.admin.post(&path, &[("as", "host")]).await;
    assert_eq!(entered.location(), format!("/classroom/{room}"));
    assert_eq!(on_record(&school).await, 1);
    // In their own room they are Host anyway.
    let own = school.room(&[]).await;
    let shown = school.admin.get(&format!("/rooms/{own}/enter")).await;
    assert_eq!(button(&shown, "own").as_deref(), Some("Enter"));
    assert_eq!(ways(&shown), (vec!["own", "observe"], vec!["host", "monitoring"]));
}

#[tokio::test]
async fn an_admin_first_observes_whatever_the_room_of_another_makes_of_them() {
    let school = School::new().await;
    let (mut mina, mut admin) = (school.teacher().await, school.admin.clone());
    let mut shown = async |more: &[(&str, &str)]| {
        let form = [&[("name", "Biology")], more].concat();
        let made = mina.post("/rooms/new", &form).await;
        let room = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
        admin.get(&format!("/rooms/{room}/enter")).await
    };
    let member = |permission| [("member", "A-hana"), ("permission", permission)];
    // By default this Admin observes, which is offered once.
    for form in [&[("type", "public")][..], &[("type", "open")], &member("monitoring")] {
        let door = shown(form).await;
        let expected = (vec!["observe", "host"], vec!["monitoring", "host"]);
        assert_eq!(ways(&door), expected, "{form:?}");
        assert_eq!(door.body.matches("button--primary").count(), 1, "{form:?}");
    }
    let door = shown(&member("guest")).await;
    let expected = (vec!["observe", "own", "host"], vec!["monitoring", "guest", "host"]);
    assert_eq!(ways(&door), expected);
    let filled = door.body.split("button--primary").nth(1).unwrap();
    assert_eq!(filled.split(['>', '<']).nth(1), Some("Observe"));
    assert_eq!(button(&door, "own").as_deref(), Some("Enter"));
    let door = shown(&member("host")).await;
    assert_eq!(ways(&door), (vec!["observe", "own"], vec!["monitoring", "host"]));
}

#[tokio::test]
async fn another_site_has_nobody_enter_or_leave() {
    let mut school = School::new().await;
    let (room, token) = school.private().await;
    let mut sofia = school.house.visitor();
    open(&mut sofia, &token).await;
    let mut lured = sofia.with("sec-fetch-site", "cross-site");
    assert_eq!(enter(&mut lured, &token, &[("as", "link")]).await.status, 403);
    assert_eq!(school.entries_of(&lured, &[&room]).await, 0);
    enter(&mut sofia, &token, &[("as", "link")]).await;
    let mut lured = sofia.with("sec-fetch-site", "cross-site");
    assert_eq!(lured.post(&format!("/classroom/{room}/leave"), &[]).await.status, 403);
    assert_eq!(school.entries_of(&sofia, &[&room]).await, 1);
    let image = format!("{}/image", door(&token));
    assert_eq!(lured.get(&image).await.status, 403);
}

#[tokio::test]
async fn the_door_says_what_the_school_says() {
    let mut school = School::new().await;
    let (_, token) = school.private().await;
    let said = [
        ("school", "Hana Academy"),
        ("time_zone", "Asia/Seoul"),
        ("notice", "The head may look in."),
    ];
    school.settings(&said).await;
    let mut sofia = school.house.visitor();
    let shown = open(&mut sofia, &token).await;
    assert!(shown.body.contains("Hana Academy") && shown.body.contains("The head may look in."));
    assert!(!shown.body.contains("Administrators of this school may observe"));
    let korean = sofia.with("accept-language", "ko").get(&door(&token)).await;
    assert!(korean.body.contains("입장") && korean.body.contains("The head may look in."));
}
