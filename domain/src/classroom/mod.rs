//! The live classroom: what goes over the wire, and the meeting that it tells of.
//!
//! A [`Meeting`] is what the server keeps: [`Meeting::decide`] says what an act of a participant comes
//! to, [`Meeting::apply`] carries it out, [`Told`] finds what an audience has yet to hear of it. A
//! [`View`] is what a browser makes of that. Whoever observes is in none of these: a meeting has
//! [`Host`](Standing::Host)s and [`Guest`](Standing::Guest)s, and there is no type to say anything else.

mod capability;
mod chat;
mod client;
mod closing;
mod decide;
mod event;
mod ids;
mod life;
mod meeting;
mod participant;
mod person;
mod server;
mod told;
mod view;

#[cfg(test)]
mod tests;

pub use self::{
    capability::{Capabilities, Capability},
    chat::{AnnouncementText, Chat, ChatLine, ChatText, Line, SentMark},
    client::{Act, ClientMessage, Hello, List, Look, Place, WIRE, Whom},
    closing::{Closing, Ending},
    decide::{Decision, Errand},
    event::{Announcement, Event, Numbers, RoomNow},
    ids::{BanId, MeetingNumber, NewcomerId, ParticipantId},
    life::{EMPTY_SECONDS, SEAT_SECONDS},
    meeting::{Arrival, Change, Meeting, RoomSettings},
    participant::{Identity, Office, Participant, Presence, Profile},
    person::{Audience, Newcomer, Person, Standing},
    server::{ActRefusal, Ban, Frame, Listed, ServerMessage, Snapshot, Welcome, You},
    told::{Told, Window},
    view::{Scene, Taken, View},
};
