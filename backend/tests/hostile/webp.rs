//! Files of the WebP format, lossy and lossless, as heavy as their bytes can be made to weigh.

use crate::common::files::{riff_chunk, webp, webp_extended, webp_frame};

use super::{Hostile, noise};

/// Bits, the first lowest.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    rest: u64,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, bits: u32) {
        self.rest |= u64::from(value) << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.bytes.push(self.rest.to_le_bytes()[0]);
            self.rest >>= 8;
            self.count -= 8;
        }
    }

    /// Codes of which each has but one symbol and costs nothing, for green, red, blue, alpha, distance.
    fn one_symbol_each(&mut self, symbols: [u32; 5]) {
        for symbol in symbols {
            // Simple, one symbol, of eight bits.
            self.push(0b1, 1);
            self.push(0b0, 1);
            self.push(0b1, 1);
            self.push(symbol, 8);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.push(0, 8);
        self.bytes
    }
}

/// The costliest rule by which lossless pixels are predicted.
const SELECT: u32 = 11;

/// A lossless picture that passes through all transforms; with noise, or of one colour in next to no
/// bytes.
fn lossless(width: u32, height: u32, noisy: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x2f], ..Bits::default() };
    bits.push(width - 1, 14);
    bits.push(height - 1, 14);
    // Opaque, version 0.
    bits.push(0, 4);
    // Predicted in the smallest blocks there are.
    for (transform, symbols) in [(0b00, [SELECT, 0, 0, 255, 0]), (0b01, [3, 5, 7, 255, 0])] {
        bits.push(1 | transform << 1, 3);
        bits.push(0, 3);
        bits.push(0, 1);
        bits.one_symbol_each(symbols);
    }
    // Green is taken out of the others.
    bits.push(1 | 0b10 << 1, 3);
    // No more transforms, no cache of colours, one set of codes.
    bits.push(0, 3);
    if noisy == 0 {
        bits.one_symbol_each([1, 0, 0, 255, 0]);
        return bits.finish();
    }
    for channel in 0..5 {
        let two = channel < 2;
        bits.push(0b1, 1);
        bits.push(u32::from(two), 1);
        bits.push(0b1, 1);
        bits.push(if channel == 3 { 255 } else { 0 }, 8);
        if two {
            bits.push(9, 8);
        }
    }
    let mut bytes = bits.finish();
    bytes.extend(noise(noisy));
    bytes
}

/// A lossy picture whose every block is predicted in sixteen parts, and whose values are noise as far
/// as there is some; all edges are smoothed.
fn lossy(width: u16, height: u16, noisy: usize, more: usize) -> Vec<u8> {
    let blocks = usize::from(width).div_ceil(16) * usize::from(height).div_ceil(16);
    let decisions = [&decided()[..], &vec![0; 2_000 + blocks]].concat();
    let first = u32::try_from(decisions.len()).unwrap();
    let [a, b, c, _] = (first << 5 | 1 << 4).to_le_bytes();
    let [w0, w1] = width.to_le_bytes();
    let [h0, h1] = height.to_le_bytes();
    [&[a, b, c, 0x9d, 1, 0x2a, w0, w1, h0, h1][..], &decisions, &noise(noisy), &vec![0; more]]
        .concat()
}

/// How a lossy picture begins, of whose many questions an arithmetic decoder answers zeros with "no":
/// simple colours, no segments, and edges smoothed by the costlier filter at full strength.
fn decided() -> [u8; 8] {
    let (mut low, mut range, mut shift) = (0_u64, 255_u64, 0);
    for yes in [[false; 4].as_slice(), &[true; 6]].concat() {
        let split = 1 + (((range - 1) * 128) >> 8);
        if yes {
            low += split;
            range -= split;
        } else {
            range = split;
        }
        while range < 128 {
            (low, range, shift) = (low << 1, range << 1, shift + 1);
        }
    }
    (low << (56 - shift)).to_be_bytes()
}

/// Frames that each, where one looks at a certain place within them, begin a walk through all others.
fn walks() -> Vec<u8> {
    riff_chunk(*b"ANMF", &[&b"XXXX"[..], &[8, 0, 0, 0]].concat()).repeat(600_000)
}

/// A picture of which few bytes need about as much memory as may be.
pub fn heaviest() -> Vec<u8> {
    webp(&[riff_chunk(*b"VP8L", &lossless(6_000, 5_000, 0))])
}

/// What a WebP can be made to do.
pub fn all() -> Vec<Hostile> {
    let still = |content: Vec<u8>| webp(&[riff_chunk(*b"VP8 ", &content)]);
    let exact = |content: Vec<u8>| webp(&[riff_chunk(*b"VP8L", &content)]);
    let alpha = |width, height| {
        riff_chunk(*b"ALPH", &[&[0b01][..], &lossless(width, height, 0)[5..]].concat())
    };
    let dot = riff_chunk(*b"VP8L", &lossless(8, 8, 0));
    let animation = riff_chunk(*b"ANIM", &[0; 6]);
    vec![
        Hostile::taken("49 megapixels, lossy, noisy", still(lossy(7_000, 7_000, 8 << 20, 1 << 20))),
        Hostile::taken("30 megapixels, lossless, noisy", exact(lossless(6_000, 5_000, 9 << 20))),
        Hostile::too_heavy(
            "33 megapixels, lossless",
            6_600,
            5_000,
            exact(lossless(6_600, 5_000, 0)),
        ),
        Hostile::too_heavy(
            "21 megapixels, lossy with alpha",
            4_600,
            4_600,
            webp(&[
                webp_extended(0x10, 4_600, 4_600),
                alpha(4_600, 4_600),
                riff_chunk(*b"VP8 ", &lossy(4_600, 4_600, 0, 1_000_000)),
            ]),
        ),
        Hostile::taken(
            "20 megapixels, lossy with alpha",
            webp(&[
                webp_extended(0x10, 4_500, 4_500),
                alpha(4_500, 4_500),
                riff_chunk(*b"VP8 ", &lossy(4_500, 4_500, 0, 1_000_000)),
            ]),
        ),
        Hostile::too_many(
            "16,384 pixels a side",
            16_384,
            16_384,
            exact(lossless(16_384, 16_384, 0)),
        ),
        Hostile::taken(
            "ten thousand frames",
            webp(&[
                webp_extended(2, 8, 8),
                animation.clone(),
                webp_frame(8, 8, &dot).repeat(10_000),
            ]),
        ),
        Hostile::taken(
            "14 megapixels that move",
            webp(&[
                webp_extended(2, 3_700, 3_700),
                animation.clone(),
                webp_frame(3_700, 3_700, &riff_chunk(*b"VP8 ", &lossy(3_700, 3_700, 0, 1_000_000))),
            ]),
        ),
        Hostile::broken(
            "frames within frames",
            webp(&[webp_extended(2, 8, 8), animation, walks()]),
        ),
        Hostile::taken(
            "nine megabytes of EXIF",
            webp(&[webp_extended(8, 8, 8), dot.clone(), riff_chunk(*b"EXIF", &vec![0; 9 << 20])]),
        ),
        Hostile::taken(
            "nine megabytes of colour profile",
            webp(&[
                webp_extended(0x20, 8, 8),
                riff_chunk(*b"ICCP", &vec![0; 9 << 20]),
                dot.clone(),
            ]),
        ),
        Hostile::taken(
            "a million empty chunks",
            webp(&[
                webp_extended(0, 8, 8),
                riff_chunk(*b"XXXX", &[]).repeat(1_000_000),
                dot.clone(),
            ]),
        ),
        Hostile::broken(
            "noise after the header",
            webp(&[webp_extended(0, 4_000, 4_000), noise(9 << 20)]),
        ),
        Hostile::broken(
            "noise instead of a lossless picture",
            exact([&lossless(4_000, 4_000, 0)[..5], &noise(9 << 20)].concat()),
        ),
        Hostile::broken(
            "a picture within that is larger",
            webp(&[webp_extended(0, 8, 8), riff_chunk(*b"VP8L", &lossless(4_000, 4_000, 0))]),
        ),
    ]
}
