//! PNGs and what zlib packs, written so that little unpacks to much.

use crate::common::files::{png, png_chunk, png_start, png_start_of, zlib};

use super::{Hostile, noise};

/// Bytes as zlib packs them, put together by hand: runs of zeros cost next to nothing.
struct Packed {
    bytes: Vec<u8>,
    /// What is not a whole byte yet, the first bit lowest.
    rest: u64,
    bits: u32,
    checksum: (u64, u64),
}

/// How long a run is repeated by one code: its symbol beyond 256, how many bits follow it, and how many
/// zeros that stands for.
#[derive(Clone, Copy)]
struct Repeat(u32, u32, u64);

const LONGEST: Repeat = Repeat(29, 0, 258);
/// Nothing shorter unpacks to all pixels that there may be.
const SHORT: Repeat = Repeat(15, 2, 27);

impl Packed {
    fn new() -> Self {
        let mut packed = Self { bytes: vec![0x78, 1], rest: 0, bits: 0, checksum: (1, 0) };
        // The last block, with the codes that need no table.
        packed.push(0b011, 3);
        packed
    }

    fn push(&mut self, value: u32, bits: u32) {
        self.rest |= u64::from(value) << self.bits;
        self.bits += bits;
        while self.bits >= 8 {
            self.bytes.push(self.rest.to_le_bytes()[0]);
            self.rest >>= 8;
            self.bits -= 8;
        }
    }

    /// A code, whose first bit is its highest.
    fn code(&mut self, code: u32, bits: u32) {
        self.push(code.reverse_bits() >> (32 - bits), bits);
    }

    /// A byte below 144.
    fn byte(&mut self, byte: u8) {
        self.code(0x30 + u32::from(byte), 8);
        let (a, b) = self.checksum;
        let a = (a + u64::from(byte)) % 65_521;
        self.checksum = (a, (b + a) % 65_521);
    }

    /// Zeros after a zero.
    fn zeros(&mut self, mut count: u64, Repeat(symbol, bits, length): Repeat) {
        let (a, b) = self.checksum;
        self.checksum = (a, (b + a * count) % 65_521);
        while count >= length {
            match symbol {
                0..24 => self.code(symbol, 7),
                _ => self.code(0xc0 + symbol - 24, 8),
            }
            self.push(0, bits);
            // From one byte before.
            self.push(0, 5);
            count -= length;
        }
        (0..count).for_each(|_| self.code(0x30, 8));
    }

    fn finish(mut self) -> Vec<u8> {
        self.code(0, 7);
        self.push(0, 7);
        let (a, b) = self.checksum;
        self.bytes.extend(u32::try_from(b << 16 | a).unwrap().to_be_bytes());
        self.bytes
    }
}

/// So many zeros, packed.
fn zeros(count: u64) -> Vec<u8> {
    let mut packed = Packed::new();
    packed.byte(0);
    packed.zeros(count - 1, LONGEST);
    packed.finish()
}

/// Rows of zeros, each to be added to what its neighbours say.
fn rows(height: u32, bytes: u64, repeat: Repeat) -> Vec<u8> {
    const PAETH: u8 = 4;
    let mut packed = Packed::new();
    for _ in 0..height {
        packed.byte(PAETH);
        packed.byte(0);
        packed.zeros(bytes - 1, repeat);
    }
    packed.finish()
}

/// A picture whose interlaced passes take as many bytes as its rows do, each with its filters.
fn interlaced(width: u32, height: u32) -> Vec<u8> {
    let passes = [
        (8, 0, 8, 0),
        (8, 4, 8, 0),
        (4, 0, 8, 4),
        (4, 2, 4, 0),
        (2, 0, 4, 2),
        (2, 1, 2, 0),
        (1, 0, 2, 1),
    ];
    let bytes: u32 = passes
        .map(|(across, left, down, top)| {
            (1 + (width - left).div_ceil(across) * 3) * (height - top).div_ceil(down)
        })
        .iter()
        .sum();
    png(png_start_of(width, height, [8, 2, 1]), &[], &zeros(bytes.into()))
}

fn text(kind: [u8; 4], head: &[u8], zeros_in_it: u64) -> Vec<u8> {
    png_chunk(kind, &[head, &zeros(zeros_in_it)].concat())
}

fn small(chunks: &[Vec<u8>]) -> Vec<u8> {
    png(png_start(8, 8, 8, 2), chunks, &zeros(8 * 25))
}

/// What a PNG can be made to do.
pub fn all() -> Vec<Hostile> {
    sizes().into_iter().chain(extras()).chain(lies()).collect()
}

/// Pictures as large as may be, and larger.
fn sizes() -> Vec<Hostile> {
    vec![
        Hostile::taken(
            "49 megapixels of 1 bit",
            png(png_start(7_000, 7_000, 1, 0), &[], &rows(7_000, 875, LONGEST)),
        ),
        Hostile::taken(
            "49 megapixels of colour, hardly packed",
            png(png_start(7_000, 7_000, 8, 2), &[], &rows(7_000, 21_000, SHORT)),
        ),
        Hostile::taken(
            "40 megapixels with alpha",
            png(png_start(20_000, 2_000, 8, 6), &[], &rows(2_000, 80_000, SHORT)),
        ),
        Hostile::taken(
            "20 megapixels of 16 bits with alpha",
            png(png_start(4_400, 4_500, 16, 6), &[], &rows(4_500, 35_200, SHORT)),
        ),
        Hostile::too_heavy(
            "25 megapixels of 16 bits with alpha",
            5_000,
            5_000,
            png(png_start(5_000, 5_000, 16, 6), &[], &rows(5_000, 40_000, LONGEST)),
        ),
        Hostile::taken("49 megapixels, interlaced", interlaced(7_000, 7_000)),
        Hostile::taken(
            "one pixel wide",
            png(png_start(1, 20_000, 8, 2), &[], &rows(20_000, 3, SHORT)),
        ),
        Hostile::taken(
            "one pixel high",
            png(png_start(20_000, 1, 8, 2), &[], &rows(1, 60_000, SHORT)),
        ),
        Hostile::broken("nothing wide", png(png_start(0, 20_000, 8, 2), &[], &zeros(20_000))),
        Hostile::broken("nothing high", png(png_start(20_000, 0, 8, 2), &[], &zeros(20_000))),
        Hostile::too_many(
            "a header of 2³¹ − 1 pixels a side",
            i32::MAX.unsigned_abs(),
            i32::MAX.unsigned_abs(),
            png_start(i32::MAX.unsigned_abs(), i32::MAX.unsigned_abs(), 8, 6),
        ),
        Hostile::too_many(
            "20,000 pixels a side in 1 bit",
            20_000,
            20_000,
            png(png_start(20_000, 20_000, 1, 0), &[], &rows(20_000, 2_500, LONGEST)),
        ),
    ]
}

/// Little pictures with much besides.
fn extras() -> Vec<Hostile> {
    let frames = [png_chunk(*b"acTL", &[0, 0, 0x27, 0x10, 0, 0, 0, 0])].into_iter().chain(
        (0..10_000_u32).map(|it| {
            let size = [8_u32, 8, 0, 0].map(u32::to_be_bytes).concat();
            png_chunk(*b"fcTL", &[&it.to_be_bytes()[..], &size, &[0, 1, 0, 100, 0, 0]].concat())
        }),
    );
    vec![
        Hostile::taken("ten thousand frames", small(&frames.collect::<Vec<_>>())),
        Hostile::taken("a gigabyte of text", small(&[text(*b"zTXt", b"a\0\0", 1 << 30)])),
        Hostile::taken(
            "a gigabyte of international text",
            small(&[text(*b"iTXt", b"a\0\x01\0\0\0", 1 << 30)]),
        ),
        Hostile::taken("a gigabyte of colour profile", small(&[text(*b"iCCP", b"a\0\0", 1 << 30)])),
        Hostile::taken("nine megabytes of EXIF", small(&[png_chunk(*b"eXIf", &vec![0; 9 << 20])])),
        Hostile::taken(
            "ten thousand texts",
            small(&vec![text(*b"zTXt", b"a\0\0", 100_000); 10_000]),
        ),
        Hostile::taken(
            "a gigabyte more than its pixels",
            png(png_start(8, 8, 8, 2), &[], &zeros(1 << 30)),
        ),
    ]
}

/// Pictures that aren't what they say.
fn lies() -> Vec<Hostile> {
    let mut wrong_checksum = small(&[]);
    wrong_checksum[29] ^= 1;
    let mut wrong_checksum_of_pixels = small(&[]);
    let last = wrong_checksum_of_pixels.len() - 13;
    wrong_checksum_of_pixels[last] ^= 1;
    let few_colours = png_chunk(*b"PLTE", &[200; 3]);
    vec![
        Hostile::broken(
            "a chunk longer than the file",
            [png_start(8, 8, 8, 2), vec![0x7f, 0xff, 0xff, 0xff], b"IDAT".to_vec(), zeros(200)]
                .concat(),
        ),
        Hostile::broken("a wrong checksum of the header", wrong_checksum),
        Hostile::broken("a wrong checksum of the pixels", wrong_checksum_of_pixels),
        Hostile::taken(
            "more pixels than colours",
            png(png_start(2, 1, 8, 3), &[few_colours], &zlib(&[0, 255, 255])),
        ),
        Hostile::broken(
            "a palette without colours",
            png(png_start(2, 1, 8, 3), &[], &zlib(&[0, 0, 0])),
        ),
        Hostile::broken(
            "a depth that there is not",
            png(png_start(2, 1, 3, 2), &[], &zlib(&[0; 7])),
        ),
        Hostile::broken(
            "noise after the header",
            [png_start(4_000, 4_000, 8, 2), noise(1 << 20)].concat(),
        ),
        Hostile::broken(
            "noise instead of packed pixels",
            png(png_start(4_000, 4_000, 8, 2), &[], &noise(9 << 20)),
        ),
        Hostile::broken(
            "half of its pixels",
            png(png_start(7_000, 7_000, 8, 2), &[], &rows(3_500, 21_000, LONGEST)),
        ),
    ]
}
