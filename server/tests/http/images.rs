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

/// Where a user's picture is, as their page names it.
pub async fn place_of_picture(admin: &mut Browser, user_id: &str) -> String {
    let page = admin.get(&format!("/users/{user_id}")).await.body;
    let start = page.find("/images/").unwrap();
    page[start..].chars().take_while(|it| *it != '"').collect()
}

const EDIT: [(&str, &str); 3] = [("nickname", "Kim"), ("permission", "guest"), ("role", "none")];

#[tokio::test]
async fn a_refused_picture_leaves_the_one_before() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1")], Some(&one_colour(1))).await;
    let before = place_of_picture(&mut admin, "S-1").await;
    for bad in [&b"<svg/>"[..], &bomb(), &picture(30, 30)[..60]] {
        assert_eq!(admin.upload("/users/S-1", &EDIT, Some(bad)).await.status, 422);
    }
    // Refused for something else, with a good picture.
    let refused = [&EDIT[..2], &[("role", "king")]].concat();
    assert_eq!(admin.upload("/users/S-1", &refused, Some(&one_colour(2))).await.status, 422);
    assert_eq!(place_of_picture(&mut admin, "S-1").await, before);
    assert_eq!(admin.get(&before).await.status, 200);
}

#[tokio::test]
async fn a_picture_that_nobody_has_any_more_is_shown_to_nobody() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["S-1", "S-2"] {
        admin.upload("/users/new", &[("user_id", user_id)], Some(&one_colour(1))).await;
    }
    let place = place_of_picture(&mut admin, "S-1").await;
    admin.post("/users/S-1/delete", &[("user_id", "S-1")]).await;
    // Another still has the same.
    assert_eq!(admin.get(&place).await.status, 200);
    admin.upload("/users/S-2", &EDIT, Some(&one_colour(2))).await;
    assert_eq!(admin.get(&place).await.status, 404);
}

#[tokio::test]
async fn a_picture_that_is_being_decoded_keeps_nobody_waiting() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let large = picture(5_000, 5_000);
    let mut uploader = admin.clone();
    let upload = tokio::spawn(async move {
        uploader.upload("/users/new", &[("user_id", "S-1")], Some(&large)).await.status
    });
    // One thread answers everybody here, and answers all this in the time that decoding takes.
    for _ in 0..20 {
        assert_eq!(admin.get("/users").await.status, 200);
    }
    assert!(!upload.is_finished());
    assert_eq!(upload.await.unwrap(), 303);
}

#[tokio::test]
async fn what_a_file_is_called_leads_nowhere() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let long = "x".repeat(5_000);
    let names =
        ["../../rollcall.db", "/etc/passwd", "C:\\COM1", "a\0b.png", "\u{202e}gnp.exe", ".", &long];
    for (number, name) in names.iter().enumerate() {
        let head = format!(
            "--b\r\ncontent-disposition: form-data; name=\"user_id\"\r\n\r\nS-{number}\r\n\
             --b\r\ncontent-disposition: form-data; name=\"image\"; filename=\"{name}\"\r\n\
             content-type: text/html\r\n\r\n"
        );
        let body = [head.as_bytes(), &one_colour(7), b"\r\n--b--\r\n"].concat();
        let kind = Some("multipart/form-data; boundary=b");
        let answer = admin.send(axum::http::Method::POST, "/users/new", kind, body.into()).await;
        if answer.status != 400 {
            assert_eq!(answer.status, 303, "{name}: {}", answer.body);
            assert_eq!(status_of_picture(&mut admin, &format!("S-{number}")).await, 200, "{name}");
        }
    }
    // One picture in two sizes, whatever it was called.
    let mut kept = Vec::new();
    for size in ["96", "512"] {
        let files = std::fs::read_dir(house.folder().join("images").join(size)).unwrap();
        kept.extend(files.map(|it| it.unwrap().file_name()));
    }
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_eq!(kept[0], kept[1]);
}

#[tokio::test]
async fn fifty_who_bring_the_same_picture_at_once_all_have_it() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let sent = (0..50).map(|number| {
        let mut admin = admin.clone();
        let user_id = format!("S-{number}");
        tokio::spawn(async move {
            admin.upload("/users/new", &[("user_id", &user_id)], Some(&one_colour(9))).await.status
        })
    });
    for status in sent.collect::<Vec<_>>() {
        assert_eq!(status.await.unwrap(), 303);
    }
    let place = place_of_picture(&mut admin, "S-0").await;
    for number in 1..50 {
        assert_eq!(place_of_picture(&mut admin, &format!("S-{number}")).await, place);
    }
    assert_eq!(admin.get(&place).await.status, 200);
}

#[tokio::test]
async fn of_fifty_who_replace_one_picture_at_once_one_does_and_the_others_are_told() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let new = [("user_id", "S-1"), ("nickname", "Kim")];
    admin.upload("/users/new", &new, Some(&one_colour(0))).await;
    let page = admin.get("/users/S-1").await.body;
    let edition = page.split("name=\"edition\" value=\"").nth(1).unwrap();
    let edition = edition.split('"').next().unwrap().to_owned();
    let sent = (1..=50_u32).map(|number| {
        let (mut admin, edition) = (admin.script(), edition.clone());
        tokio::spawn(async move {
            let form = [&EDIT[..], &[("edition", edition.as_str())]].concat();
            let picture = one_colour(number.wrapping_mul(2_654_435_761));
            admin.upload("/users/S-1", &form, Some(&picture)).await
        })
    });
    let mut done = 0;
    for answer in sent.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        if answer.status == 200 {
            done += 1;
        } else {
            assert_eq!(answer.json(), json!({ "refused": [["edition", "outdated"]] }));
        }
    }
    assert_eq!(done, 1);
    assert_eq!(status_of_picture(&mut admin, "S-1").await, 200);
}
