//! Embedded files, where the tests were built with the site.

use crate::{headers::assert_protected, house::House};

/// The addresses of the files that a page loads.
async fn linked_files(house: &House) -> Vec<String> {
    let page = house.visitor().get("/sign-in").await.body;
    let links = page.split("href=\"/").skip(1).filter_map(|it| it.split('"').next());
    links.filter(|it| it.contains('.')).map(|it| format!("/{it}")).collect()
}

#[tokio::test]
async fn files_named_by_their_content_are_kept_for_ever() {
    let house = House::new().await;
    for path in linked_files(&house).await.iter().filter(|it| *it != "/favicon.svg") {
        let answer = house.visitor().with("accept-encoding", "gzip, br").get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_protected(&answer, path);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        assert_eq!(answer.header("vary"), "Accept-Encoding", "{path}");
        let packed = if path.starts_with("/fonts/") { "" } else { "br" };
        assert_eq!(answer.header("content-encoding"), packed, "{path}");
        let plain = house.visitor().get(path).await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        if path.contains(".css") {
            assert!(plain.body.contains('{'), "{path}");
        }
    }
}

#[tokio::test]
async fn files_are_protected_and_kept_no_longer_than_they_are_valid() {
    let house = House::new().await;
    // The icon alone is named the same without the site.
    if linked_files(&house).await.len() < 2 {
        return;
    }
    for path in ["/favicon.svg", "/robots.txt"] {
        let answer = house.visitor().get(path).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "max-age=3600"),
            "{path}"
        );
        assert_protected(&answer, path);
        let sent = house.visitor().post(path, &[]).await;
        assert_eq!((sent.status, sent.header("cache-control")), (405, "no-store"), "{path}");
        assert_protected(&sent, path);
    }
    // Of another version, whose files are gone.
    let gone = house.visitor().get("/pkg/rollcall.0123456789abcdef.js").await;
    assert_eq!((gone.status, gone.header("cache-control")), (404, "no-store"));
    assert_protected(&gone, "gone");
}

#[tokio::test]
async fn the_server_says_that_it_is_alive_and_ready() {
    let house = House::new().await;
    for path in ["/healthz", "/readyz"] {
        let answer = house.visitor().with("host", "10.0.0.7").get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"), "{path}");
    }
    house.backend.close().await;
    assert_eq!(house.visitor().get("/healthz").await.status, 200);
    assert_eq!(house.visitor().get("/readyz").await.status, 503);
}
