//! Chat and announcements: what may be written, how it is kept, and what a browser holds of it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::ParticipantId;
use crate::{
    Nickname, Problem, Timestamp,
    image::ImageName,
    text::{parse_lines, parse_name},
};

/// What somebody writes to everybody: 1 to 1,000 graphemes, of as many lines as they like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatText(String);

impl ChatText {
    /// The most graphemes.
    pub const MAX: u32 = 1_000;
    /// The most bytes: a grapheme has no upper size by itself.
    pub const MAX_BYTES: usize = 4_000;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        parse_lines(raw, Self::MAX, Self::MAX_BYTES).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text of an announcement: 1 to 300 graphemes in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementText(String);

impl AnnouncementText {
    /// The most graphemes.
    pub const MAX: u32 = 300;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        parse_name(raw, Self::MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<AnnouncementText> for String {
    fn from(text: AnnouncementText) -> Self {
        text.0
    }
}

/// A sender's own mark of a line of chat, so that one that is sent again after a break is not said
/// twice: 8 to 22 characters of base64url, at random.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SentMark(String);

impl SentMark {
    /// Reads a mark; `None` for what can't be one.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
        ((8..=22).contains(&raw.len()) && raw.bytes().all(fits)).then(|| Self(raw.to_owned()))
    }

    /// The mark as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<SentMark> for String {
    fn from(mark: SentMark) -> Self {
        mark.0
    }
}

impl TryFrom<String> for SentMark {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a mark")
    }
}

/// A line of chat as a meeting keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which, counted from 1 within the meeting without a gap.
    pub number: u32,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub by: ParticipantId,
    /// The name that they had then.
    pub nickname: Nickname,
    /// What was said.
    pub text: ChatText,
    /// The sender's mark.
    pub sent: SentMark,
}

/// A line of chat, as an audience is told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLine {
    /// Which, counted from 1 within the meeting without a gap.
    pub number: u32,
    /// When it was said.
    pub at: Timestamp,
    /// By whom.
    pub by: ParticipantId,
    /// The name that they had then.
    pub nickname: String,
    /// Their profile image, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageName>,
    /// The colour of their blank avatar.
    pub colour: u8,
    /// For Hosts: the User ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// What was said.
    pub text: String,
}

/// The chat as a browser holds it: one run of lines without a gap, up to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    lines: VecDeque<ChatLine>,
}

impl Chat {
    /// The most lines that are held, but for earlier ones that were asked for.
    pub const HELD: usize = 1_000;

    /// The lines, the oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &ChatLine> {
        self.lines.iter()
    }

    /// The number before which to ask for earlier lines, where there are any.
    #[must_use]
    pub fn earlier(&self) -> Option<u32> {
        self.lines.front().map(|it| it.number).filter(|number| *number > 1)
    }

    /// Somebody said something. What was heard before changes nothing; where lines between were
    /// missed, those before are left out, and can be asked for.
    pub(super) fn say(&mut self, line: &ChatLine) {
        if let Some(last) = self.lines.back().map(|it| it.number) {
            if line.number <= last {
                return;
            }
            if line.number > last + 1 {
                self.lines.clear();
            }
        }
        if self.lines.len() >= Self::HELD {
            self.lines.pop_front();
        }
        self.lines.push_back(line.clone());
    }

    /// Takes earlier lines, the oldest first; those that don't touch what is held are left out.
    pub fn take_earlier(&mut self, earlier: Vec<ChatLine>) {
        for line in earlier.into_iter().rev() {
            if self.earlier() == line.number.checked_add(1) {
                self.lines.push_front(line);
            }
        }
    }
}
