use domain::image::claimed_pixels;
use proptest::{collection::vec, prelude::*};

use super::*;

const STARTS: [&[u8]; 5] = [
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"RIFF\0\0\0\0WEBPANMF",
];

/// A file that begins as a picture does, and goes on with whatever: names and markers that mean something
/// among it.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        vec(any::<u8>(), 0..12),
        prop::sample::select(vec![
            &b"VP8 "[..],
            b"VP8L",
            b"ANMF",
            b"ALPH",
            b"\xff\xc0",
            b"\xff\xda"
        ])
        .prop_map(<[u8]>::to_vec),
        (0_u32..40).prop_map(|it| it.to_le_bytes().to_vec()),
        (0_u16..40).prop_map(|it| it.to_be_bytes().to_vec()),
    ];
    let rest = vec(part, 0..40).prop_map(|it| it.concat());
    (prop::sample::select(STARTS.to_vec()), rest).prop_map(|(start, rest)| [start, &rest].concat())
}

/// A JPEG of that size with other segments before its frame.
fn jpeg_of(width: u16, height: u16, before: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    for content in before {
        let length = u16::try_from(content.len() + 2).unwrap();
        file.extend([&[0xff, 0xe4][..], &length.to_be_bytes(), content].concat());
    }
    file.extend(
        [&[0xff, 0xc0, 0, 11, 8][..], &height.to_be_bytes(), &width.to_be_bytes()].concat(),
    );
    file.extend([1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    file
}

#[test]
fn what_lies_within_the_data_of_a_jpeg_is_counted_up_to_its_end() {
    let scans = |data: &[u8]| jpeg_scans(data).count();
    assert_eq!(scans(b"\x01\xff\xda\x02\xff\xd0\x03\xff\xda\xff\x00\xff\xd9"), 2);
    // Behind the end may be whatever a telephone keeps there.
    assert_eq!(scans(b"\xff\xda\xff\xd9\xff\xda\xff\xda"), 1);
    assert_eq!(scans(b"\xff"), 0);
}

proptest! {
    #[test]
    fn what_is_to_be_decoded_is_no_larger_than_may_be(file in any_file()) {
        if let Ok(header) = Header::read(&file) {
            prop_assert_eq!(check_pixels(header.width, header.height), Ok(()));
            prop_assert!(header.first_scan <= file.len());
        }
    }

    #[test]
    fn the_browser_sees_the_same_size(file in any_file()) {
        if let (Ok(header), Some(claimed)) = (Header::read(&file), claimed_pixels(&file)) {
            prop_assert_eq!((header.width, header.height), claimed);
        }
    }

    #[test]
    fn the_frame_of_a_jpeg_is_found_behind_whatever_is_before_it(
        width in 1_u16..5_000,
        height in 1_u16..5_000,
        before in vec(vec(any::<u8>(), 0..300), 0..6),
    ) {
        let header = Header::read(&jpeg_of(width, height, &before)).unwrap();
        prop_assert_eq!((header.width, header.height), (width.into(), height.into()));
        prop_assert_eq!(header.working_memory, 0);
    }
}
