//! Who came to one meeting and who didn't: each person's stays, merged over reconnects, against those who
//! were expected. Once a meeting has ended nothing changes that, whatever becomes of the room and its members.

use std::collections::HashMap;

use domain::{
    Nickname, Timestamp, UserId, UserSummary,
    attendance::{MeetingTimes, Stay, attended},
    avatar,
    classroom::{MeetingNumber, ParticipantId, Standing},
    fold,
    meeting_record::{Attendance, Attendee, Person, ShownStay, Turnout},
};

use super::{Meetings, existing, held, turnout};
use crate::{
    Internal,
    rooms::RoomReader,
    store::{
        Db,
        held_meetings::{self, StoredMeeting},
        open_meetings::{self, StoredParticipant},
        rooms::StoredRoom,
    },
    zone::Zone,
};

/// What is kept of who came to a meeting, and who didn't.
#[derive(Debug)]
struct Kept {
    participants: Vec<StoredParticipant>,
    stays: HashMap<ParticipantId, Vec<Stay>>,
    absent: Vec<(UserId, Nickname)>,
    turnout: Option<Turnout>,
    /// Those of all of them who still exist.
    users: HashMap<String, UserSummary>,
}

impl Meetings {
    /// Who came to the meeting of that number, and who didn't; as of now, while it goes on. `None` where
    /// the room has no such meeting, or keeps it no longer.
    pub async fn attendance(
        &self,
        reader: &RoomReader,
        number: MeetingNumber,
    ) -> Result<Option<Attendance>, Internal> {
        let room = reader.stored();
        let mut db = self.store.read().await?;
        let Some(meeting) = held_meetings::find(&mut db, room.number, number).await? else {
            return Ok(None);
        };
        let kept = kept(&mut db, room, &meeting).await?;
        Ok(Some(assembled(room, &meeting, kept, &self.settings.zone(), self.clock.now())))
    }
}

async fn kept(db: &mut Db, room: &StoredRoom, meeting: &StoredMeeting) -> Result<Kept, Internal> {
    let participants = open_meetings::participants_of(db, &[meeting.row]).await?;
    let mut stays = HashMap::<_, Vec<_>>::new();
    for (who, stay) in held_meetings::stays(db, meeting.row).await? {
        stays.entry(who).or_default().push(stay);
    }
    let (absent, expected) = if meeting.ended.is_some() {
        let absent = held_meetings::absent_then(db, meeting.row).await?;
        (absent, meeting.expected)
    } else {
        let expected = held_meetings::expected_now(db, room.number).await?;
        let absent = held_meetings::absent_now(db, room.number, meeting.row).await?;
        let missing = u32::try_from(absent.len()).unwrap_or(u32::MAX);
        (absent, Some((expected, missing)))
    };
    let came = participants.iter().filter_map(|it| it.participant.who.user_id());
    let users = existing(db, came.chain(absent.iter().map(|it| &it.0))).await?;
    let turnout = expected.map(|(expected, absent)| turnout(expected, absent));
    Ok(Kept { participants, stays, absent, turnout, users })
}

fn assembled(
    room: &StoredRoom,
    meeting: &StoredMeeting,
    kept: Kept,
    zone: &Zone,
    now: Timestamp,
) -> Attendance {
    let ended = meeting.ended.map(|it| it.0);
    let times = MeetingTimes { began: meeting.began, opens: meeting.opens, ended };
    let came = kept.participants.iter().filter_map(|it| {
        let stays = kept.stays.get(&it.id)?;
        attendee(it, attended(&times, stays, now)?, &kept.users, zone)
    });
    let mut came: Vec<Attendee> = came.collect();
    came.sort_by_cached_key(|it| (it.standing != Standing::Host, place(&it.who)));
    let absent = kept.absent.into_iter().map(|(user_id, nickname)| {
        let colour = avatar::colour(&user_id);
        person(nickname, Some(user_id), colour, &kept.users)
    });
    let mut absent: Vec<Person> = absent.collect();
    absent.sort_by_cached_key(place);
    let mut summary = held(meeting, &kept.users, zone, now);
    summary.turnout = kept.turnout;
    Attendance {
        room: room.summary.id.clone(),
        name: room.summary.name.clone(),
        meeting: summary,
        until: zone.clocked(ended.unwrap_or(now)),
        came,
        absent,
        left_out: 0,
    }
}

fn attendee(
    stored: &StoredParticipant,
    attended: domain::attendance::Attended,
    users: &HashMap<String, UserSummary>,
    zone: &Zone,
) -> Option<Attendee> {
    let participant = &stored.participant;
    let user_id = participant.who.user_id().cloned();
    let colour = participant.colour(stored.id);
    let shown = |it: &Stay| ShownStay {
        came: zone.clocked(it.came),
        left: it.left.map(|it| zone.clocked(it)),
    };
    let stays: Vec<_> = attended.stays.iter().map(shown).collect();
    (!stays.is_empty()).then(|| Attendee {
        who: person(participant.nickname().clone(), user_id, colour, users),
        standing: participant.standing(),
        stays,
        seconds: attended.seconds,
        late: attended.late,
        early: attended.early,
    })
}

fn person(
    nickname: Nickname,
    user_id: Option<UserId>,
    colour: u8,
    users: &HashMap<String, UserSummary>,
) -> Person {
    let user = user_id.as_ref().and_then(|it| users.get(&it.key()));
    Person {
        nickname,
        exists: user.is_some(),
        image: user.and_then(|it| it.image.clone()),
        user_id,
        colour,
    }
}

/// Where somebody stands among others: by nickname, then by User ID.
fn place(person: &Person) -> (String, String) {
    let user_id = person.user_id.as_ref().map(UserId::key);
    (fold(person.nickname.as_str()), user_id.unwrap_or_default())
}
