//! Attendance as a table for spreadsheets. The names of its columns are the same in every language; times are
//! those of the school's clocks.

use domain::{
    EntryPermission, UserId,
    classroom::MeetingNumber,
    meeting_record::{Attendee, Person, ShownStay, minutes},
};
use serde_json::json;

use super::Meetings;
use crate::{
    Internal,
    accounts::Proof,
    audit::{self, Action, Subject},
    csv,
    rooms::RoomReader,
    store,
    zone::Zone,
};

/// The names of the columns.
const HEAD: [&str; 10] = [
    "nickname",
    "user_id",
    "permission",
    "presence",
    "came",
    "left",
    "minutes",
    "late",
    "early",
    "stays",
];

impl Meetings {
    /// Who came to the meeting of that number and who didn't, as a table; that it is taken out of the console
    /// is noted. `None` where the room has no such meeting, or keeps it no longer.
    pub async fn export(
        &self,
        reader: &RoomReader,
        number: MeetingNumber,
    ) -> Result<Option<String>, Internal> {
        let Some(attendance) = self.attendance(reader, number).await? else { return Ok(None) };
        self.note_export(reader, number).await?;
        let zone = self.settings.zone();
        let mut table = format!("{}{}", csv::BYTE_ORDER_MARK, csv::line(HEAD));
        table.extend(attendance.came.iter().map(|it| present(it, &zone)));
        table.extend(attendance.absent.iter().map(absent));
        Ok(Some(table))
    }

    async fn note_export(
        &self,
        reader: &RoomReader,
        number: MeetingNumber,
    ) -> Result<(), Internal> {
        let staff = reader.staff();
        let mut tx = staff.begin(&self.store).await?;
        let (subject, detail) = (Subject::room(&reader.room().id), json!({ "meeting": number.0 }));
        let (now, action) = (self.clock.now(), Action::AttendanceExport);
        audit::note(&mut tx, now, staff.author(), action, subject, detail).await?;
        store::commit(tx).await
    }
}

/// The line of somebody who came.
fn present(attendee: &Attendee, zone: &Zone) -> String {
    let (nickname, user_id) = names(&attendee.who);
    let came = attendee.stays.first().map(|it| zone.to_rfc3339(it.came.at));
    let left = attendee.stays.last().and_then(|it| left(it, zone));
    let yes = |it: bool| if it { "yes" } else { "no" };
    csv::line([
        nickname,
        user_id,
        EntryPermission::from(attendee.standing).name(),
        "present",
        &came.unwrap_or_default(),
        &left.unwrap_or_default(),
        &minutes(attendee.seconds).to_string(),
        yes(attendee.late),
        yes(attendee.early),
        &attendee.stays.len().to_string(),
    ])
}

/// When somebody went after a stay, if they have.
fn left(stay: &ShownStay, zone: &Zone) -> Option<String> {
    Some(zone.to_rfc3339(stay.left.as_ref()?.at))
}

/// The line of somebody who was expected and didn't come.
fn absent(person: &Person) -> String {
    let (nickname, user_id) = names(person);
    csv::line([nickname, user_id, "", "absent", "", "", "0", "no", "no", "0"])
}

/// What somebody is called, and their User ID; none of somebody whom Rollcall doesn't know.
fn names(person: &Person) -> (&str, &str) {
    (person.nickname.as_str(), person.user_id.as_ref().map_or("", UserId::as_str))
}
