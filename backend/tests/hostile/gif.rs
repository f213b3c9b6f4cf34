//! GIFs: few codes that stand for many pixels, and many frames.

use super::{Hostile, noise};

/// A GIF of that size with two colours, and what follows.
fn gif(width: u16, height: u16, blocks: &[Vec<u8>]) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let head = [b"GIF89a", &size[..], &[0x80, 0, 0], &[0; 3], &[255; 3]].concat();
    [head, blocks.concat(), vec![0x3b]].concat()
}

/// A frame of that size.
fn frame(width: u16, height: u16, interlaced: bool, data: &[u8]) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    let head = [&[0x2c, 0, 0, 0, 0], &size[..], &[u8::from(interlaced) << 6, 2]].concat();
    [head, in_blocks(data)].concat()
}

fn in_blocks(data: &[u8]) -> Vec<u8> {
    let blocks = data.chunks(255).map(|it| [&[u8::try_from(it.len()).unwrap()], it].concat());
    blocks.chain([vec![0]]).collect::<Vec<_>>().concat()
}

/// So many pixels of one colour, in the fewest codes.
fn plain(mut pixels: u64) -> Vec<u8> {
    const CLEAR: u32 = 4;
    const LAST: u32 = 4_095;
    let (mut bytes, mut rest, mut bits) = (Vec::new(), 0_u64, 0);
    let mut push = |code: u32, width: u32| {
        rest |= u64::from(code) << bits;
        bits += width;
        while bits >= 8 {
            bytes.push(rest.to_le_bytes()[0]);
            rest >>= 8;
            bits -= 8;
        }
    };
    let mut width = 3;
    push(CLEAR, width);
    while pixels > 0 {
        // The first code stands for one pixel, and each of the following for one more than the last.
        push(0, width);
        pixels = pixels.saturating_sub(1);
        let codes = (CLEAR + 2..LAST).zip(2_u64..);
        for (code, length) in codes {
            if pixels == 0 {
                break;
            }
            push(code, width);
            pixels = pixels.saturating_sub(length);
            if code + 1 == 1 << width && width < 12 {
                width += 1;
            }
        }
        if pixels > 0 {
            push(CLEAR, width);
            width = 3;
        }
    }
    push(CLEAR + 1, width);
    push(0, 8);
    bytes
}

/// What a GIF can be made to do.
pub fn all() -> Vec<Hostile> {
    let dot = || frame(1, 1, false, &plain(1));
    let comment = [&[0x21, 0xfe][..], &in_blocks(&vec![b'a'; 9 << 20])].concat();
    vec![
        Hostile::taken(
            "40 megapixels, interlaced",
            gif(20_000, 2_000, &[frame(20_000, 2_000, true, &plain(40_000_000))]),
        ),
        Hostile::taken("a dot on 40 megapixels", gif(20_000, 2_000, &[dot()])),
        Hostile::too_many(
            "65,535 pixels a side",
            65_535,
            65_535,
            gif(u16::MAX, u16::MAX, &[dot()]),
        ),
        Hostile::broken(
            "a frame larger than the picture",
            gif(8, 8, &[frame(u16::MAX, u16::MAX, false, &plain(100_000_000))]),
        ),
        Hostile::taken(
            "a hundred thousand frames",
            gif(8, 8, &vec![frame(8, 8, false, &plain(64)); 100_000]),
        ),
        Hostile::taken(
            "nine megabytes of comment",
            gif(8, 8, &[comment, frame(8, 8, false, &plain(64))]),
        ),
        Hostile::taken(
            "three million empty extensions",
            gif(8, 8, &[[0x21, 0xfe, 0].repeat(3_000_000), frame(8, 8, false, &plain(64))]),
        ),
        Hostile::taken(
            "more pixels than fit",
            gif(8, 8, &[frame(8, 8, false, &plain(1_000_000_000))]),
        ),
        Hostile::broken("no frame", gif(8, 8, &[])),
        Hostile::broken("nothing wide", gif(0, 8, &[frame(0, 8, false, &plain(1))])),
        Hostile::broken("noise after the header", gif(4_000, 4_000, &[noise(9 << 20)])),
        Hostile::broken(
            "noise instead of codes",
            gif(4_000, 4_000, &[frame(4_000, 4_000, false, &noise(9 << 20))]),
        ),
    ]
}
