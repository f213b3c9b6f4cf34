//! What can be wrong with a field of a form, as a closed set that every screen can put into words.

use serde::{Deserialize, Serialize};

use crate::{GroupName, Nickname, UserId, image::ImageProblem, room::WindowProblem};

/// Why a field's content is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Required, and empty.
    Missing,
    /// Longer than `max` (characters of a User ID or password, else graphemes).
    TooLong {
        /// The longest that is accepted.
        max: u32,
    },
    /// Shorter than `min` characters.
    TooShort {
        /// The shortest that is accepted.
        min: u32,
    },
    /// Contains a space where none may be.
    Space,
    /// Contains a character that may not be there.
    Character {
        /// The first such character.
        character: char,
    },
    /// Contains a control, text-direction or filler character, which nobody could see.
    Invisible,
    /// A User ID without a letter or digit.
    NoLetter,
    /// A User ID that stands for something else in addresses.
    Reserved,
    /// A User ID that another user has or had.
    Taken {
        /// The User ID as it was first typed.
        by: UserId,
        /// Who has it, when they still exist.
        nickname: Option<Nickname>,
    },
    /// One of a fixed set was expected.
    Choice,
    /// User IDs that nobody has, as typed.
    UnknownUsers(Vec<String>),
    /// Users who exist and can't be specified, since they are deactivated.
    DeactivatedUsers(Vec<UserId>),
    /// More entries than are taken at once.
    TooMany {
        /// The most that are taken.
        max: u32,
    },
    /// Whose it would be owns as many rooms as a Teacher may.
    RoomLimit {
        /// The most.
        max: u32,
    },
    /// Somebody who is to take a room owns as many as a Teacher may.
    HeirLimit {
        /// Who.
        user_id: UserId,
        /// The most.
        max: u32,
    },
    /// A Teacher has handed over as many rooms within a day as they may own.
    HandOverLimit {
        /// The most.
        max: u32,
    },
    /// More users than a Teacher may specify for a room.
    MemberLimit {
        /// The most.
        max: u32,
    },
    /// A user who can't own rooms that a Teacher hands over, since they may not use the console.
    NotStaff {
        /// Who.
        user_id: UserId,
    },
    /// Not a whole number within these bounds.
    Range {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// A time of a window is refused.
    Window(WindowProblem),
    /// A time that must still come, and is past.
    Past,
    /// The picture is refused.
    Image(ImageProblem),
    /// The password is the User ID.
    SameAsUserId,
    /// The password is one of the commonest, which are tried first by whoever guesses.
    CommonPassword,
    /// The two passwords differ.
    Differs,
    /// User ID and password do not belong together (or there is no such user: it is not said).
    WrongSignIn,
    /// Too many attempts; try again after this many seconds.
    Wait {
        /// Seconds until another attempt is looked at.
        seconds: u32,
    },
    /// A Teacher was shown, or named, as many users as anybody needs within an hour; more in this many
    /// seconds.
    ShownEnough {
        /// Seconds until more are shown.
        seconds: u32,
    },
    /// The one-time link is wrong, used or too old.
    DeadLink,
    /// The one-time link by which a password is set is wrong, used, replaced or too old.
    DeadPasswordLink,
    /// The old password is not the person's.
    WrongPassword,
    /// A user who may not sign in, being deactivated or without a console role.
    MayNotSignIn,
    /// Somebody else has changed what is edited since the form was filled in.
    Outdated,
    /// There would be no Admin left.
    LastAdmin,
    /// What is to be deleted must be typed once more, and something else was.
    TypedWrong {
        /// What was to be typed.
        expected: String,
    },
    /// A User ID that nobody has, as typed.
    NoSuchUser {
        /// What was typed.
        user_id: String,
    },
    /// A user who can't own rooms, since they are deactivated.
    DeactivatedUser {
        /// Who.
        user_id: UserId,
    },
    /// Somebody must be named who takes the rooms of a user.
    RoomsNeedOwner,
    /// A user who owns rooms: somebody must take these before the user loses their role or status.
    OwnsRooms {
        /// Who.
        user_id: UserId,
    },
    /// A user's rooms can't be taken by that user.
    StillTheSame,
    /// Nobody deletes themselves.
    Oneself,
    /// A group's name that another group has.
    GroupTaken {
        /// The name as it was first typed.
        by: GroupName,
    },
    /// The name of a group that doesn't exist.
    UnknownGroup,
    /// The name of the group itself, where another one is asked for.
    SameGroup,
}

/// The problems of one submitted form: which field, and what is wrong with it.
///
/// `F` is the form's enum of fields. Empty means that nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems<F>(Vec<(F, Problem)>);

impl<F> Default for Problems<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F: Copy + PartialEq> Problems<F> {
    /// The one problem of the one field.
    #[must_use]
    pub fn one(field: F, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// Notes a problem of a field.
    pub fn add(&mut self, field: F, problem: Problem) {
        self.0.push((field, problem));
    }

    /// The first problem of that field.
    #[must_use]
    pub fn of(&self, field: F) -> Option<&Problem> {
        self.0.iter().find(|(it, _)| *it == field).map(|(_, problem)| problem)
    }

    /// Forgets what is wrong with that field.
    pub fn clear(&mut self, field: F) {
        self.0.retain(|(it, _)| *it != field);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field that comes first and what is wrong with it.
    #[must_use]
    pub fn first(&self) -> Option<&(F, Problem)> {
        self.0.first()
    }

    /// Takes the good value, or notes what is wrong with that field.
    pub fn take<T>(&mut self, field: F, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, problem)).ok()
    }
}
