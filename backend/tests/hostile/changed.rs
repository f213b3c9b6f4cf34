//! Good pictures in which something was changed, cut off or put in.

use std::io::Cursor;

use backend::{
    Backend,
    images::{ImageRefusal, UploadedImage},
};
use image::{ImageFormat, RgbImage};
use proptest::{collection::vec, prelude::*, sample::Index, test_runner::TestRunner};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::common::config;

/// What is done to a file.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index),
    Byte(Index, u8),
    Bytes(Index, Vec<u8>),
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        if file.is_empty() {
            return;
        }
        match self {
            Self::Cut(at) => file.truncate(at.index(file.len())),
            Self::Byte(at, byte) => {
                let at = at.index(file.len());
                file[at] = *byte;
            }
            Self::Bytes(at, bytes) => {
                let at = at.index(file.len());
                file.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => any::<Index>().prop_map(Change::Cut),
        8 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        2 => (any::<Index>(), vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Change::Bytes(at, bytes)),
    ]
}

fn good(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let shade = |it: u32| it.wrapping_mul(40_503).to_be_bytes()[1];
    let picture = RgbImage::from_fn(24, 24, |x, y| image::Rgb([shade(x), shade(y), shade(x * y)]));
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

#[test]
fn a_changed_picture_is_taken_or_refused_and_breaks_nothing() {
    let folder = TempDir::new().unwrap();
    let runtime = Runtime::new().unwrap();
    let backend = runtime.block_on(Backend::open(config(&folder))).unwrap();
    let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
    let files = (prop::sample::select(formats.map(good).to_vec()), vec(any_change(), 1..6));
    TestRunner::default()
        .run(&files, |(mut file, changes)| {
            for change in changes {
                change.apply(&mut file);
            }
            let outcome = runtime.block_on(backend.images.normalise(UploadedImage(file.into())));
            let fine = matches!(outcome, Ok(_) | Err(ImageRefusal::Problem(_)));
            prop_assert!(fine, "{outcome:?}");
            Ok(())
        })
        .unwrap();
}
