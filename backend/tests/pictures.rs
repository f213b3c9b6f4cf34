//! Pictures of every kind that cameras and programs write look in Rollcall as ImageMagick shows them:
//! the folder `pictures` holds them, what they should look like, and the script that made both.

use std::{fs, path::PathBuf};

use backend::{Backend, images::UploadedImage};
use domain::image::ImageSize;
use image::RgbaImage;
use tempfile::TempDir;

use crate::common::config;

/// How many fields the square is divided into, each way.
const FIELDS: u32 = 12;
/// By how much the mean colour of a field may differ: fields are made larger and smaller on the way.
const TOLERANCE: u8 = 12;
const GREY: u32 = 128;

/// Every picture, by name.
fn pictures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures");
    let paths = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let is_picture = |path: &PathBuf| {
        let kind = path.extension().unwrap().to_str().unwrap();
        ["png", "jpg", "webp", "gif"].contains(&kind)
    };
    let mut pictures: Vec<_> = paths.filter(is_picture).collect();
    pictures.sort();
    pictures
}

/// The mean colours of the fields, over grey.
fn fields(picture: &RgbaImage) -> Vec<u8> {
    let span =
        |field: u32| (field * picture.width() / FIELDS)..((field + 1) * picture.width() / FIELDS);
    let mut means = Vec::new();
    for (down, across) in (0..FIELDS).flat_map(|y| (0..FIELDS).map(move |x| (y, x))) {
        let (mut sums, mut count) = ([0_u32; 3], 0);
        for (y, x) in span(down).flat_map(|y| span(across).map(move |x| (y, x))) {
            let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u32::from);
            for (sum, channel) in sums.iter_mut().zip([red, green, blue]) {
                *sum += (channel * alpha + GREY * (255 - alpha)) / 255;
            }
            count += 1;
        }
        means.extend(sums.map(|it| u8::try_from(it / count).unwrap()));
    }
    means
}

#[tokio::test]
async fn pictures_of_every_kind_look_as_they_should() {
    let dir = TempDir::new().unwrap();
    let backend = Backend::open(config(&dir)).await.unwrap();
    let all = pictures();
    assert!(all.len() > 25, "{all:?}");
    let mut wrong = Vec::new();
    for path in all {
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected = fs::read(path.with_file_name(format!("{name}.rgb"))).unwrap();
        let file = UploadedImage(fs::read(&path).unwrap().into());
        let kept =
            backend.images.normalise(file).await.unwrap_or_else(|it| panic!("{name}: {it:?}"));
        for size in ImageSize::ALL {
            let kept = backend.images.read(&kept.name, size).await.unwrap().unwrap();
            let found = fields(&image::load_from_memory(&kept).unwrap().into_rgba8());
            let worst = found.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
            if worst > TOLERANCE {
                wrong.push(format!("{name} at {}: {worst}", size.side()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
