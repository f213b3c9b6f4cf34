//! Writing the kept squares: fresh files without any metadata, named by their content.

use std::fmt::Write as _;

use bytes::Bytes;
use domain::image::ImageName;
use image::{
    DynamicImage, ImageResult,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
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
        let large = encode(&squares.large, transparent).ok()?;
        let small = encode(&squares.small, transparent).ok()?;
        let name = name(&large, if transparent { "png" } else { "jpg" })?;
        Some(Self { name, large: large.into(), small: small.into() })
    }
}

fn encode(square: &DynamicImage, transparent: bool) -> ImageResult<Vec<u8>> {
    let mut file = Vec::new();
    if transparent {
        square.write_with_encoder(PngEncoder::new(&mut file))?;
    } else {
        square.write_with_encoder(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY))?;
    }
    Ok(file)
}

fn name(content: &[u8], kind: &str) -> Option<ImageName> {
    let mut name = String::with_capacity(36);
    for byte in &Sha256::digest(content)[..16] {
        write!(name, "{byte:02x}").ok()?;
    }
    ImageName::parse(&format!("{name}.{kind}"))
}
