//! Settings: what holds for the whole school, and the form that says so.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Problem, Problems,
    form::Pairs,
    named::named,
    room::{Capacity, limit},
    text::parse_name,
};

/// Gives a text of people's own words its type.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $max:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most graphemes.
            pub const MAX: u32 = $max;

            /// Reads what somebody typed; nothing where that is empty.
            pub fn parse(raw: &str) -> Result<Option<Self>, Problem> {
                match raw.trim() {
                    "" => Ok(None),
                    raw => parse_name(raw, Self::MAX).map(Self).map(Some),
                }
            }

            /// The text as it is shown.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                Self::parse(&raw).ok().flatten().ok_or("not such a text")
            }
        }
    };
}

words! {
    /// What the school is called: 1 to 60 graphemes.
    SchoolName, 60
}

words! {
    /// What the door of every room says of those who observe: 1 to 200 graphemes.
    ObservationNotice, 200
}

/// The name of a time zone, such as `Asia/Seoul`. Whether there is such a zone, only the server
/// knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

impl ZoneName {
    /// The zone of which everybody knows.
    pub const UTC: &str = "UTC";
    /// No zone has a longer name.
    const MAX: usize = 64;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let raw = raw.trim();
        let allowed =
            |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'_' | b'-' | b'+');
        if raw.is_empty() {
            return Err(Problem::Missing);
        }
        if raw.len() > Self::MAX || !raw.bytes().all(allowed) {
            return Err(Problem::Choice);
        }
        Ok(Self(raw.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ZoneName {
    fn default() -> Self {
        Self(Self::UTC.to_owned())
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ZoneName> for String {
    fn from(name: ZoneName) -> Self {
        name.0
    }
}

impl TryFrom<String> for ZoneName {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not the name of a time zone")
    }
}

/// How long the log of what was done is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// 30 days.
    Month,
    /// 90 days.
    Quarter,
    /// One year.
    #[default]
    Year,
    /// Two years.
    TwoYears,
    /// Five years.
    FiveYears,
    /// For ever.
    Forever,
}

named!(Retention {
    Month = "month",
    Quarter = "quarter",
    Year = "year",
    TwoYears = "two_years",
    FiveYears = "five_years",
    Forever = "forever",
});

impl Retention {
    /// The days after which things go; nothing where they stay.
    #[must_use]
    pub const fn days(self) -> Option<u32> {
        match self {
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::TwoYears => Some(730),
            Self::FiveYears => Some(1_826),
            Self::Forever => None,
        }
    }
}

/// A language in which the console is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Korean.
    Korean,
}

named!(Language { English = "en", Korean = "ko" });

limit! {
    /// How many rooms a Teacher may own.
    MostRooms, 1..=1_000
}

limit! {
    /// How many users a Teacher may specify for a room.
    MostMembers, 1..=10_000
}

/// What limits each Teacher; nothing where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeacherLimits {
    /// How many rooms they may own.
    pub rooms: Option<MostRooms>,
    /// How many users they may specify for a room.
    pub members: Option<MostMembers>,
    /// How many may be in one of their rooms at once.
    pub capacity: Option<Capacity>,
}

/// What holds for the whole school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What the school is called.
    pub school: Option<SchoolName>,
    /// By which clocks it goes.
    pub time_zone: ZoneName,
    /// How long the log of what was done is kept.
    pub retention: Retention,
    /// What the door of every room says of those who observe, where it isn't the usual.
    pub notice: Option<ObservationNotice>,
    /// The language for whoever's browser asks for none that there is.
    pub language: Language,
    /// What limits each Teacher.
    #[serde(default)]
    pub teachers: TeacherLimits,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsField {
    /// The school's name.
    School,
    /// The time zone.
    TimeZone,
    /// How long the log is kept.
    Retention,
    /// The wording of the observation notice.
    Notice,
    /// The default language.
    Language,
    /// How many rooms a Teacher may own.
    TeacherRooms,
    /// How many users a Teacher may specify for a room.
    TeacherMembers,
    /// How many may be in a Teacher's room at once.
    TeacherCapacity,
}

/// What somebody typed into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsForm {
    /// The school's name as typed.
    pub school: String,
    /// The name of a time zone.
    pub time_zone: String,
    /// The name of a retention.
    pub retention: String,
    /// The notice as typed.
    pub notice: String,
    /// The name of a language.
    pub language: String,
    /// How many rooms a Teacher may own; empty for any number, as the other two.
    pub teacher_rooms: String,
    /// How many users a Teacher may specify for a room.
    pub teacher_members: String,
    /// How many may be in a Teacher's room at once.
    pub teacher_capacity: String,
}

impl SettingsForm {
    /// The form as it shows these settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
        let TeacherLimits { rooms, members, capacity } = settings.teachers;
        Self {
            school: settings.school.as_ref().map(ToString::to_string).unwrap_or_default(),
            time_zone: settings.time_zone.to_string(),
            retention: settings.retention.name().to_owned(),
            notice: settings.notice.as_ref().map(ToString::to_string).unwrap_or_default(),
            language: settings.language.name().to_owned(),
            teacher_rooms: number(rooms.map(MostRooms::get)),
            teacher_members: number(members.map(MostMembers::get)),
            teacher_capacity: number(capacity.map(Capacity::get)),
        }
    }

    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored, and one that
    /// is left out would be reset, so that is refused too.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        pairs.require(&[
            "school",
            "time_zone",
            "retention",
            "notice",
            "language",
            "teacher_rooms",
            "teacher_members",
            "teacher_capacity",
        ])?;
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "school" => &mut form.school,
                "time_zone" => &mut form.time_zone,
                "retention" => &mut form.retention,
                "notice" => &mut form.notice,
                "language" => &mut form.language,
                "teacher_rooms" => &mut form.teacher_rooms,
                "teacher_members" => &mut form.teacher_members,
                "teacher_capacity" => &mut form.teacher_capacity,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<Settings, Problems<SettingsField>> {
        let mut problems = Problems::default();
        let school = problems.take(SettingsField::School, SchoolName::parse(&self.school));
        let time_zone = problems.take(SettingsField::TimeZone, ZoneName::parse(&self.time_zone));
        let retention = Retention::from_name(&self.retention).ok_or(Problem::Choice);
        let retention = problems.take(SettingsField::Retention, retention);
        let notice = problems.take(SettingsField::Notice, ObservationNotice::parse(&self.notice));
        let language = Language::from_name(&self.language).ok_or(Problem::Choice);
        let language = problems.take(SettingsField::Language, language);
        let teachers = self.teachers(&mut problems);
        match (school, time_zone, retention, notice, language, teachers) {
            (
                Some(school),
                Some(time_zone),
                Some(retention),
                Some(notice),
                Some(language),
                Some(teachers),
            ) => Ok(Settings { school, time_zone, retention, notice, language, teachers }),
            _ => Err(problems),
        }
    }

    fn teachers(&self, problems: &mut Problems<SettingsField>) -> Option<TeacherLimits> {
        let rooms = MostRooms::parse(&self.teacher_rooms);
        let rooms = problems.take(SettingsField::TeacherRooms, rooms);
        let members = MostMembers::parse(&self.teacher_members);
        let members = problems.take(SettingsField::TeacherMembers, members);
        let capacity = Capacity::parse(&self.teacher_capacity);
        let capacity = problems.take(SettingsField::TeacherCapacity, capacity);
        Some(TeacherLimits { rooms: rooms?, members: members?, capacity: capacity? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(change: impl FnOnce(&mut SettingsForm)) -> SettingsForm {
        let mut form = SettingsForm::of(&Settings::default());
        change(&mut form);
        form
    }

    #[test]
    fn settings_return_to_themselves_by_way_of_the_form() {
        let settings = Settings {
            school: SchoolName::parse("Hana Academy").unwrap(),
            time_zone: ZoneName::parse("Asia/Seoul").unwrap(),
            retention: Retention::Quarter,
            notice: ObservationNotice::parse("The head may look in.").unwrap(),
            language: Language::Korean,
            teachers: TeacherLimits {
                rooms: MostRooms::new(20),
                members: MostMembers::new(40),
                capacity: Capacity::new(50),
            },
        };
        assert_eq!(SettingsForm::of(&settings).parse(), Ok(settings));
        assert_eq!(form(|_| {}).parse(), Ok(Settings::default()));
    }

    #[test]
    fn broken_settings_are_refused_all_at_once() {
        let refused = form(|it| {
            it.school = "x".repeat(61);
            it.time_zone = "Mars Standard Time".into();
            it.retention = "a while".into();
            it.notice = "y".repeat(201);
            it.language = "fr".into();
            it.teacher_rooms = "0".into();
            it.teacher_members = "many".into();
            it.teacher_capacity = "-1".into();
        });
        let refused = refused.parse().unwrap_err();
        assert_eq!(refused.of(SettingsField::School), Some(&Problem::TooLong { max: 60 }));
        assert_eq!(refused.of(SettingsField::TimeZone), Some(&Problem::Choice));
        assert_eq!(refused.of(SettingsField::Retention), Some(&Problem::Choice));
        assert_eq!(refused.of(SettingsField::Notice), Some(&Problem::TooLong { max: 200 }));
        assert_eq!(refused.of(SettingsField::Language), Some(&Problem::Choice));
        let range = |max| Some(Problem::Range { min: 1, max });
        assert_eq!(refused.of(SettingsField::TeacherRooms).cloned(), range(1_000));
        assert_eq!(refused.of(SettingsField::TeacherMembers).cloned(), range(10_000));
        assert_eq!(refused.of(SettingsField::TeacherCapacity).cloned(), range(10_000));
        let empty = form(|it| it.time_zone = " ".into()).parse().unwrap_err();
        assert_eq!(empty.of(SettingsField::TimeZone), Some(&Problem::Missing));
    }

    #[test]
    fn every_field_is_said_and_no_other() {
        let all = [
            ("school", ""),
            ("time_zone", "UTC"),
            ("retention", "year"),
            ("notice", ""),
            ("language", "en"),
            ("teacher_rooms", ""),
            ("teacher_members", ""),
            ("teacher_capacity", ""),
        ];
        let of =
            |pairs: &[(&str, &str)]| SettingsForm::from_pairs(&pairs.iter().copied().collect());
        assert!(of(&all).is_ok());
        assert_eq!(of(&all[..7]), Err("teacher_capacity".to_owned()));
        assert_eq!(of(&[&all[..], &[("theme", "dark")]].concat()), Err("theme".to_owned()));
    }

    #[test]
    fn the_longer_something_is_kept_the_later_it_comes() {
        assert!(Retention::ALL.is_sorted());
        let days = Retention::ALL.map(|it| it.days().unwrap_or(u32::MAX));
        assert!(days.is_sorted());
    }
}
