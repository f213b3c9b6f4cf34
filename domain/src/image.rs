//! Profile images: what is accepted, before anything is decoded.
//!
//! The browser asks before it sends, the server asks again before it decodes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The largest file that is taken, in bytes.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// The most pixels a picture may have.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The longest side that is taken, in pixels.
pub const MAX_SIDE: u32 = 20_000;
/// The longest side that the browser sends when it can shrink the picture itself, in pixels.
pub const SHRUNK_SIDE: u32 = 1_024;

/// The formats that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
    /// GIF; its first frame is taken.
    Gif,
}

/// Why a picture is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageProblem {
    /// Not one of the four formats, whatever its name or declared type says.
    Format,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// More than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    TooManyPixels {
        /// Width in pixels as the file claims it.
        width: u32,
        /// Height in pixels as the file claims it.
        height: u32,
    },
    /// Few enough pixels, but stored in a way that takes too much memory to decode.
    TooMuchMemory {
        /// Width in pixels as the file claims it.
        width: u32,
        /// Height in pixels as the file claims it.
        height: u32,
    },
    /// Cut off, or broken.
    Broken,
}

/// Tells the format by the file's first bytes (12 are enough); names and declared types can lie.
pub fn sniff(start: &[u8]) -> Result<ImageFormat, ImageProblem> {
    match start {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(ImageFormat::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        _ => Err(ImageProblem::Format),
    }
}

/// Width and height as the first 24 bytes claim them, in the formats that say it right there (PNG
/// and GIF): enough to refuse a bomb without decoding anything.
#[must_use]
pub fn claimed_pixels(start: &[u8]) -> Option<(u32, u32)> {
    let at = |from: usize| start.get(from..from + 4)?.try_into().ok();
    match sniff(start).ok()? {
        ImageFormat::Png => Some((u32::from_be_bytes(at(16)?), u32::from_be_bytes(at(20)?))),
        ImageFormat::Gif => {
            let [w0, w1, h0, h1] = at(6)?;
            Some((u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into()))
        }
        ImageFormat::Jpeg | ImageFormat::WebP => None,
    }
}

/// Refuses a picture by its size in pixels alone.
pub fn check_pixels(width: u32, height: u32) -> Result<(), ImageProblem> {
    let fits = width.max(height) <= MAX_SIDE
        && u64::from(width) * u64::from(height) <= MAX_PIXELS
        && width.min(height) > 0;
    if fits { Ok(()) } else { Err(ImageProblem::TooManyPixels { width, height }) }
}

/// The name of a stored profile image: 32 hex digits of its content's hash, and `.jpg` or `.png`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageName(String);

impl ImageName {
    /// Accepts what this type's `Display` writes.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let (stem, kind) = raw.split_once('.')?;
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        (stem.len() == 32 && stem.bytes().all(hex) && matches!(kind, "jpg" | "png"))
            .then(|| Self(raw.to_owned()))
    }

    /// The name as a file name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type it is served with.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        match self.0.rsplit_once('.') {
            Some((_, "png")) => "image/png",
            _ => "image/jpeg",
        }
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ImageName> for String {
    fn from(name: ImageName) -> Self {
        name.0
    }
}

impl TryFrom<String> for ImageName {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not the name of a profile image")
    }
}

/// The sizes in which a profile image is kept: squares of this many pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageSize {
    /// 96 pixels, for lists.
    Small,
    /// 512 pixels, for tiles.
    Large,
}

impl ImageSize {
    /// Both sizes.
    pub const ALL: [Self; 2] = [Self::Small, Self::Large];

    /// The side of the square in pixels.
    #[must_use]
    pub const fn side(self) -> u32 {
        match self {
            Self::Small => 96,
            Self::Large => 512,
        }
    }

    /// The size with that side.
    #[must_use]
    pub fn from_side(side: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.side() == side)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Ok(ImageFormat::Png));
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), Ok(ImageFormat::Jpeg));
        assert_eq!(sniff(b"GIF89a"), Ok(ImageFormat::Gif));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Ok(ImageFormat::WebP));
        for lie in [&b"<svg xmlns"[..], b"<!doctype html>", b"", b"GIF", b"RIFF\0\0\0\0WAVE"] {
            assert_eq!(sniff(lie), Err(ImageProblem::Format));
        }
    }

    #[test]
    fn claimed_sizes_are_read_without_decoding() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x21\0\0\0\x0a";
        assert_eq!(claimed_pixels(png), Some((20_001, 10)));
        assert_eq!(claimed_pixels(b"GIF89a\x02\x01\x03\0"), Some((258, 3)));
        assert_eq!(claimed_pixels(b"\x89PNG\r\n\x1a\n"), None);
    }

    #[test]
    fn pixels_are_bounded() {
        assert_eq!(check_pixels(4000, 3000), Ok(()));
        assert_eq!(check_pixels(1, 20_000), Ok(()));
        for (width, height) in [(0, 10), (20_001, 1), (10_000, 5_001), (u32::MAX, u32::MAX)] {
            assert_eq!(
                check_pixels(width, height),
                Err(ImageProblem::TooManyPixels { width, height })
            );
        }
    }

    #[test]
    fn image_names_lead_nowhere_else() {
        assert!(ImageName::parse("0123456789abcdef0123456789abcdef.jpg").is_some());
        for bad in ["../x.jpg", "0123.jpg", "0123456789ABCDEF0123456789abcdef.jpg", "x", ""] {
            assert!(ImageName::parse(bad).is_none(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_first_bytes_are_too_odd(start in proptest::collection::vec(any::<u8>(), 0..40), good: bool) {
            let start = if good { [b"GIF89a", &start[..]].concat() } else { start };
            let claimed = claimed_pixels(&start);
            prop_assert!(claimed.is_none() || matches!(sniff(&start), Ok(ImageFormat::Png | ImageFormat::Gif)));
        }

        #[test]
        fn pixels_are_counted_without_overflowing(width: u32, height: u32) {
            let (wide, high) = (u128::from(width), u128::from(height));
            let fits = wide * high <= 50_000_000 && wide.max(high) <= 20_000 && wide.min(high) > 0;
            prop_assert_eq!(check_pixels(width, height).is_ok(), fits);
        }

        #[test]
        fn image_names_are_file_names(raw in "([0-9a-f]{30,33}[.](jpg|png|svg)|\\PC{0,40})") {
            if let Some(name) = ImageName::parse(&raw) {
                prop_assert_eq!(name.as_str(), &raw);
                prop_assert!(raw.len() == 36 && raw.bytes().all(|it| it == b'.' || it.is_ascii_alphanumeric()));
            }
        }
    }
}
