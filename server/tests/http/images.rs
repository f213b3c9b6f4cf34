//! Profile images: taken with a form, shown to those who are signed in.

use std::io::Cursor;

use serde_json::json;

use crate::{browser::Browser, house::House};

/// A picture of that colour.
pub fn one_colour(colour: u32) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let [red, green, blue, _] = colour.to_le_bytes();
    let picture = image::RgbImage::from_pixel(16, 16, image::Rgb([red, green, blue]));
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The status of a user's picture, as their page names it.
pub async fn status_of_picture(admin: &mut Browser, user_id: &str) -> u16 {
    let page = admin.get(&format!("/users/{user_id}")).await;
    assert_eq!(page.status, 200, "{user_id} is there");
    let start = page.body.find("/images/").unwrap_or_else(|| panic!("{user_id} has no picture"));
    let path: String = page.body[start..].chars().take_while(|it| *it != '"').collect();
    admin.get(&path).await.status
}

/// A picture of that many pixels, as a PNG.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// A picture whose header claims more pixels than fit into memory.
fn bomb() -> Vec<u8> {
    let mut file = picture(1, 1);
    file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

/// The checksum of PNG chunks.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

#[tokio::test]
async fn an_image_is_shown_only_to_those_who_are_signed_in() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let answer = admin.upload("/users/new", &[("user_id", "S-1")], Some(&picture(300, 200))).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = admin.get("/users/S-1").await.body;
    let start = page.find("/images/").unwrap();
    let path: String = page[start..].chars().take_while(|it| *it != '"').collect();
    let answer = admin.get(&path).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("image/"));
    assert_eq!(answer.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(house.visitor().get(&path).await.status, 404);
}

#[tokio::test]
async fn images_that_are_not_there_look_like_any_other_missing_thing() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let name = "0123456789abcdef0123456789abcdef.png";
    for path in [
        format!("/images/96/{name}"),
        format!("/images/97/{name}"),
        "/images/96/..%2F..%2Frollcall.db".to_owned(),
        "/images/96/x.svg".to_owned(),
    ] {
        assert_eq!(admin.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_bomb_is_refused_in_words_and_what_was_typed_is_kept() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("user_id", "S-1"), ("nickname", "Kim Jiho")];
    let answer = admin.upload("/users/new", &form, Some(&bomb())).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Kim Jiho"));
    let answer = admin.script().upload("/users/new", &form, Some(&bomb())).await;
    let pixels = json!({ "too_many_pixels": { "width": 65_536, "height": 65_536 } });
    assert_eq!(answer.json(), json!({ "refused": [["image", { "image": pixels }]] }));
    assert_eq!(admin.get("/users/S-1").await.status, 404);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
    let house = House::new().await;
    let admin = house.admin().await;
    for (file, problem) in [
        (&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], "format"),
        (b"<html><script>alert(1)</script>", "format"),
        (&picture(30, 30)[..60], "broken"),
    ] {
        let answer = admin.script().upload("/users/new", &[("user_id", "S-1")], Some(file)).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.json(), json!({ "refused": [["image", { "image": problem }]] }));
    }
}

#[tokio::test]
async fn the_image_stays_until_it_is_removed_or_replaced() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1")], Some(&picture(40, 40))).await;
    let edit = [("nickname", "Kim"), ("permission", "guest"), ("role", "none")];
    admin.upload("/users/S-1", &edit, None).await;
    assert!(admin.get("/users/S-1").await.body.contains("/images/"));
    let remove = [&edit[..], &[("remove_image", "yes")]].concat();
    admin.upload("/users/S-1", &remove, None).await;
    assert!(!admin.get("/users/S-1").await.body.contains("/images/"));
}
