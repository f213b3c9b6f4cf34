//! Bans and the other errands of a meeting, within transactions such as orders have them in.

mod seats;

use std::sync::Arc;

use domain::{
    ConsoleRole, EntryPermission, Nickname, Password, RoomId, RoomName, RoomType, Timestamp,
    UserId,
    classroom::{Ban, BanId, Identity},
    entry::{Intent, Refusal},
    history::{Deed, DoorDeed},
    room::{RoomDraft, RoomLimits, Specified},
    user::UserProfile,
};
use tempfile::TempDir;

use super::{
    door::{Comer, EnterRefusal, Entrant},
    errands::{self, Banned, Banning, Doer},
};
use crate::{
    Backend, Config, InternalKind,
    accounts::{Admin, Context, NewAdmin, Session},
    clock::{Clock, ManualClock},
    entry::{EntryId, Inside},
    links::Whose,
    rooms::{RoomOwner, RoomReader},
    store::{self, Tx, rooms},
    users::ImageChange,
};

const PASSWORD: &str = "correct horse";

/// A school of its own, with an Admin who owns all rooms.
pub(super) struct School {
    pub(super) backend: Backend,
    clock: Arc<ManualClock>,
    admin: Admin,
    context: Context,
    _folder: TempDir,
}

fn user_id(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}

fn name(raw: &str) -> Nickname {
    Nickname::parse(raw).unwrap()
}

fn user(id: &str) -> Identity {
    Identity::User(user_id(id))
}

fn profile(id: &str, role: ConsoleRole) -> UserProfile {
    let permission = EntryPermission::Guest;
    UserProfile { nickname: name(id), permission, groups: Vec::new(), role }
}

impl School {
    pub(super) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_800_000_000_000_000)));
        let config = Config { data_dir: folder.path().to_owned(), database_url: None };
        let backend = Backend::open_with_clock(config, clock.clone()).await.unwrap();
        let [request_id, address, browser] = ["r-1", "10.0.0.1", "test"].map(str::to_owned);
        let context = Context { request_id, address, browser };
        let link = backend.accounts.setup_link().await.unwrap().unwrap();
        let password = Password::parse(PASSWORD, None).unwrap();
        let new = NewAdmin { user_id: user_id("A-hana"), nickname: name("A-hana"), password };
        let made = backend.accounts.create_first_admin(link.reveal(), &new, &context).await;
        let session = backend.accounts.session(made.unwrap().reveal(), context.clone()).await;
        let admin = session.unwrap().unwrap().admin().unwrap();
        Self { backend, clock, admin, context, _folder: folder }
    }

    async fn user(&self, id: &str, role: ConsoleRole) {
        let users = &self.backend.users;
        users.create(&self.admin, &user_id(id), &profile(id, role), None).await.unwrap();
    }

    /// A room in which each of these students is a member.
    pub(super) async fn room(&self, room_type: RoomType, members: &[&str]) -> RoomId {
        for id in members {
            self.user(id, ConsoleRole::None).await;
        }
        let specified = |id: &&str| Specified { user_id: user_id(id), permission: None };
        let draft = RoomDraft {
            name: RoomName::parse("Algebra").unwrap(),
            room_type,
            limits: RoomLimits::default(),
            members: members.iter().map(specified).collect(),
        };
        self.backend.rooms.create(&self.admin, &draft).await.unwrap()
    }

    async fn owner(&self, room: &RoomId) -> RoomOwner {
        self.backend.rooms.owner(&self.admin, room).await.unwrap()
    }

    async fn reader(&self, room: &RoomId) -> RoomReader {
        self.backend.rooms.reader(&self.admin, room).await.unwrap()
    }

    /// Presses Enter at the door of the link of a user, or of the shared one with a name.
    async fn enter(&self, room: &RoomId, id: Option<&str>) -> Result<Entrant, EnterRefusal> {
        let whose = id.map_or(Whose::Everybody, |id| Whose::User(user_id(id)));
        let token = self.backend.links.show(&self.owner(room).await, &whose).await.unwrap().token;
        let comer = Comer::ByLink { token: &token, context: &self.context };
        let typed = name("Kim");
        let door = &self.backend.door;
        let entered = door.enter(comer, None, Some(&typed), |_, _| Inside::default()).await?;
        let cookie = entered.cookie.unwrap();
        Ok(door.entrant(cookie.reveal(), room).await.unwrap().unwrap())
    }

    /// Why somebody is refused who comes anew.
    async fn refused(&self, room: &RoomId, id: Option<&str>) -> Option<Refusal> {
        match self.enter(room, id).await {
            Ok(entrant) => self.answer(entrant.entry(), false).await.unwrap().err(),
            Err(EnterRefusal::Refused(why)) => Some(why),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// What the rule says of an entry; nothing where it has ended.
    async fn answer(
        &self,
        entry: EntryId,
        seated: bool,
    ) -> Option<Result<EntryPermission, Refusal>> {
        let held = self.backend.entry.held(&[entry]).await.unwrap().pop()?;
        let inside = Inside { seated, ..Inside::default() };
        held.may_enter(inside).map(|it| it.map(|it| it.permission))
    }

    /// A teacher who is signed in.
    async fn teacher(&self, id: &str) -> Session {
        self.user(id, ConsoleRole::Teacher).await;
        let accounts = &self.backend.accounts;
        let password = Password::parse(PASSWORD, None).unwrap();
        accounts.reset_password(&self.admin, &user_id(id), &password).await.unwrap();
        let secret = accounts.sign_in(id, PASSWORD, &self.context).await.unwrap();
        accounts.session(secret.reveal(), self.context.clone()).await.unwrap().unwrap()
    }

    /// Begins a transaction as an order in that room does.
    async fn begin(&self, room: &RoomId) -> (Tx, i64) {
        let mut tx = self.backend.store.begin().await.unwrap();
        let number = rooms::find(&mut tx, room).await.unwrap().unwrap().number;
        (tx, number)
    }

    async fn ban(&self, room: &RoomId, who: &Identity, seated: &[String]) -> Option<Banned> {
        let (mut tx, number) = self.begin(room).await;
        let hana = user_id("A-hana");
        let doer = Doer { user: &hana, context: &self.context };
        let banning = Banning { who, nickname: &name("Kim"), seated };
        let banned = errands::ban(&mut tx, number, banning, doer, self.clock.now()).await;
        store::commit(tx).await.unwrap();
        banned.unwrap()
    }

    async fn let_newcomers_wait(&self, room: &RoomId, on: bool) {
        let (mut tx, number) = self.begin(room).await;
        let hana = user_id("A-hana");
        let doer = Doer { user: &hana, context: &self.context };
        let now = self.clock.now();
        errands::let_newcomers_wait(&mut tx, number, on, doer, now).await.unwrap();
        store::commit(tx).await.unwrap();
    }

    async fn bans(&self, room: &RoomId) -> Vec<Ban> {
        self.backend.bans.list(&self.reader(room).await).await.unwrap()
    }

    async fn lift(&self, room: &RoomId, ban: BanId) {
        self.backend.bans.lift(&self.owner(room).await, ban).await.unwrap();
    }

    /// What the history of a room tells of its door, and about whom, the oldest first.
    async fn told(&self, room: &RoomId) -> Vec<(DoorDeed, Option<UserId>)> {
        let history = &self.backend.history;
        let events = history.of_room(&self.reader(room).await, None).await.unwrap().rows;
        let told = events.into_iter().rev().filter_map(|it| match it.deed {
            Deed::Door(deed) => Some((deed, it.user.map(|it| it.user_id))),
            _ => None,
        });
        told.filter(|(deed, _)| !matches!(deed, DoorDeed::Refused { .. })).collect()
    }
}

#[tokio::test]
async fn a_banned_user_stays_out_by_whatever_they_come() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1", "S-2"]).await;
    let kim = school.enter(&room, Some("S-1")).await.unwrap();
    let lee = school.enter(&room, Some("S-2")).await.unwrap();
    let banned = school.ban(&room, kim.who(), &[]).await.unwrap();
    assert!(!banned.shut, "nobody else is shut out of a room for its members");
    assert_eq!(school.answer(kim.entry(), true).await, None, "the entry is gone");
    assert_eq!(school.answer(lee.entry(), true).await, Some(Ok(EntryPermission::Guest)));
    assert_eq!(school.refused(&room, Some("S-1")).await, Some(Refusal::Banned));
    let ask = async || {
        let reader = school.reader(&room).await;
        school.backend.entry.can_enter(&reader, &user_id("S-1")).await.unwrap().unwrap().err()
    };
    assert_eq!(ask().await, Some(Refusal::Banned));
    let listed = school.bans(&room).await;
    let expected = Ban {
        id: banned.ban,
        nickname: "S-1".to_owned(),
        user_id: Some("S-1".to_owned()),
        at: school.clock.now(),
        by: "A-hana".to_owned(),
    };
    assert_eq!(listed, [expected]);
    school.lift(&room, banned.ban).await;
    school.lift(&room, banned.ban).await;
    assert_eq!((ask().await, school.refused(&room, Some("S-1")).await), (None, None));
    let told = [DoorDeed::Banned { guest: None, shut: false }, DoorDeed::BanLifted(None)];
    let told = told.map(|deed| (deed, Some(user_id("S-1"))));
    assert_eq!(school.told(&room).await, told, "each is noted once");
}

#[tokio::test]
async fn a_teacher_who_is_signed_in_is_banned_too() {
    let school = School::open().await;
    let kim = school.teacher("T-kim").await;
    let room = school.room(RoomType::Open, &[]).await;
    let comer = Comer::SignedIn { session: &kim, room: &room, intent: Intent::Own };
    let door = &school.backend.door;
    door.enter(comer, None, None, |_, _| Inside::default()).await.unwrap();
    school.ban(&room, &user("T-kim"), &[]).await.unwrap();
    let again = door.enter(comer, None, None, |_, _| Inside::default()).await;
    assert!(matches!(again, Err(EnterRefusal::Refused(Refusal::Banned))));
}

#[tokio::test]
async fn owner_and_admins_are_not_banned_nor_who_is_gone() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1"]).await;
    school.user("A-juno", ConsoleRole::Admin).await;
    let kim = school.enter(&room, Some("S-1")).await.unwrap();
    for id in ["A-hana", "A-juno", "S-404"] {
        assert_eq!(school.ban(&room, &user(id), &[]).await, None, "{id}");
    }
    let owner = school.owner(&room).await;
    school.backend.rooms.hand_over(&owner, &user_id("S-1")).await.unwrap();
    assert_eq!(school.ban(&room, kim.who(), &[]).await, None);
    assert_eq!((school.bans(&room).await, school.told(&room).await), (vec![], vec![]));
    assert!(school.answer(kim.entry(), true).await.is_some());
}

#[tokio::test]
async fn a_second_ban_is_the_first_and_no_number_is_given_again() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1", "S-2"]).await;
    let first = school.ban(&room, &user("S-1"), &[]).await.unwrap();
    let again = school.ban(&room, &user("S-1"), &[]).await.unwrap();
    assert_eq!((again.ban, again.shut), (first.ban, false));
    assert_eq!(school.told(&room).await.len(), 1);
    school.lift(&room, first.ban).await;
    let other = school.ban(&room, &user("S-2"), &[]).await.unwrap();
    assert_ne!(other.ban, first.ban, "what would undo the first undoes nothing else");
    school.lift(&room, first.ban).await;
    assert_eq!(school.bans(&room).await.len(), 1);
}

#[tokio::test]
async fn a_banned_stranger_comes_back_by_no_link_and_who_is_in_stays() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1"]).await;
    let kim = school.enter(&room, None).await.unwrap();
    let (seated, left) =
        (school.enter(&room, None).await.unwrap(), school.enter(&room, None).await.unwrap());
    let member = school.enter(&room, Some("S-1")).await.unwrap();
    let Identity::Guest(seated_name) = seated.who().clone() else { panic!("{seated:?}") };
    let banned = school.ban(&room, kim.who(), &[seated_name]).await.unwrap();
    assert!(banned.shut);
    let guest = Some(Ok(EntryPermission::Guest));
    assert_eq!(school.answer(kim.entry(), true).await, None);
    assert_eq!(school.answer(seated.entry(), true).await, guest);
    assert_eq!(school.answer(seated.entry(), false).await, guest, "they count as let in");
    assert_eq!(school.answer(left.entry(), false).await, Some(Err(Refusal::LinkRevoked)));
    assert_eq!(school.answer(member.entry(), false).await, guest);
    // By the new link, newcomers wait until a Host lets them in.
    assert_eq!(school.refused(&room, None).await, Some(Refusal::AwaitingHost));
    let newcomer = school.enter(&room, None).await.unwrap();
    let Identity::Guest(guest_name) = newcomer.who() else { panic!("{newcomer:?}") };
    let (mut tx, _) = school.begin(&room).await;
    errands::admit(&mut tx, guest_name, school.clock.now()).await.unwrap();
    store::commit(tx).await.unwrap();
    assert_eq!(school.answer(newcomer.entry(), false).await, guest);
    let listed = school.bans(&room).await;
    assert_eq!((listed[0].nickname.as_str(), &listed[0].user_id), ("Kim", &None));
    // Lifting it clears the list: newcomers wait until somebody says otherwise.
    school.lift(&room, banned.ban).await;
    assert_eq!(school.refused(&room, None).await, Some(Refusal::AwaitingHost));
    let kim = Some(name("Kim"));
    let told = [DoorDeed::Banned { guest: kim.clone(), shut: true }, DoorDeed::BanLifted(kim)];
    assert_eq!(school.told(&room).await, told.map(|deed| (deed, None)));
}

#[tokio::test]
async fn a_user_banned_from_an_open_room_is_no_stranger_there_either() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1"]).await;
    let stranger = school.enter(&room, None).await.unwrap();
    assert!(school.ban(&room, &user("S-1"), &[]).await.unwrap().shut);
    assert_eq!(school.answer(stranger.entry(), false).await, Some(Err(Refusal::LinkRevoked)));
    assert_eq!(school.refused(&room, None).await, Some(Refusal::AwaitingHost));
}

#[tokio::test]
async fn a_link_that_was_revoked_stays_so_through_a_ban() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &[]).await;
    let kim = school.enter(&room, None).await.unwrap();
    let (owner, links) = (school.owner(&room).await, &school.backend.links);
    let revoke = domain::entry_link::LinkAct::Revoke;
    links.change(&owner, &Whose::Everybody, revoke).await.unwrap();
    school.ban(&room, kim.who(), &[]).await.unwrap();
    assert_eq!(school.refused(&room, None).await, Some(Refusal::LinkRevoked));
}

#[tokio::test]
async fn newcomers_wait_or_not_and_that_is_noted_once() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1"]).await;
    for on in [true, true, false] {
        school.let_newcomers_wait(&room, on).await;
        let expected = on.then_some(Refusal::AwaitingHost);
        assert_eq!(school.refused(&room, None).await, expected);
        assert_eq!(school.refused(&room, Some("S-1")).await, None, "who is known is no newcomer");
    }
    let told = [DoorDeed::NewcomersWait(true), DoorDeed::NewcomersWait(false)];
    assert_eq!(school.told(&room).await, told.map(|deed| (deed, None)));
}

#[tokio::test]
async fn whoever_is_put_out_may_come_back_by_the_door() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1"]).await;
    for id in [Some("S-1"), None] {
        let (kim, other) =
            (school.enter(&room, id).await.unwrap(), school.enter(&room, Some("S-1")).await);
        let (mut tx, number) = school.begin(&room).await;
        errands::put_out(&mut tx, number, kim.who()).await.unwrap();
        store::commit(tx).await.unwrap();
        assert_eq!(school.answer(kim.entry(), true).await, None);
        let stays = school.answer(other.unwrap().entry(), true).await.is_some();
        assert_eq!(stays, id.is_none(), "all entries of one person, and of nobody else");
        assert_eq!(school.refused(&room, id).await, None);
    }
}

#[tokio::test]
async fn whoever_becomes_an_admin_is_banned_no_more_and_that_is_noted() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1"]).await;
    school.ban(&room, &user("S-1"), &[]).await.unwrap();
    let become_one = async |role| {
        let (users, profile) = (&school.backend.users, profile("S-1", role));
        users
            .edit(&school.admin, &user_id("S-1"), &profile, ImageChange::Keep, None)
            .await
            .unwrap();
    };
    become_one(ConsoleRole::Teacher).await;
    assert_eq!(school.bans(&room).await.len(), 1);
    become_one(ConsoleRole::Admin).await;
    assert_eq!(school.bans(&room).await, []);
    become_one(ConsoleRole::None).await;
    assert_eq!(school.refused(&room, Some("S-1")).await, None);
    let lifted = (DoorDeed::BanLifted(None), Some(user_id("S-1")));
    assert_eq!(school.told(&room).await.last(), Some(&lifted));
}

#[tokio::test]
async fn the_owner_lifts_bans_in_the_console_as_long_as_it_is_their_room() {
    let school = School::open().await;
    let kim = school.teacher("T-kim").await.staff();
    let room = school.room(RoomType::Private, &["S-1", "S-2"]).await;
    let other = school.room(RoomType::Private, &[]).await;
    let (rooms, bans) = (&school.backend.rooms, &school.backend.bans);
    let admin = school.owner(&room).await;
    rooms.hand_over(&admin, &user_id("T-kim")).await.unwrap();
    let first = school.ban(&room, &user("S-1"), &[]).await.unwrap().ban;
    school.ban(&room, &user("S-2"), &[]).await.unwrap();
    // By the number of a ban from another room, nothing is lifted.
    bans.lift(&school.owner(&other).await, first).await.unwrap();
    bans.lift_of(&school.owner(&other).await, &user_id("S-2")).await.unwrap();
    assert_eq!(school.bans(&room).await.len(), 2);
    let owner = rooms.owner(&kim, &room).await.unwrap();
    bans.lift(&owner, first).await.unwrap();
    for _ in 0..2 {
        bans.lift_of(&owner, &user_id("s-2")).await.unwrap();
    }
    assert_eq!(bans.list(owner.reader()).await.unwrap(), []);
    let lifted = |id| (DoorDeed::BanLifted(None), Some(user_id(id)));
    assert_eq!(school.told(&room).await[2..], [lifted("S-1"), lifted("S-2")]);
    let second = school.ban(&room, &user("S-1"), &[]).await.unwrap().ban;
    rooms.hand_over(&admin, &user_id("A-hana")).await.unwrap();
    for refused in [bans.lift(&owner, second).await, bans.lift_of(&owner, &user_id("S-1")).await] {
        let crate::rooms::RoomRefusal::Internal(error) = refused.unwrap_err() else { panic!() };
        assert_eq!(error.kind(), InternalKind::Revoked);
    }
    assert_eq!(school.bans(&room).await.len(), 1);
}
