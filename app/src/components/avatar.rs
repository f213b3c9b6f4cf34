//! A user's picture: the profile image, or a blank avatar with a letter in a steady colour.

use domain::{
    Nickname, UserId, UserSummary, avatar,
    image::{ImageName, ImageSize},
};
use leptos::prelude::*;

/// How large an avatar is shown, in pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// In results and the top bar.
    Small,
    /// In lists.
    Medium,
    /// In forms and heads.
    Large,
    /// On a tile.
    Tile,
}

impl Size {
    const fn pixels(self) -> u16 {
        match self {
            Self::Small => 30,
            Self::Medium => 34,
            Self::Large => 72,
            Self::Tile => 92,
        }
    }

    /// The classes of an avatar of this size.
    pub(crate) fn class(self) -> String {
        format!("avatar avatar--{}", self.pixels())
    }
}

/// The address of a stored profile image.
pub(crate) fn address(image: &ImageName, size: Size) -> String {
    // A list's avatars fill at most 34 pixels, or 102 on the densest screens.
    let stored = match size {
        Size::Small | Size::Medium => ImageSize::Small,
        Size::Large | Size::Tile => ImageSize::Large,
    };
    format!("/images/{}/{image}", stored.side())
}

/// The avatar of a user.
#[component]
pub(crate) fn Avatar(user: UserSummary, size: Size) -> impl IntoView {
    match user.image {
        Some(image) => view! { <Picture src=address(&image, size) size /> }.into_any(),
        None => view! { <Blank user_id=user.user_id nickname=user.nickname size /> }.into_any(),
    }
}

/// A picture, cropped to a circle.
#[component]
pub(crate) fn Picture(src: String, size: Size) -> impl IntoView {
    view! {
        <img class=size.class() src=src alt="" width=size.pixels() height=size.pixels() loading="lazy" />
    }
}

/// The blank avatar of somebody without a profile image.
#[component]
pub(crate) fn Blank(user_id: UserId, nickname: Nickname, size: Size) -> impl IntoView {
    let class = format!("{} avatar--{}", size.class(), avatar::colour(&user_id));
    view! {
        <span class=class aria-hidden="true">
            {avatar::letter(nickname.as_str())}
        </span>
    }
}

/// The picture of somebody in a meeting, of whom the server told the colour.
#[component]
pub(crate) fn Face(
    nickname: String,
    image: Option<ImageName>,
    colour: u8,
    size: Size,
) -> impl IntoView {
    if let Some(image) = image {
        return view! { <Picture src=address(&image, size) size /> }.into_any();
    }
    let class = format!("{} avatar--{}", size.class(), colour % avatar::COLOURS);
    view! {
        <span class=class aria-hidden="true">
            {avatar::letter(&nickname)}
        </span>
    }
    .into_any()
}
