//! Which arguments each server function takes. Any other is refused, as unknown fields of forms are:
//! nobody is to believe that what they sent was looked at.

use leptos::server_fn::ServerFn;
use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
    forward_to_deserialize_any,
};

use crate::functions::{
    account, audit, entry, groups, history, links, meetings, members, picker, rooms, session,
    settings, users,
};

/// The path of a function, and what tells its arguments.
type Known = (&'static str, fn() -> &'static [&'static str]);

macro_rules! known {
    ($($function:ty),* $(,)?) => {
        &[$((<$function as ServerFn>::PATH, names::<$function>)),*]
    };
}

static KNOWN: &[Known] = known![
    account::Devices,
    audit::List,
    entry::CanEnter,
    groups::List,
    groups::Search,
    groups::Get,
    groups::Users,
    groups::RemoveUser,
    groups::PutBack,
    history::OfUser,
    history::OfRoom,
    links::Standing,
    links::Show,
    links::Change,
    links::Expire,
    meetings::Now,
    meetings::OfRoom,
    meetings::OfMeeting,
    meetings::OfUser,
    meetings::Losses,
    members::ChangeMembers,
    members::PutBack,
    picker::Candidates,
    picker::GroupMembers,
    picker::LookUp,
    rooms::List,
    rooms::Get,
    rooms::Own,
    rooms::Allowance,
    rooms::About,
    rooms::LiftBan,
    rooms::LiftBanOf,
    rooms::OwnSettings,
    rooms::Meeting,
    rooms::Members,
    rooms::SetEnded,
    rooms::SetPermission,
    rooms::RemoveMember,
    rooms::AddMember,
    rooms::Find,
    session::Check,
    settings::Get,
    users::List,
    users::Details,
    users::Taken,
    users::Find,
    users::SetActive,
    users::Rooms,
    users::Losses,
    users::MakePasswordLink,
    users::Many,
    users::LossesOfMany,
];

/// The names of the arguments that the function at that path takes; `None` where there is none.
#[must_use]
pub fn arguments_of(path: &str) -> Option<&'static [&'static str]> {
    KNOWN.iter().find(|it| it.0 == path).map(|(_, names)| names())
}

/// The names of the fields of a type, as it tells them to whoever it is read from.
fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    T::deserialize(Asked).err().map_or(&[], |it| it.0)
}

/// Holds nothing, and notes which fields it is asked for.
struct Asked;

/// The fields that were asked for.
#[derive(Debug)]
struct Fields(&'static [&'static str]);

impl std::fmt::Display for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for Fields {}

impl serde::de::Error for Fields {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asked {
    type Error = Fields;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fields> {
        Err(Fields(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Fields> {
        Err(Fields(fields))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
