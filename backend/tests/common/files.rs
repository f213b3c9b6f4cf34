//! Picture files put together byte by byte, so that they can say what no program would write.

/// A chunk of a PNG.
pub fn png_chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    let named = [&name[..], content].concat();
    [&length.to_be_bytes()[..], &named, &checksum(&named).to_be_bytes()].concat()
}

/// What PNG checks its chunks by.
fn checksum(bytes: &[u8]) -> u32 {
    let of_byte = |byte| (0..8).fold(byte, |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)));
    let table: Vec<u32> = (0..256).map(of_byte).collect();
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        table[usize::from(low ^ byte)] ^ (crc >> 8)
    })
}

/// A PNG up to its pixels.
pub fn png_start(width: u32, height: u32, bits: u8, colour: u8) -> Vec<u8> {
    png_start_of(width, height, [bits, colour, 0])
}

/// A PNG up to its pixels, with its depth, its colours, and whether it is interlaced.
pub fn png_start_of(width: u32, height: u32, [bits, colour, interlaced]: [u8; 3]) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = [&size[..], &[bits, colour, 0, 0, interlaced]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), png_chunk(*b"IHDR", &header)].concat()
}

/// A PNG of those pixels, as zlib packed them, with those chunks before them.
pub fn png(start: Vec<u8>, chunks: &[Vec<u8>], pixels: &[u8]) -> Vec<u8> {
    [start, chunks.concat(), png_chunk(*b"IDAT", pixels), png_chunk(*b"IEND", &[])].concat()
}

/// Data as zlib holds it when nothing is compressed.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    let checksum = (b << 16 | a).to_be_bytes();
    [&[0x78, 1, 1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), data, &checksum].concat()
}

/// A chunk of a WebP.
pub fn riff_chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    let padding = vec![0; content.len() % 2];
    [&name[..], &length.to_le_bytes(), content, &padding].concat()
}

/// A WebP of those chunks.
pub fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff_chunk(*b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// The chunk in which a WebP says what else it holds.
pub fn webp_extended(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let size = [(width - 1).to_le_bytes(), (height - 1).to_le_bytes()];
    riff_chunk(*b"VP8X", &[&[flags, 0, 0, 0][..], &size[0][..3], &size[1][..3]].concat())
}

/// A frame of a moving WebP, with its place and size.
pub fn webp_frame(width: u32, height: u32, content: &[u8]) -> Vec<u8> {
    let size = [(width - 1).to_le_bytes(), (height - 1).to_le_bytes()];
    let place = [&[0; 6], &size[0][..3], &size[1][..3], &[100, 0, 0, 0]].concat();
    riff_chunk(*b"ANMF", &[&place, content].concat())
}

/// A segment of a JPEG.
pub fn jpeg_segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
}

/// A JPEG of those segments.
pub fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [&[0xff, 0xd8][..], &segments.concat(), &[0xff, 0xd9]].concat()
}
