//! The files of the site, embedded by the build: script, WASM, style, icons, fonts.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read},
    sync::{LazyLock, Mutex, PoisonError},
};

use app::{Assets, Preload, i18n::Locale};
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use flate2::read::GzDecoder;
use leptos_axum::ResponseOptions;

use crate::{errors::Failure, state::Server};

/// An embedded file.
struct File {
    /// Its path before it was named by its content.
    source: &'static str,
    /// The path under which it is served.
    path: &'static str,
    content_type: &'static str,
    /// Whether its path changes with its content.
    immutable: bool,
    /// What it holds, in the codings that browsers take, the smallest first; as it is, where it is
    /// compressed already.
    coded: &'static [Coded],
}

/// A coding, none for content as it is, and content in it.
type Coded = (Option<&'static str>, &'static [u8]);

static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The files of each part of the app.
static PARTS: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/parts.rs"));

/// Whether this binary was built with the site.
pub fn is_embedded() -> bool {
    !FILES.is_empty()
}

/// Where the files are that every page needs.
pub fn assets() -> Assets {
    Assets {
        script: path_of("/pkg/rollcall.js"),
        wasm: path_of("/pkg/rollcall.wasm"),
        texts: Locale::ALL.map(|it| path_of(&format!("/texts/{}.json", it.as_str()))),
        classroom_texts: Locale::ALL
            .map(|it| path_of(&format!("/texts/classroom.{}.json", it.as_str()))),
        style: path_of("/pkg/rollcall.css"),
        help_style: path_of("/styles/help.css"),
        sheet_style: path_of("/styles/sheet.css"),
        design_style: path_of("/styles/design.css"),
        classroom_style: path_of("/styles/classroom.css"),
        print_style: path_of("/styles/print.css"),
        icons: path_of("/icons.svg"),
        font: path_of("/fonts/inter-latin-wght-normal.woff2"),
        version: version(),
    }
}

/// The version of what is served: another one where any file of the site differs.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        for file in FILES {
            file.path.hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    });
    &VERSION
}

/// Tells the browser to fetch the parts of the app that a page needs while the page is on its way:
/// each file once, though several parts may need it. After what the page needs to be seen.
pub fn preload(response: ResponseOptions) -> Preload {
    let told = Mutex::new(BTreeSet::new());
    Preload::new(move |part| {
        let paths = PARTS.iter().find(|it| it.0 == part).map_or(&[][..], |it| it.1);
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        for path in paths.iter().filter(|path| told.insert(**path)) {
            let link = format!("<{path}>; rel=preload; as=fetch; crossorigin; fetchpriority=low");
            if let Ok(link) = HeaderValue::from_str(&link) {
                response.append_header(header::LINK, link);
            }
        }
    })
}

fn path_of(source: &str) -> &'static str {
    FILES.iter().find(|it| it.source == source).map_or("", |it| it.path)
}

/// A route for every file.
pub fn routes() -> Router<Server> {
    FILES.iter().fold(Router::new(), |router, file| {
        router.route(file.path, get(async |headers: HeaderMap| file.answer(&headers)))
    })
}

impl File {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let (coding, content) = match self.coded(headers) {
            Ok(coded) => coded,
            Err(error) => return Failure::Internal(error.into()).into_response(),
        };
        let caching =
            if self.immutable { "public, max-age=31536000, immutable" } else { "max-age=3600" };
        let described = [
            (header::CONTENT_TYPE, self.content_type),
            (header::CACHE_CONTROL, caching),
            (header::VARY, "Accept-Encoding"),
        ];
        let coding = coding.map(|it| [(header::CONTENT_ENCODING, it)]);
        (described, coding, content).into_response()
    }

    /// The smallest form that the browser can read. For whoever takes no coding, which is rare, the last
    /// is unpacked.
    fn coded(&self, headers: &HeaderMap) -> io::Result<(Option<&'static str>, Cow<'static, [u8]>)> {
        let taken = |it: &&Coded| it.0.is_none_or(|coding| accepts(headers, coding));
        if let Some((coding, content)) = self.coded.iter().find(taken) {
            return Ok((*coding, Cow::Borrowed(content)));
        }
        let mut content = Vec::new();
        if let Some((_, gzip)) = self.coded.last() {
            GzDecoder::new(*gzip).read_to_end(&mut content)?;
        }
        Ok((None, Cow::Owned(content)))
    }
}

/// Whether `Accept-Encoding` names a coding, and not with a weight of zero.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some(coding)
            && !parts.any(|it| matches!(it, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_are_taken_where_the_browser_reads_them() {
        for (header, br, gzip) in [
            ("gzip, deflate, br, zstd", true, true),
            ("br;q=0, gzip;q=0.5", false, true),
            ("brotli", false, false),
            ("", false, false),
        ] {
            let headers =
                [(header::ACCEPT_ENCODING, header.parse().unwrap())].into_iter().collect();
            assert_eq!(
                (accepts(&headers, "br"), accepts(&headers, "gzip")),
                (br, gzip),
                "{header}"
            );
        }
    }
}
