//! Bodies of every kind, well formed and not.

use proptest::{collection::vec, prelude::*, sample::select};
use tokio::runtime::Runtime;

use super::*;

const ENCODED: &str = "application/x-www-form-urlencoded";
/// Stands for what isn't UTF-8.
const BROKEN: char = '\u{fffd}';
const PARTS: &str = "multipart/form-data; boundary=b";

fn request(kind: &str, body: Vec<u8>) -> Request {
    Request::post("/").header(header::CONTENT_TYPE, kind).body(body.into()).unwrap()
}

fn now<T>(reading: impl Future<Output = T>) -> T {
    Runtime::new().unwrap().block_on(reading)
}

fn read(body: Vec<u8>) -> Result<Pairs, Failure> {
    now(pairs(request(ENCODED, body), FORM))
}

fn read_upload(body: Vec<u8>) -> Result<Upload, Failure> {
    now(upload(request(PARTS, body), None))
}

/// Names and values as people and browsers send them.
fn any_pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    vec(("[a-z_]{1,8}", "[^\u{fffd}]{0,20}"), 0..6)
}

fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// What parts are made of, in any order.
fn any_parts() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        select(vec![
            "--b",
            "--b--",
            "\r\n",
            "\n",
            "content-disposition: form-data; name=\"image\"",
            "; filename=\"",
            "content-disposition: form-data; name=\"user_id\"",
            "content-type: ",
            "\"",
            "\0",
            "--",
            "\r\n\r\n",
        ])
        .prop_map(|it| it.as_bytes().to_vec()),
        vec(any::<u8>(), 0..12),
    ];
    vec(piece, 0..30).prop_map(|it| it.concat())
}

/// Whether a failure tells who sent it what is wrong, rather than being ours.
fn is_theirs(failure: &Failure) -> bool {
    matches!(failure, Failure::Unreadable(_) | Failure::TooLarge)
}

proptest! {
    #[test]
    fn a_form_says_what_was_typed(typed in any_pairs()) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&typed).finish();
        let expected: Pairs = typed.into_iter().collect();
        prop_assert_eq!(read(body.into()).unwrap(), expected);
    }

    #[test]
    fn any_bytes_are_a_form_or_refused(body in vec(any::<u8>(), 0..200)) {
        match read(body) {
            Ok(pairs) => prop_assert_eq!(pairs.iter().find(|it| it.1.contains(BROKEN)), None),
            Err(failure) => prop_assert!(is_theirs(&failure), "{:?}", failure),
        }
    }

    #[test]
    fn parts_say_what_was_typed_and_hold_the_picture_as_it_was(
        typed in any_pairs(),
        picture in vec(any::<u8>(), 0..300),
    ) {
        // What ends a part can't stand in one.
        prop_assume!(!picture.windows(4).any(|it| it == b"\r\n--") && typed.iter().all(|it| !it.1.contains("\r\n--")));
        prop_assume!(typed.iter().all(|it| it.0 != "image"));
        let mut body: Vec<u8> = typed.iter().flat_map(|(name, value)| part(name, value.as_bytes())).collect();
        body.extend(part("image", &picture));
        body.extend(b"--b--\r\n");
        let upload = read_upload(body).unwrap();
        prop_assert_eq!(upload.pairs, typed.into_iter().collect::<Pairs>());
        match upload.picture {
            Picture::File(file) => prop_assert_eq!(file, picture),
            Picture::None => prop_assert!(picture.is_empty()),
            Picture::TooLarge => prop_assert!(false, "it isn't"),
        }
    }

    #[test]
    fn any_parts_are_read_or_refused(body in any_parts()) {
        if let Err(failure) = read_upload(body) {
            prop_assert!(is_theirs(&failure), "{:?}", failure);
        }
    }

    #[test]
    fn no_kind_of_body_is_too_odd(kind in "[ -~]{0,40}", body in vec(any::<u8>(), 0..40)) {
        for kind in [kind.clone(), format!("multipart/form-data; {kind}")] {
            if let Err(failure) = now(upload(request(&kind, body.clone()), None)) {
                prop_assert!(is_theirs(&failure), "{:?}", failure);
            }
        }
    }
}
