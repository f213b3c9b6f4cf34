//! Decoding a picture within limits: from a checked file to 8-bit pixels, in one buffer.

use std::io::Cursor;

use bytes::Bytes;
use domain::image::{ImageFormat, ImageProblem};
use image::{
    ColorType, ImageDecoder, ImageError, Limits,
    codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use super::header::Header;

/// The most bytes that decoded pixels may take.
const MAX_DECODED: u64 = 160_000_000;
/// The most bytes that decoding may take in all; with the file and a copy of it that is 256 MiB.
const MAX_MEMORY: u64 = 236 * 1024 * 1024;
/// What a PNG may unpack beside its pixels, such as a colour profile.
const MAX_PNG_EXTRAS: u64 = 16 * 1024 * 1024;

/// A decoded picture as its file holds it: not cropped, not turned upright.
pub(super) struct Picture {
    /// The pixels row by row, one byte a channel.
    pub pixels: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What stands in `pixels` for each pixel.
    pub channels: Channels,
    /// How the picture is to be turned to stand upright.
    pub orientation: Orientation,
}

/// The channels of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
}

impl Channels {
    const fn of(colour: ColorType) -> Option<Self> {
        match colour {
            ColorType::L8 | ColorType::L16 => Some(Self::Grey),
            ColorType::La8 | ColorType::La16 => Some(Self::GreyAlpha),
            ColorType::Rgb8 | ColorType::Rgb16 => Some(Self::Rgb),
            ColorType::Rgba8 | ColorType::Rgba16 => Some(Self::Rgba),
            _ => None,
        }
    }
}

/// Decodes the picture whose header was read; the file is let go of as soon as it isn't needed.
pub(super) fn decode(header: &Header, file: Bytes) -> Result<Picture, ImageProblem> {
    let limits = limits(header, MAX_PNG_EXTRAS);
    match header.format {
        ImageFormat::Png => read(header, PngDecoder::with_limits(Cursor::new(file), limits)),
        ImageFormat::Gif => read(header, GifDecoder::new(Cursor::new(file))),
        ImageFormat::WebP => read(header, WebPDecoder::new(Cursor::new(file))),
        ImageFormat::Jpeg => {
            if !is_whole_jpeg(header, &file) {
                return Err(ImageProblem::Broken);
            }
            read(header, JpegDecoder::new(Cursor::new(file)))
        }
    }
}

/// Whether the end marker is there. The decoder doesn't mind its absence: it paints what is missing
/// grey. Looked for from the end, where it mostly stands.
fn is_whole_jpeg(header: &Header, file: &[u8]) -> bool {
    // Before the first scan, it may be the end of a thumbnail.
    file[header.first_scan..].windows(2).rev().any(|it| it == [0xff, 0xd9])
}

fn limits(header: &Header, max_alloc: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(header.width);
    limits.max_image_height = Some(header.height);
    limits.max_alloc = Some(max_alloc);
    limits
}

fn read<D: ImageDecoder>(
    header: &Header,
    decoder: Result<D, ImageError>,
) -> Result<Picture, ImageProblem> {
    // Limits are reached only by files that hold more than their headers say.
    let problem = |_: ImageError| ImageProblem::Broken;
    let mut decoder = decoder.map_err(problem)?;
    let size = decoder.total_bytes();
    let needed = size.saturating_add(header.working_memory);
    if size > MAX_DECODED || needed > MAX_MEMORY {
        return Err(header.too_much_memory());
    }
    let (width, height) = decoder.dimensions();
    if (width, height) != (header.width, header.height) {
        return Err(ImageProblem::Broken);
    }
    decoder.set_limits(limits(header, MAX_MEMORY - needed)).map_err(problem)?;
    let colour = decoder.color_type();
    let channels = Channels::of(colour).ok_or(ImageProblem::Format)?;
    // A picture whose metadata can't be read is taken as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = vec![0; usize::try_from(size).map_err(|_| header.too_much_memory())?];
    decoder.read_image(&mut pixels).map_err(problem)?;
    if colour.bytes_per_pixel() > colour.channel_count() {
        narrow(&mut pixels);
    }
    Ok(Picture { pixels, width, height, channels, orientation })
}

/// Brings 16-bit channels to 8 bits within the same buffer.
fn narrow(pixels: &mut Vec<u8>) {
    let half = pixels.len() / 2;
    for at in 0..half {
        let wide = u32::from(u16::from_ne_bytes([pixels[2 * at], pixels[2 * at + 1]]));
        pixels[at] = u8::try_from((wide + 128) / 257).unwrap_or(u8::MAX);
    }
    pixels.truncate(half);
    pixels.shrink_to_fit();
}
