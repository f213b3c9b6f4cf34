//! Filling a data folder with a lifelike school, for trying Rollcall out and for measuring it.
//!
//! The same plan always makes the same school. It appears all at once or not at all, but for
//! portraits, which are swept away when nobody refers to them.

mod names;
mod people;
mod portrait;
mod random;
mod schools;

use std::ops::Range;

use domain::{GroupName, Problem, Timestamp, UserId, fold, image::ImageName};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::json;
use tokio::{
    sync::mpsc::{Receiver, channel},
    task::{JoinHandle, spawn_blocking},
};

use self::{
    people::{classes, person},
    portrait::{PORTRAITS, portrait},
    schools::{CLUBS, SeededRoom, class_name, club_name, room},
};
use crate::{
    Backend, Internal,
    audit::{self, Action, Author, Subject},
    clock::{Clock, SystemClock},
    images::Images,
    store::{
        Tx,
        bulk::{self, BulkGroupUser, BulkMember, BulkRoom, BulkUser, FirstNumbers},
    },
};

/// How many users are made at a time.
const USERS_AT_ONCE: u64 = 10_000;
/// How many rooms are made at a time.
const ROOMS_AT_ONCE: u64 = 1_000;
/// How many portraits are drawn at a time.
const PORTRAITS_AT_ONCE: usize = 4;

/// How much to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many users.
    pub users: u64,
    /// How many rooms.
    pub rooms: u64,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum SeedRefusal {
    /// A user of the school exists already; most likely it was made before.
    #[error("the User ID {0} exists already; seed an empty data folder")]
    UserExists(UserId),
    /// A group of the school exists already.
    #[error("the group {0} exists already; seed an empty data folder")]
    GroupExists(GroupName),
    /// Rooms belong to teachers, so there must be users.
    #[error("rooms need users who own them; seed at least one user")]
    NobodyToOwnRooms,
    /// Something failed that is not the plan's fault.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl From<Problem> for SeedRefusal {
    /// Seeded names keep the rules of names, or the seed is wrong.
    fn from(problem: Problem) -> Self {
        Self::Internal(Internal::other(format!("a seeded name breaks a rule: {problem:?}")))
    }
}

/// Fills the data folder with a school. Tells every now and then how far it is.
pub async fn seed(
    backend: &Backend,
    plan: Plan,
    mut progress: impl FnMut(&str),
) -> Result<(), SeedRefusal> {
    if plan.rooms > 0 && plan.users == 0 {
        return Err(SeedRefusal::NobodyToOwnRooms);
    }
    let portraits = draw_portraits(&backend.images, plan, &mut progress).await?;
    let (tx, first) = bulk::begin(&backend.store).await?;
    let mut seeding = Seeding { tx, plan, first, now: SystemClock.now() };
    seeding.make_groups().await?;
    seeding.make_users(portraits, &mut progress).await?;
    seeding.make_rooms(&mut progress).await?;
    seeding.note().await?;
    progress("putting the search index in order");
    bulk::finish(&backend.store, seeding.tx).await?;
    progress("done");
    Ok(())
}

async fn draw_portraits(
    images: &Images,
    plan: Plan,
    progress: &mut impl FnMut(&str),
) -> Result<Vec<ImageName>, Internal> {
    progress("drawing portraits");
    stream::iter(0..plan.users.min(PORTRAITS))
        .map(|number| async move {
            let drawn = spawn_blocking(move || portrait(number)).await?;
            let drawn = drawn.ok_or_else(|| Internal::other("a portrait can't be encoded"))?;
            images.keep(drawn).await.map(|it| it.name)
        })
        .buffered(PORTRAITS_AT_ONCE)
        .try_collect()
        .await
}

/// A school that is being made.
struct Seeding {
    tx: Tx,
    plan: Plan,
    first: FirstNumbers,
    now: Timestamp,
}

impl Seeding {
    async fn make_groups(&mut self) -> Result<(), SeedRefusal> {
        if self.plan.users == 0 {
            return Ok(());
        }
        let clubs = (0..CLUBS.len()).map(club_name);
        let classes = (0..classes(self.plan.users)).map(class_name);
        let names = clubs.chain(classes).collect::<Result<Vec<_>, _>>()?;
        if let Some(taken) = bulk::taken_group(&mut self.tx, &names).await? {
            return Err(SeedRefusal::GroupExists(taken));
        }
        Ok(bulk::groups(&mut self.tx, self.first.group, &names).await?)
    }

    async fn make_users(
        &mut self,
        portraits: Vec<ImageName>,
        progress: &mut impl FnMut(&str),
    ) -> Result<(), SeedRefusal> {
        let first = self.first;
        let mut batches = Ahead::of(self.plan.users, USERS_AT_ONCE, move |numbers| {
            numbers.map(|it| UserBatch::person(it, first, &portraits)).collect()
        });
        let mut telling = Telling::of("users", self.plan.users);
        let mut number = first.user;
        while let Some(batch) = batches.next().await? {
            let UserBatch { users, groups } = batch;
            if let Some(taken) = bulk::taken_user(&mut self.tx, &users).await? {
                return Err(SeedRefusal::UserExists(taken));
            }
            bulk::users(&mut self.tx, number, &users, self.now).await?;
            bulk::group_users(&mut self.tx, &groups).await?;
            number += count(users.len());
            telling.tell(users.len(), progress);
        }
        Ok(bulk::count_group_users(&mut self.tx, first.group).await?)
    }

    async fn make_rooms(&mut self, progress: &mut impl FnMut(&str)) -> Result<(), SeedRefusal> {
        let (first, people) = (self.first, self.plan.users);
        let mut batches = Ahead::of(self.plan.rooms, ROOMS_AT_ONCE, move |numbers| {
            numbers.map(|it| RoomBatch::room(it, first, people)).collect()
        });
        let mut telling = Telling::of("rooms", self.plan.rooms);
        let mut number = first.room;
        while let Some(batch) = batches.next().await? {
            let RoomBatch { rooms, members } = batch;
            bulk::rooms(&mut self.tx, number, &rooms, self.now).await?;
            bulk::members(&mut self.tx, &members, self.now).await?;
            number += count(rooms.len());
            telling.tell(rooms.len(), progress);
        }
        Ok(())
    }

    async fn note(&mut self) -> Result<(), Internal> {
        let author = Author { actor: None, context: None };
        let detail = json!({ "users": self.plan.users, "rooms": self.plan.rooms });
        audit::note(&mut self.tx, self.now, author, Action::Seed, Subject::default(), detail).await
    }
}

/// Some users, and in which groups they are.
#[derive(Default)]
struct UserBatch {
    users: Vec<BulkUser>,
    groups: Vec<BulkGroupUser>,
}

impl UserBatch {
    fn person(number: u64, first: FirstNumbers, portraits: &[ImageName]) -> Result<Self, Problem> {
        let person = person(number)?;
        let image = usize::try_from(number).ok().and_then(|it| portraits.get(it)).cloned();
        let class = person.class.map(|it| count(CLUBS.len()) + offset(it));
        let groups = person.club.map(count).into_iter().chain(class);
        let user = BulkUser::new(
            person.user_id,
            person.nickname,
            image,
            (person.permission, person.role, person.status),
        );
        let joins = groups
            .map(|it| BulkGroupUser::new(first.group + it, first.user + offset(number), &user));
        Ok(Self { groups: joins.collect(), users: vec![user] })
    }
}

impl FromIterator<Self> for UserBatch {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        parts.into_iter().fold(Self::default(), |mut all, part| {
            all.users.extend(part.users);
            all.groups.extend(part.groups);
            all
        })
    }
}

/// Some rooms, and who is specified for them.
#[derive(Default)]
struct RoomBatch {
    rooms: Vec<BulkRoom>,
    members: Vec<BulkMember>,
}

impl RoomBatch {
    fn room(number: u64, first: FirstNumbers, people: u64) -> Result<Self, Problem> {
        let SeededRoom { id, name, room_type, state, owner, members, limits } =
            room(number, people)?;
        let in_room = first.room + offset(number);
        let member = |number: u64| {
            let person = person(number)?;
            Ok(BulkMember {
                room: in_room,
                user: first.user + offset(number),
                nickname_key: fold(person.nickname.as_str()),
                permission: person.permission,
            })
        };
        let owner = first.user + offset(owner);
        let size = count(members.len());
        let room = BulkRoom { id, name, room_type, state, owner, members: size, limits };
        let members = members.into_iter().map(member).collect::<Result<_, Problem>>()?;
        Ok(Self { rooms: vec![room], members })
    }
}

impl FromIterator<Self> for RoomBatch {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        parts.into_iter().fold(Self::default(), |mut all, part| {
            all.rooms.extend(part.rooms);
            all.members.extend(part.members);
            all
        })
    }
}

/// Batches that are made on another thread while the ones before are written.
struct Ahead<T> {
    batches: Receiver<Result<T, Problem>>,
    maker: JoinHandle<()>,
}

impl<T: Send + 'static> Ahead<T> {
    fn of(
        total: u64,
        at_once: u64,
        make: impl Fn(Range<u64>) -> Result<T, Problem> + Send + 'static,
    ) -> Self {
        let (sender, batches) = channel(1);
        let maker = spawn_blocking(move || {
            let mut numbers = 0..total;
            while !numbers.is_empty() {
                let end = total.min(numbers.start + at_once);
                // Nobody takes it when the seeding has failed.
                if sender.blocking_send(make(numbers.start..end)).is_err() {
                    return;
                }
                numbers.start = end;
            }
        });
        Self { batches, maker }
    }

    async fn next(&mut self) -> Result<Option<T>, SeedRefusal> {
        if let Some(batch) = self.batches.recv().await {
            return Ok(Some(batch?));
        }
        // Whether all were made, or the maker fell over.
        (&mut self.maker).await.map_err(Internal::from)?;
        Ok(None)
    }
}

/// Tells how far things are, about every twentieth of the way.
struct Telling {
    what: &'static str,
    total: u64,
    done: u64,
    told: u64,
}

impl Telling {
    const fn of(what: &'static str, total: u64) -> Self {
        Self { what, total, done: 0, told: 0 }
    }

    fn tell(&mut self, more: usize, progress: &mut impl FnMut(&str)) {
        self.done += more as u64;
        if self.done == self.total || self.done - self.told >= self.total.div_ceil(20) {
            self.told = self.done;
            progress(&format!("{} of {} {}", self.done, self.total, self.what));
        }
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn offset(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
