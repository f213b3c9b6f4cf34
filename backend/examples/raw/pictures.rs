//! The pictures that the bench uploads, and decoding one by the same crate as the server.

use std::{
    fs,
    io::BufWriter,
    path::{Path, PathBuf},
};

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder,
    codecs::png::PngEncoder,
};

use crate::Result;

/// Decodes a picture as a whole, and answers how many pixels it has.
pub fn decode(file: &Path) -> Result<u32> {
    let picture = image::load_from_memory(&fs::read(file)?)?;
    Ok(picture.width() * picture.height())
}

/// Draws all of them, and answers with their paths: a photo of 12 megapixels, the same shrunk by a
/// browser, the heaviest PNG that is taken, and one that claims more than is taken.
pub fn draw(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let photo = DynamicImage::ImageRgb8(RgbImage::from_fn(4000, 3000, pixel));
    let shrunk = photo.thumbnail(1024, 1024);
    let files = ["photo.jpg", "shrunk.jpg", "heavy.png", "bomb.png"].map(|it| folder.join(it));
    jpeg(&photo, &files[0])?;
    jpeg(&shrunk, &files[1])?;
    let heavy = vec![0x7f; 7000 * 7000 * 3];
    let encoder = PngEncoder::new(BufWriter::new(fs::File::create(&files[2])?));
    encoder.write_image(&heavy, 7000, 7000, ExtendedColorType::Rgb8)?;
    // Width and height stand right after the signature and the name of the first chunk.
    let mut bomb = fs::read(&files[2])?;
    bomb[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    fs::write(&files[3], bomb)?;
    Ok(files.to_vec())
}

fn jpeg(picture: &DynamicImage, file: &Path) -> Result {
    const QUALITY: u8 = 90;
    let file = BufWriter::new(fs::File::create(file)?);
    Ok(picture.write_with_encoder(JpegEncoder::new_with_quality(file, QUALITY))?)
}

/// Slow waves of colour under a fine grain, about as heavy as what a camera writes.
fn pixel(x: u32, y: u32) -> Rgb<u8> {
    let wave = |at: u32, length: u32| (at % length).abs_diff(length / 2) * 255 / length;
    let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 28;
    let tone = |it: u32| u8::try_from(it + grain).unwrap_or(u8::MAX);
    Rgb([tone(wave(x, 900)), tone(wave(y, 700)), tone(wave(x + y, 1300))])
}
