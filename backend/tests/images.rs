//! Profile images: what is taken, what comes of it, what is refused and what is swept away.

use std::{io::Cursor, sync::Arc};

use backend::{
    Backend,
    accounts::Admin,
    clock::{Clock, ManualClock, SystemClock},
    images::{ImageRefusal, UploadedImage},
};
use bytes::Bytes;
use domain::{
    Timestamp,
    image::{ImageName, ImageProblem, ImageSize},
};
use image::{
    Delay, DynamicImage, Frame, GrayImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba,
    RgbaImage, codecs::gif::GifEncoder,
};
use tempfile::TempDir;

use crate::common::{
    config,
    files::{
        jpeg_segment, png, png_chunk, png_start, riff_chunk, webp, webp_extended, webp_frame, zlib,
    },
    profile, user_id,
};

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 200, 30];
const BLUE: [u8; 3] = [30, 30, 220];
const WHITE: [u8; 3] = [250, 250, 250];
/// Top left, top right, bottom left, bottom right.
const QUARTERS: [[u8; 3]; 4] = [RED, GREEN, BLUE, WHITE];
const SECRET: &str = "SECRET-PLACE-37.5665N";

struct Folder {
    backend: Arc<Backend>,
    clock: Arc<ManualClock>,
    dir: TempDir,
}

impl Folder {
    async fn open() -> Self {
        let dir = TempDir::new().unwrap();
        // Files get the time of the machine, so the clock begins there.
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let backend = Backend::open_with_clock(config(&dir), clock.clone()).await.unwrap();
        Self { backend: Arc::new(backend), clock, dir }
    }

    async fn keep(&self, file: impl Into<Bytes>) -> ImageName {
        self.backend.images.normalise(UploadedImage(file.into())).await.unwrap().name
    }

    async fn problem(&self, file: impl Into<Bytes>) -> ImageProblem {
        match self.backend.images.normalise(UploadedImage(file.into())).await {
            Err(ImageRefusal::Problem(problem)) => problem,
            other => panic!("{other:?}"),
        }
    }

    async fn file(&self, name: &ImageName, size: ImageSize) -> Bytes {
        self.backend.images.read(name, size).await.unwrap().unwrap()
    }

    async fn has(&self, name: &ImageName) -> bool {
        let both = ImageSize::ALL.map(|size| self.backend.images.read(name, size));
        let [small, large] = both;
        let (small, large) = (small.await.unwrap(), large.await.unwrap());
        assert_eq!(small.is_some(), large.is_some());
        small.is_some()
    }

    async fn picture(&self, name: &ImageName, size: ImageSize) -> DynamicImage {
        let picture = image::load_from_memory(&self.file(name, size).await).unwrap();
        assert_eq!((picture.width(), picture.height()), (size.side(), size.side()));
        picture
    }

    /// The colours in the middle of the quarters of both kept files.
    async fn quarters(&self, name: &ImageName) -> Vec<[u8; 3]> {
        let mut quarters = Vec::new();
        for size in ImageSize::ALL {
            let picture = self.picture(name, size).await.into_rgb8();
            let (near, far) = (size.side() / 4, size.side() * 3 / 4);
            for (x, y) in [(near, near), (far, near), (near, far), (far, far)] {
                quarters.push(picture.get_pixel(x, y).0);
            }
        }
        quarters
    }

    async fn assert_quarters(&self, name: &ImageName, expected: [[u8; 3]; 4]) {
        let found = self.quarters(name).await;
        for (found, expected) in found.iter().zip(expected.iter().cycle()) {
            let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(*b) < 16);
            assert!(near, "{found:?} is not {expected:?}");
        }
    }
}

/// A picture whose quarters have those colours.
fn quarters(width: u32, height: u32, colours: [[u8; 3]; 4]) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let at = usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2);
        Rgb(colours[at])
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn small_png() -> Vec<u8> {
    encoded(quarters(40, 40, QUARTERS), ImageFormat::Png)
}

/// Puts EXIF into a JPEG: an orientation, a description, and a pointer to where it was taken.
fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x03\0".to_vec();
    let description = u32::try_from(SECRET.len()).unwrap();
    let entries = [
        (0x010e_u16, 2_u16, description, 50),
        (0x0112, 3, 1, u32::from(orientation)),
        (0x8825, 4, 1, 8),
    ];
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    }
    tiff.extend([0; 4]);
    tiff.extend(SECRET.as_bytes());
    let mut file = jpeg[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(tiff);
    file.extend(&jpeg[2..]);
    file
}

fn contains(file: &[u8], marker: &[u8]) -> bool {
    file.windows(marker.len()).any(|it| it == marker)
}

#[tokio::test]
async fn pictures_of_every_orientation_come_out_upright_and_stripped() {
    let folder = Folder::open().await;
    // Where the stored quarters stand when the picture is upright, by what EXIF says of row and
    // column 0.
    let stored_from_upright: [[usize; 4]; 8] = [
        [0, 1, 2, 3], // top left
        [1, 0, 3, 2], // top right
        [3, 2, 1, 0], // bottom right
        [2, 3, 0, 1], // bottom left
        [0, 2, 1, 3], // left top
        [1, 3, 0, 2], // right top
        [3, 1, 2, 0], // right bottom
        [2, 0, 3, 1], // left bottom
    ];
    for (orientation, places) in (1..).zip(stored_from_upright) {
        let stored = quarters(300, 200, places.map(|it| QUARTERS[it]));
        let file = with_exif(&encoded(stored, ImageFormat::Jpeg), orientation);
        assert!(contains(&file, SECRET.as_bytes()));
        let name = folder.keep(file).await;
        folder.assert_quarters(&name, QUARTERS).await;
        for size in ImageSize::ALL {
            let file = folder.file(&name, size).await;
            for marker in [&b"Exif"[..], b"SECRET", b"MM\0", b"II\x2a"] {
                assert!(!contains(&file, marker), "{orientation}");
            }
        }
    }
}

#[tokio::test]
async fn opaque_pictures_become_jpeg_and_transparent_ones_png() {
    let folder = Folder::open().await;
    let opaque = DynamicImage::from(quarters(600, 400, QUARTERS)).into_rgba8();
    let name = folder.keep(encoded(opaque, ImageFormat::Png)).await;
    assert_eq!(name.content_type(), "image/jpeg");
    folder.assert_quarters(&name, QUARTERS).await;

    let hole = RgbaImage::from_fn(600, 600, |x, _| {
        if x < 300 { Rgba([220, 30, 30, 255]) } else { Rgba([0, 255, 0, 0]) }
    });
    let name = folder.keep(encoded(hole, ImageFormat::Png)).await;
    assert_eq!(name.content_type(), "image/png");
    let picture = folder.picture(&name, ImageSize::Large).await.into_rgba8();
    assert_eq!(picture.get_pixel(100, 256).0, [220, 30, 30, 255]);
    assert_eq!(picture.get_pixel(400, 256).0[3], 0);
    // What can't be seen doesn't shine through at the edge.
    let Rgba([_, green, _, _]) = *picture.get_pixel(254, 256);
    assert!(green < 60, "{green}");
}

#[tokio::test]
async fn grey_deep_and_palette_pictures_are_taken() {
    let folder = Folder::open().await;
    let grey = encoded(GrayImage::from_pixel(50, 60, Luma([90])), ImageFormat::Png);
    let deep = ImageBuffer::from_fn(64, 64, |_, _| Rgb([23_130_u16, 23_130, 23_130]));
    let deep = encoded(deep, ImageFormat::Png);
    let colours = png_chunk(*b"PLTE", &QUARTERS.concat());
    let palette = png(png_start(2, 2, 8, 3), &[colours], &zlib(&[0, 0, 1, 0, 2, 3]));
    for file in [grey, deep] {
        let name = folder.keep(file).await;
        assert_eq!(name.content_type(), "image/jpeg");
        folder.assert_quarters(&name, [[90; 3]; 4]).await;
    }
    let name = folder.keep(palette).await;
    folder.assert_quarters(&name, QUARTERS).await;
}

#[tokio::test]
async fn the_first_frame_of_moving_pictures_is_taken() {
    let folder = Folder::open().await;
    let frames = [QUARTERS, [BLUE; 4]].map(|it| DynamicImage::from(quarters(40, 40, it)));
    let mut gif = Vec::new();
    let moving = frames
        .clone()
        .map(|it| Frame::from_parts(it.into_rgba8(), 0, 0, Delay::from_numer_denom_ms(100, 1)));
    GifEncoder::new(&mut gif).encode_frames(moving).unwrap();
    folder.assert_quarters(&folder.keep(gif).await, QUARTERS).await;

    let frames = frames.map(|it| webp_frame(40, 40, &encoded(it, ImageFormat::WebP)[12..]));
    let [first, second] = frames;
    let animation = riff_chunk(*b"ANIM", &[0; 6]);
    let moving = webp(&[webp_extended(2, 40, 40), animation, first, second]);
    folder.assert_quarters(&folder.keep(moving).await, QUARTERS).await;

    let still = encoded(quarters(40, 40, QUARTERS), ImageFormat::WebP);
    folder.assert_quarters(&folder.keep(still).await, QUARTERS).await;
}

#[tokio::test]
async fn long_and_tiny_pictures_are_cut_from_the_middle() {
    let folder = Folder::open().await;
    let long = RgbImage::from_fn(1, 20_000, |_, y| {
        Rgb(if (9_900..10_100).contains(&y) { GREEN } else { RED })
    });
    let name = folder.keep(encoded(long, ImageFormat::Png)).await;
    folder.assert_quarters(&name, [GREEN; 4]).await;
    let name = folder.keep(encoded(RgbImage::from_pixel(1, 1, Rgb(BLUE)), ImageFormat::Png)).await;
    folder.assert_quarters(&name, [BLUE; 4]).await;
}

#[tokio::test]
async fn picture_bombs_are_refused_by_their_header() {
    let folder = Folder::open().await;
    let jpeg = encoded(quarters(40, 40, QUARTERS), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
    let mut huge_jpeg = jpeg.clone();
    huge_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    let mut huge_gif = encoded(quarters(40, 40, QUARTERS), ImageFormat::Gif);
    huge_gif[6..10].copy_from_slice(&[0xff; 4]);
    // Small by the first chunk, huge by the frame within.
    let lossy = riff_chunk(*b"VP8 ", &[0x10, 0, 0, 0x9d, 1, 0x2a, 0xff, 0x3f, 0xff, 0x3f]);
    let frame = riff_chunk(*b"ANMF", &[vec![0; 16], lossy.clone()].concat());
    for (file, width, height) in [
        (png_start(50_000, 50_000, 8, 2), 50_000, 50_000),
        (png_start(10_000, 5_001, 8, 2), 10_000, 5_001),
        (png_start(20_001, 1, 8, 2), 20_001, 1),
        (png_start(u32::MAX, u32::MAX, 16, 6), u32::MAX, u32::MAX),
        (huge_jpeg, 65_535, 65_535),
        (huge_gif, 65_535, 65_535),
        (webp(&[webp_extended(0, 16_384, 16_384)]), 16_384, 16_384),
        (webp(&[webp_extended(0, 40, 40), lossy]), 16_383, 16_383),
        (webp(&[webp_extended(2, 40, 40), frame]), 16_383, 16_383),
    ] {
        assert_eq!(folder.problem(file).await, ImageProblem::TooManyPixels { width, height });
    }
}

#[tokio::test]
async fn pictures_that_would_take_too_much_memory_are_refused() {
    let folder = Folder::open().await;
    // 25 million pixels, but 200 million bytes.
    let deep = [png_start(5_000, 5_000, 16, 6), png_chunk(*b"IDAT", &[])].concat();
    let problem = ImageProblem::TooMuchMemory { width: 5_000, height: 5_000 };
    assert_eq!(folder.problem(deep).await, problem);
    // A progressive JPEG is kept as samples of two bytes until its last scan.
    let jpeg = encoded(quarters(40, 40, QUARTERS), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|it| it == [0xff, 0xc0]).unwrap();
    let mut progressive = jpeg;
    progressive[frame + 1] = 0xc2;
    progressive[frame + 5..frame + 9].copy_from_slice(&[0x1b, 0x58, 0x1b, 0x58]);
    let problem = ImageProblem::TooMuchMemory { width: 7_000, height: 7_000 };
    assert_eq!(folder.problem(progressive).await, problem);
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    let folder = Folder::open().await;
    for file in [
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<!doctype html><script>alert(1)</script>",
        "%PDF-1.7",
        "BM",
        "",
    ] {
        assert_eq!(folder.problem(file).await, ImageProblem::Format, "{file}");
    }
    assert_eq!(folder.problem(vec![0; 10 * 1024 * 1024 + 1]).await, ImageProblem::TooLarge);
    for start in ["\u{89}PNG", "GIF89a", "RIFF\0\0\0\0WEBP"] {
        let file = start.chars().map(|it| u8::try_from(u32::from(it)).unwrap());
        let problem = folder.problem(file.collect::<Vec<_>>()).await;
        assert!(matches!(problem, ImageProblem::Broken | ImageProblem::Format), "{start}");
    }
}

#[tokio::test]
async fn truncated_pictures_are_broken() {
    let folder = Folder::open().await;
    let noise = RgbImage::from_fn(200, 200, |x, y| {
        let mixed = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_le_bytes();
        Rgb([mixed[1], mixed[2], mixed[3]])
    });
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let file = encoded(noise.clone(), format);
        for part in [file.len() / 10, file.len() / 2, file.len() * 9 / 10] {
            let problem = folder.problem(file[..part].to_vec()).await;
            assert_eq!(problem, ImageProblem::Broken, "{format:?} cut at {part}");
        }
        folder.keep(file).await;
    }
}

#[tokio::test]
async fn the_end_of_a_thumbnail_is_not_the_end_of_the_picture() {
    let folder = Folder::open().await;
    let thumbnail = encoded(quarters(8, 8, QUARTERS), ImageFormat::Jpeg);
    let length = u16::try_from(thumbnail.len() + 2).unwrap().to_be_bytes();
    let picture = encoded(quarters(300, 300, QUARTERS), ImageFormat::Jpeg);
    let file = [&picture[..2], &[0xff, 0xe5], &length, &thumbnail, &picture[2..]].concat();
    let cut = file[..file.len() - 200].to_vec();
    assert_eq!(folder.problem(cut).await, ImageProblem::Broken);
    folder.assert_quarters(&folder.keep(file).await, QUARTERS).await;
}

#[tokio::test]
async fn nothing_of_a_polyglot_survives() {
    let folder = Folder::open().await;
    let marker = b"<script>alert(1)</script>";
    let plain = |format| encoded(quarters(40, 40, QUARTERS), format);
    let behind = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP]
        .map(|format| [&plain(format)[..], marker].concat());
    // Within what says nothing of the pixels.
    let (jpeg, png) = (plain(ImageFormat::Jpeg), plain(ImageFormat::Png));
    let text = png_chunk(*b"tEXt", &[b"Comment\0", &marker[..]].concat());
    let commented = [&jpeg[..2], &jpeg_segment(0xfe, marker), &jpeg[2..]].concat();
    let described = [&png[..33], &text, &png[33..]].concat();
    for file in behind.into_iter().chain([commented, described]) {
        let name = folder.keep(file).await;
        for size in ImageSize::ALL {
            assert!(!contains(&folder.file(&name, size).await, b"script"), "{name}");
        }
    }
}

#[tokio::test]
async fn the_name_says_what_a_file_holds() {
    let folder = Folder::open().await;
    let jpeg = encoded(quarters(90, 60, QUARTERS), ImageFormat::Jpeg);
    let plain = folder.keep(jpeg.clone()).await;
    // What differs can't be seen.
    assert_eq!(folder.keep(with_exif(&jpeg, 1)).await, plain);
    assert_ne!(folder.keep(with_exif(&jpeg, 3)).await, plain);
    let unknown = ImageName::parse("0123456789abcdef0123456789abcdef.jpg").unwrap();
    assert!(!folder.has(&unknown).await);
}

#[tokio::test]
async fn many_uploads_at_once_all_become_images() {
    let folder = Folder::open().await;
    let uploads = (0..50_u8).map(|shade| {
        let file = encoded(RgbImage::from_pixel(300, 300, Rgb([shade; 3])), ImageFormat::Png);
        let backend = Arc::clone(&folder.backend);
        tokio::spawn(async move { backend.images.normalise(UploadedImage(file.into())).await })
    });
    for upload in uploads.collect::<Vec<_>>() {
        let name = upload.await.unwrap().unwrap().name;
        assert!(folder.has(&name).await);
    }
}

#[tokio::test]
async fn the_sweep_takes_only_old_images_that_nobody_has() {
    let folder = Folder::open().await;
    let plain = |shade| encoded(RgbImage::from_pixel(20, 20, Rgb([shade; 3])), ImageFormat::Png);
    let admin = Admin::operator();
    let used = UploadedImage(small_png().into());
    let (id, profile) = (user_id("S-1"), profile("Kim"));
    let kim = folder.backend.users.create(&admin, &id, &profile, Some(used)).await.unwrap();
    let used = kim.image.unwrap();
    let abandoned = folder.keep(plain(10)).await;
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 0);

    folder.clock.advance(59 * 60);
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 0);
    folder.clock.advance(2 * 60);
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 2);
    assert!(folder.has(&used).await);
    assert!(!folder.has(&abandoned).await);
    let stranger = folder.dir.path().join("images/512/notes.txt");
    std::fs::write(&stranger, "not ours").unwrap();
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 0);
    assert!(stranger.exists());
}

#[tokio::test]
async fn what_a_killed_upload_left_is_swept_after_an_hour() {
    let folder = Folder::open().await;
    folder.keep(encoded(quarters(8, 8, QUARTERS), ImageFormat::Png)).await;
    let left = folder.dir.path().join("images/512/half.jpg#1");
    std::fs::write(&left, "half").unwrap();
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 0);
    assert!(left.exists());
    folder.clock.advance(61 * 60);
    // Both sizes of the image that nobody has, and what was left.
    assert_eq!(folder.backend.images.sweep().await.unwrap(), 3);
    assert!(!left.exists());
}

/// Run with `--ignored --nocapture` to see what a large picture costs.
#[tokio::test]
#[ignore = "measures"]
async fn what_a_large_picture_costs() {
    let folder = Folder::open().await;
    let mut seed = 1_u32;
    let noisy = RgbImage::from_fn(4_000, 3_000, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = seed.to_be_bytes()[0] & 15;
        Rgb([(x / 16).to_le_bytes()[0] ^ noise, (y / 12).to_le_bytes()[0], noise])
    });
    let file = encoded(noisy, ImageFormat::Jpeg);
    for _ in 0..3 {
        let before = SystemClock.now();
        folder.keep(file.clone()).await;
        println!("12 megapixels, {} bytes: {} µs", file.len(), micros_since(before));
    }
    let before = SystemClock.now();
    folder.problem(png_start(50_000, 50_000, 8, 2)).await;
    println!("bomb: {} µs", micros_since(before));
}

fn micros_since(before: Timestamp) -> i64 {
    SystemClock.now().micros() - before.micros()
}
