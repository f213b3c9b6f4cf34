//! What a picture says of itself before anything is decoded: its format, its size in pixels, and
//! what decoding it would cost. Nothing here takes memory for what is claimed, so a picture bomb is
//! refused for free.

use domain::image::{ImageFormat, ImageProblem, MAX_BYTES, check_pixels, sniff};

/// What a picture says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The format, told by content.
    pub format: ImageFormat,
    /// Width in pixels, before the picture is turned upright.
    pub width: u32,
    /// Height in pixels, before the picture is turned upright.
    pub height: u32,
    /// The bytes its decoder needs beside the pixels that it puts out.
    pub working_memory: u64,
    /// Where the pixels of a JPEG begin.
    pub first_scan: usize,
}

impl Header {
    /// Reads the first bytes of the file and refuses what is not to be decoded.
    pub fn read(file: &[u8]) -> Result<Self, ImageProblem> {
        if file.len() as u64 > MAX_BYTES {
            return Err(ImageProblem::TooLarge);
        }
        let format = sniff(file)?;
        let claim = match format {
            ImageFormat::Png => png(file),
            ImageFormat::Gif => gif(file),
            ImageFormat::Jpeg => jpeg(file)?,
            ImageFormat::WebP => webp(file)?,
        }
        .ok_or(ImageProblem::Broken)?;
        claim.check()?;
        Ok(Self {
            format,
            width: claim.width,
            height: claim.height,
            working_memory: claim.working_memory,
            first_scan: claim.first_scan,
        })
    }

    /// How many pixels there are to decode.
    pub const fn pixels(&self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// The answer to a picture that takes too much memory to decode.
    pub const fn too_much_memory(&self) -> ImageProblem {
        ImageProblem::TooMuchMemory { width: self.width, height: self.height }
    }
}

/// A size that the file claims somewhere.
#[derive(Clone, Copy)]
struct Claim {
    width: u32,
    height: u32,
    working_memory: u64,
    first_scan: usize,
}

impl Claim {
    const fn of_size(width: u32, height: u32) -> Self {
        Self { width, height, working_memory: 0, first_scan: 0 }
    }

    fn check(self) -> Result<(), ImageProblem> {
        if self.width == 0 || self.height == 0 {
            return Err(ImageProblem::Broken);
        }
        check_pixels(self.width, self.height)
    }

    const fn needing(self, bytes_per_pixel: u64) -> Self {
        let working_memory = self.width as u64 * self.height as u64 * bytes_per_pixel;
        Self { working_memory, ..self }
    }
}

fn bytes<const N: usize>(file: &[u8], at: usize) -> Option<[u8; N]> {
    file.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn big_endian_16(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes(file, at)?)))
}

fn little_endian_16(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes(file, at)?)))
}

fn little_endian_24(file: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = bytes(file, at)?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

/// The size in the first chunk, which is always the same one. Rows are decoded one by one.
fn png(file: &[u8]) -> Option<Claim> {
    (bytes(file, 12)? == *b"IHDR").then_some(())?;
    let width = u32::from_be_bytes(bytes(file, 16)?);
    let height = u32::from_be_bytes(bytes(file, 20)?);
    Some(Claim::of_size(width, height))
}

/// The size of the logical screen. Frames are bounded when they are decoded.
fn gif(file: &[u8]) -> Option<Claim> {
    Some(Claim::of_size(little_endian_16(file, 6)?, little_endian_16(file, 8)?))
}

/// How many scans a JPEG may have that holds its pixels back until the last: cameras and programs write
/// about ten. Each makes the decoder walk through the whole picture, however few bytes it takes.
const MAX_SCANS: usize = 40;

/// Walks the segments up to the first scan. Every size met on the way is checked, as it isn't said
/// which of two would count.
fn jpeg(file: &[u8]) -> Result<Option<Claim>, ImageProblem> {
    let mut frame = None;
    let mut at = 2;
    while let Some((marker, segment)) = jpeg_segment(file, at) {
        match marker {
            0xda => {
                let claim = frame.and_then(|it: JpegFrame| it.claim(file, segment));
                let has_many = claim.is_some_and(|it| it.working_memory > 0);
                if has_many && jpeg_scans(&file[segment..]).nth(MAX_SCANS - 1).is_some() {
                    return Err(ImageProblem::Broken);
                }
                return Ok(claim);
            }
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let Some(found) = JpegFrame::read(file, segment, marker == 0xc2) else {
                    return Ok(None);
                };
                Claim::of_size(found.width, found.height).check()?;
                frame = Some(found);
            }
            _ => {}
        }
        let Some(length) = big_endian_16(file, segment) else {
            return Ok(None);
        };
        at = segment.saturating_add(length.max(2) as usize);
    }
    Ok(None)
}

/// The next marker with a segment at or after that place, and where its segment begins.
fn jpeg_segment(file: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        let marker = *file.get(at + 1)?;
        let marks = file[at] == 0xff && !matches!(marker, 0 | 1 | 0xd0..=0xd9 | 0xff);
        if marks {
            return Some((marker, at + 2));
        }
        at += 1;
    }
}

/// Where the scans begin that follow in the data of another, up to the end of the picture.
fn jpeg_scans(data: &[u8]) -> impl Iterator<Item = usize> {
    let is_marker = |at: &usize| matches!(data.get(at + 1), Some(0xd9 | 0xda));
    let markers = (0..data.len()).filter(|at| data[*at] == 0xff).filter(is_marker);
    markers.take_while(|at| data[at + 1] == 0xda)
}

/// The frame of a JPEG.
struct JpegFrame {
    width: u32,
    height: u32,
    progressive: bool,
    components: u8,
    /// How many samples there are for 1,000 pixels, over all components.
    samples_per_1000: u64,
}

impl JpegFrame {
    fn read(file: &[u8], segment: usize, progressive: bool) -> Option<Self> {
        let components = *file.get(segment + 7)?;
        let factors = (0..usize::from(components)).map(|it| {
            let factor = *file.get(segment + 9 + 3 * it)?;
            Some((u64::from(factor >> 4), u64::from(factor & 15)))
        });
        let factors: Option<Vec<(u64, u64)>> = factors.collect();
        let factors = factors?;
        let across = factors.iter().map(|it| it.0).max()?.max(1);
        let down = factors.iter().map(|it| it.1).max()?.max(1);
        let samples: u64 = factors.iter().map(|it| it.0 * it.1).sum();
        Some(Self {
            width: big_endian_16(file, segment + 5)?,
            height: big_endian_16(file, segment + 3)?,
            progressive,
            components,
            samples_per_1000: samples * 1000 / (across * down),
        })
    }

    /// Where one scan doesn't hold everything, the decoder keeps all samples, two bytes each.
    fn claim(&self, file: &[u8], scan: usize) -> Option<Claim> {
        let in_first_scan = *file.get(scan + 2)?;
        let keeps_samples = self.progressive || in_first_scan < self.components;
        let claim = Claim::of_size(self.width, self.height);
        let samples = claim.needing(self.samples_per_1000).working_memory / 1000;
        let working_memory = if keeps_samples { 2 * samples } else { 0 };
        Some(Claim { working_memory, first_scan: scan, ..claim })
    }
}

/// What a frame may begin with: its pixels, or its alpha and then its pixels. What follows is no part of
/// it, and a walk through all of it from each of many frames would take minutes.
const WEBP_FRAME_PARTS: usize = 2;

/// Walks all chunks, those inside frames too: a lossy frame is decoded at its own size before that
/// is compared with what the file says elsewhere.
fn webp(file: &[u8]) -> Result<Option<Claim>, ImageProblem> {
    let mut chunks = Chunks { file, at: 12 };
    let Some(first) = chunks.next() else {
        return Ok(None);
    };
    let Some(claim) = first.webp_size(file) else {
        return Ok(None);
    };
    let mut bytes_per_pixel = first.webp_working_memory();
    for chunk in chunks {
        bytes_per_pixel = bytes_per_pixel.max(chunk.webp_working_memory());
        if chunk.name == *b"ANMF" {
            let parts = Chunks { file, at: chunk.content.saturating_add(16) };
            parts.take(WEBP_FRAME_PARTS).try_for_each(|it| it.check_webp_frame(file))?;
        }
        chunk.check_webp_frame(file)?;
    }
    Ok(Some(claim.needing(bytes_per_pixel)))
}

/// A chunk of a RIFF file.
struct Chunk {
    name: [u8; 4],
    content: usize,
}

impl Chunk {
    fn webp_size(&self, file: &[u8]) -> Option<Claim> {
        let at = self.content;
        match &self.name {
            b"VP8X" => Some(Claim::of_size(
                little_endian_24(file, at + 4)? + 1,
                little_endian_24(file, at + 7)? + 1,
            )),
            b"VP8L" => {
                let bits = u32::from_le_bytes(bytes(file, at + 1)?);
                Some(Claim::of_size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
            }
            b"VP8 " => Some(Claim::of_size(
                little_endian_16(file, at + 6)? & 0x3fff,
                little_endian_16(file, at + 8)? & 0x3fff,
            )),
            _ => None,
        }
    }

    fn check_webp_frame(&self, file: &[u8]) -> Result<(), ImageProblem> {
        if self.name == *b"VP8 " {
            return self.webp_size(file).ok_or(ImageProblem::Broken)?.check();
        }
        Ok(())
    }

    /// Bytes per pixel: colour planes, unpacked alpha, what lossless pixels are predicted by, a copy of
    /// the frame, a canvas to put it on.
    const fn webp_working_memory(&self) -> u64 {
        match &self.name {
            b"VP8 " => 2,
            b"VP8L" => 5,
            b"ALPH" => 8,
            b"ANMF" => 13,
            _ => 0,
        }
    }
}

/// The chunks of a RIFF file from a place on.
struct Chunks<'a> {
    file: &'a [u8],
    at: usize,
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let name = bytes(self.file, self.at)?;
        let length = u32::from_le_bytes(bytes(self.file, self.at + 4)?);
        let content = self.at + 8;
        self.at = content.checked_add(length as usize)?.checked_add(length as usize & 1)?;
        Some(Chunk { name, content })
    }
}

#[cfg(test)]
mod tests;
