//! Writing the kept squares: fresh files without any metadata, named by their content.

use std::fmt::Write as _;

use bytes::Bytes;
use domain::image::ImageName;
use image::{DynamicImage, codecs::png::PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use sha2::{Digest, Sha256};

use super::square::Squares;

/// Beyond this, files grow and nobody sees why.
const JPEG_QUALITY: u8 = 85;

/// A profile image as files.
pub(crate) struct EncodedImage {
    /// The name of both files.
    pub name: ImageName,
    /// The file of the tile.
    pub large: Bytes,
    /// The file of the list entry.
    pub small: Bytes,
}

impl EncodedImage {
    /// Encodes both sizes: JPEG, or PNG where there is alpha. `None` if an encoder fails.
    pub fn of(squares: &Squares) -> Option<Self> {
        let transparent = squares.large.color().has_alpha();
        let encode = if transparent { png } else { jpeg };
        let (large, small) = (encode(&squares.large)?, encode(&squares.small)?);
        let name = name(&large, if transparent { "png" } else { "jpg" })?;
        Some(Self { name, large: large.into(), small: small.into() })
    }
}

fn png(square: &DynamicImage) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    square.write_with_encoder(PngEncoder::new(&mut file)).ok()?;
    Some(file)
}

/// By another encoder than that of `image`, which takes longer than making the squares does.
fn jpeg(square: &DynamicImage) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let pixels = square.as_rgb8()?;
    let (width, height) = (pixels.width().try_into().ok()?, pixels.height().try_into().ok()?);
    let mut encoder = Encoder::new(&mut file, JPEG_QUALITY);
    // Faces are small: every pixel keeps its own colour.
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode(pixels, width, height, ColorType::Rgb).ok()?;
    Some(file)
}

fn name(content: &[u8], kind: &str) -> Option<ImageName> {
    let mut name = String::with_capacity(36);
    for byte in &Sha256::digest(content)[..16] {
        write!(name, "{byte:02x}").ok()?;
    }
    ImageName::parse(&format!("{name}.{kind}"))
}
