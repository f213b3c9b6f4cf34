//! By the browser's own knowledge.

use js_sys::{Array, JsString, Object, Reflect, RegExp};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type Segmenter;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new() -> Segmenter;

    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> Object;
}

thread_local! {
    static MARK: RegExp = RegExp::new(r"^\p{M}$", "u");
    static SEGMENTER: Segmenter = Segmenter::new();
}

pub(crate) fn nfc(text: &str) -> String {
    normalized(text, "NFC")
}

pub(crate) fn nfkc(text: &str) -> String {
    normalized(text, "NFKC")
}

fn normalized(text: &str, form: &str) -> String {
    // Most text is, and needs no answer from outside.
    if text.is_ascii() {
        return text.to_owned();
    }
    JsString::from(text).normalize(form).into()
}

pub(crate) fn is_mark(c: char) -> bool {
    !c.is_ascii() && MARK.with(|it| it.test(c.encode_utf8(&mut [0; 4])))
}

pub(crate) fn without_marks(c: char) -> impl Iterator<Item = char> {
    let letters = normalized(c.encode_utf8(&mut [0; 4]), "NFKD");
    let letters: String = letters.chars().filter(|it| !is_mark(*it)).collect();
    nfc(&letters).chars().collect::<Vec<_>>().into_iter()
}

/// The browser has no folding by itself; small letters of capitals come as near as makes no odds.
pub(crate) fn case_folded(text: &str) -> String {
    let upper: String = JsString::from(text).to_upper_case().into();
    let mut folded = String::with_capacity(text.len());
    upper.chars().for_each(|c| push_lower(c, &mut folded));
    nfc(&folded)
}

pub(crate) fn push_upper(c: char, into: &mut String) {
    into.push_str(&String::from(one(c).to_upper_case()));
}

pub(crate) fn push_lower(c: char, into: &mut String) {
    into.push_str(&String::from(one(c).to_lower_case()));
}

fn one(c: char) -> JsString {
    JsString::from(&*c.encode_utf8(&mut [0; 4]))
}

pub(crate) fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let segments = SEGMENTER.with(|it| Array::from(&it.segment(text)));
    let mut at = 0;
    segments.into_iter().filter_map(move |segment| {
        let segment = Reflect::get(&segment, &"segment".into()).ok()?.as_string()?;
        let start = at;
        at += segment.len();
        text.get(start..at)
    })
}
