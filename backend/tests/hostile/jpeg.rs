//! JPEGs whose scans ask for more work than their bytes let one think.

use crate::common::files::{jpeg, jpeg_segment};

use super::{Hostile, noise};

const PROGRESSIVE: u8 = 0xc2;
const SEQUENTIAL: u8 = 0xc0;

/// A frame whose components have those sampling factors.
fn frame(kind: u8, width: u16, height: u16, factors: &[u8]) -> Vec<u8> {
    let mut content = vec![8];
    content.extend(height.to_be_bytes());
    content.extend(width.to_be_bytes());
    content.push(u8::try_from(factors.len()).unwrap());
    for (id, factor) in (1..).zip(factors) {
        content.extend([id, *factor, 0]);
    }
    jpeg_segment(kind, &content)
}

/// A table of codes: one symbol for each length from one bit on.
fn codes(table: u8, symbols: &[u8]) -> Vec<u8> {
    let counts: Vec<u8> = (0..16).map(|it| u8::from(it < symbols.len())).collect();
    jpeg_segment(0xc4, &[&[table], &counts[..], symbols].concat())
}

/// Tables in which the shortest codes say the least: of a block's first value that it is as the last, of
/// the others that there are none in this block, or that one is of one bit.
fn tables(none: u8) -> Vec<u8> {
    let ones = jpeg_segment(0xdb, &[&[0][..], &[1; 64]].concat());
    [ones, codes(0x00, &[0, 1]), codes(0x10, &[none, 1])].concat()
}

/// A scan of those components, of the values from the first to the last, in that precision.
fn scan(components: &[u8], [first, last, precision]: [u8; 3], data: &[u8]) -> Vec<u8> {
    let mut content = vec![u8::try_from(components.len()).unwrap()];
    for id in components {
        content.extend([*id, 0]);
    }
    content.extend([first, last, precision]);
    [jpeg_segment(0xda, &content), data.to_vec()].concat()
}

/// No more values in 16,384 blocks, in one code of 15 bits.
const NO_MORE: u8 = 0xe0;

/// A progressive picture whose components are each gone through in so many scans of that precision, which
/// say that nothing changes.
fn repeated(width: u16, height: u16, components: u8, precision: u8, times: usize) -> Vec<u8> {
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    let nothing = vec![0; (blocks.div_ceil(16_384) * 15).div_ceil(8)];
    let scans = |bytes: &[u8], values: [u8; 3]| {
        (1..=components).map(|it| scan(&[it], values, bytes)).collect::<Vec<_>>().concat()
    };
    jpeg(&[
        frame(PROGRESSIVE, width, height, &vec![0x11; usize::from(components)]),
        tables(NO_MORE),
        scans(&vec![0; blocks.div_ceil(8)], [0, 0, 0]),
        scans(&nothing, [1, 63, precision]).repeat(times),
    ])
}

/// A picture whose blocks each have ten values besides the first, in four bytes.
fn dense(width: u16, height: u16, factors: &[u8]) -> Vec<u8> {
    const BLOCK: [u8; 4] = [0x5b, 0x6d, 0xb6, 0xda];
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    let ids: Vec<u8> = (1..).take(factors.len()).collect();
    let data = BLOCK.repeat(blocks * factors.len());
    jpeg(&[frame(SEQUENTIAL, width, height, factors), tables(0), scan(&ids, [0, 63, 0], &data)])
}

/// A small grey picture with those segments before it.
fn small(segments: &[Vec<u8>]) -> Vec<u8> {
    jpeg(&[
        segments.concat(),
        frame(SEQUENTIAL, 8, 8, &[0x11]),
        tables(0),
        scan(&[1], [0, 63, 0], &[0x3f]),
    ])
}

/// What a JPEG can be made to do.
pub fn all() -> Vec<Hostile> {
    let exif = |zeros: usize| jpeg_segment(0xe1, &[b"Exif\0\0", &vec![0; zeros][..]].concat());
    let profile =
        |at: u8| jpeg_segment(0xe2, &[b"ICC_PROFILE\0", &[at, 255][..], &vec![0; 60_000]].concat());
    let grown = jpeg(&[
        frame(PROGRESSIVE, 800, 800, &[0x11]),
        tables(NO_MORE),
        scan(&[1], [0, 0, 0], &[0; 1_250]),
        frame(PROGRESSIVE, u16::MAX, u16::MAX, &[0x11]),
        scan(&[1], [1, 63, 0], &[0; 2]),
    ]);
    let plain: Vec<u8> = noise(9 << 20).iter().map(|it| it >> 1).collect();
    let blocks = 625 * 625;
    let separate: Vec<Vec<u8>> =
        (1..=3).map(|it| scan(&[it], [0, 63, 0], &vec![0; blocks / 4])).collect();
    vec![
        Hostile::taken("49 megapixels, dense", dense(7_000, 7_000, &[0x11, 0x11, 0x11])),
        Hostile::taken("as many scans as may be", repeated(7_000, 7_000, 1, 0x10, 39)),
        Hostile::taken(
            "as many scans as may be, of four components",
            repeated(4_600, 4_800, 4, 0x10, 9),
        ),
        Hostile::broken("a scan too many", repeated(7_000, 7_000, 1, 0x10, 40)),
        Hostile::broken("a hundred thousand scans", repeated(7_000, 7_000, 1, 0x10, 90_000)),
        Hostile::taken(
            "25 megapixels, each component by itself",
            jpeg(&[frame(SEQUENTIAL, 5_000, 5_000, &[0x11; 3]), tables(0), separate.concat()]),
        ),
        Hostile::broken(
            "fifty scans of one component",
            jpeg(&[frame(SEQUENTIAL, 5_000, 5_000, &[0x11; 3]), tables(0), separate[0].repeat(50)]),
        ),
        Hostile::too_heavy(
            "a progressive picture that is kept until its last scan",
            7_000,
            7_000,
            jpeg(&[
                frame(PROGRESSIVE, 7_000, 7_000, &[0x11; 3]),
                tables(0),
                scan(&[1, 2, 3], [0, 0, 0], &[0; 1_000]),
            ]),
        ),
        Hostile::too_many(
            "65,535 pixels a side",
            65_535,
            65_535,
            jpeg(&[
                frame(SEQUENTIAL, u16::MAX, u16::MAX, &[0x11]),
                tables(0),
                scan(&[1], [0, 63, 0], &[]),
            ]),
        ),
        Hostile::too_many(
            "a second frame that is larger",
            65_535,
            65_535,
            jpeg(&[
                frame(SEQUENTIAL, 8, 8, &[0x11]),
                frame(SEQUENTIAL, u16::MAX, u16::MAX, &[0x11]),
                tables(0),
                scan(&[1], [0, 63, 0], &[0x3f]),
            ]),
        ),
        Hostile::broken("a frame that grows between scans", grown),
        Hostile::broken(
            "nothing high",
            jpeg(&[frame(SEQUENTIAL, 8, 0, &[0x11]), tables(0), scan(&[1], [0, 63, 0], &[0x3f])]),
        ),
        Hostile::broken("no frame", jpeg(&[tables(0), scan(&[1], [0, 63, 0], &[0x3f])])),
        Hostile::broken(
            "no tables",
            jpeg(&[frame(SEQUENTIAL, 800, 800, &[0x11]), scan(&[1], [0, 63, 0], &[0x3f])]),
        ),
        Hostile::broken(
            "no component",
            jpeg(&[frame(SEQUENTIAL, 8, 8, &[]), tables(0), scan(&[], [0, 63, 0], &[0x3f])]),
        ),
        Hostile::broken(
            "components sampled by nothing",
            jpeg(&[
                frame(SEQUENTIAL, 8, 8, &[0x00; 3]),
                tables(0),
                scan(&[1, 2, 3], [0, 63, 0], &[0x3f]),
            ]),
        ),
        Hostile::taken("nine megabytes of EXIF", small(&vec![exif(65_000); 145])),
        Hostile::taken(
            "nine megabytes of colour profile",
            small(&(1..=150).map(profile).collect::<Vec<_>>()),
        ),
        Hostile::taken(
            "two million empty comments",
            small(&vec![jpeg_segment(0xfe, &[]); 2_000_000]),
        ),
        Hostile::broken(
            "noise after the header",
            [&jpeg(&[frame(SEQUENTIAL, 4_000, 4_000, &[0x11]), tables(0)])[..], &plain].concat(),
        ),
    ]
}
