//! What only a browser can do. Compiled for the server too, and never called there: everything here
//! is reached from event handlers and effects.

pub(crate) mod image;
pub(crate) mod size;
pub(crate) mod submit;

use std::cell::RefCell;

use leptos::prelude::Effect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FocusEvent, HtmlElement, Node};

use crate::{
    i18n::{self, Locale},
    theme::Theme,
};

thread_local! {
    /// What the document says of itself; nothing on the server.
    static DOCUMENT: RefCell<Option<Document>> = const { RefCell::new(None) };
}

struct Document {
    theme: Theme,
}

/// Reads from the document what the server decided when it rendered it. Called once, before the
/// pages are brought to life. `texts` are those of the document's language: JSON objects.
///
/// # Errors
///
/// Where the texts are no such objects.
pub fn arrive(texts: &[String]) -> Result<(), serde_json::Error> {
    let Some(root) = root() else { return Ok(()) };
    i18n::set_of_document(Locale::parse(&root.lang()).unwrap_or_default(), texts)?;
    let theme = root.dataset().get("theme").and_then(|it| Theme::parse(&it)).unwrap_or_default();
    DOCUMENT.set(Some(Document { theme }));
    Ok(())
}

/// Tells style sheets and tests that the page has come to life, once it has: what waits for data that
/// came with the page goes on in microtasks, all of which run before the next task.
pub fn mark_hydrated() {
    let mark = || {
        if let Some(root) = root() {
            // Fails for names that can't be attributes; this one can.
            let _ = root.set_attribute("data-hydrated", "");
            tell_open_menu(&root);
        }
    };
    leptos::prelude::set_timeout(mark, std::time::Duration::ZERO);
}

/// Tells the menu that was opened before the page came to life, if one was, that it is open.
fn tell_open_menu(root: &web_sys::Element) {
    if let (Ok(Some(menu)), Ok(toggle)) =
        (root.query_selector(".menu[open]"), web_sys::Event::new("toggle"))
    {
        // Fails for an event that is under way; this one isn't.
        let _ = menu.dispatch_event(&toggle);
    }
}

/// Waits until what was done so far has been painted.
pub(crate) async fn painted() {
    // The first frame is the one that is about to be painted; the next begins once it is.
    for _ in 0..2 {
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            // Without a window there are no frames, and nothing to wait for.
            let asked = web_sys::window().map(|it| it.request_animation_frame(&resolve));
            if !matches!(asked, Some(Ok(_))) {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        });
        // A promise that is never refused.
        let _ = JsFuture::from(frame).await;
    }
}

/// Text for an element inside which the renderer writes text as it is: `title` and `textarea`. On the
/// server it must be escaped, or it could end that element; the browser sets text, not markup.
pub(crate) fn raw_text(text: String) -> String {
    if DOCUMENT.with_borrow(Option::is_some) {
        text
    } else {
        text.replace('&', "&amp;").replace('<', "&lt;")
    }
}

/// Takes over what somebody put into a control of the served page before the page came to life: only
/// once it has, since until then what is shown must be what was served.
pub(crate) fn take_over(selector: &str, set: impl Fn(String) + 'static) {
    if let Some(typed) = value_before_life(selector) {
        Effect::new(move |_| set(typed.clone()));
    }
}

/// What stands in a control of the served page. `None` on the server, and once the page is alive.
pub(crate) fn value_before_life(selector: &str) -> Option<String> {
    DOCUMENT.with_borrow(Option::is_some).then_some(())?;
    let root = root().filter(|it| !it.has_attribute("data-hydrated"))?;
    let control = root.query_selector(selector).ok()??;
    let value = js_sys::Reflect::get(&control, &"value".into()).ok()?;
    value.as_string()
}

/// Shows the way out when the app has stopped: a panic ends everything it does.
pub fn offer_reload() {
    let notice =
        web_sys::window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id("crash"));
    if let Some(notice) = notice {
        // Fails for read-only documents, where nothing can be shown.
        let _ = notice.remove_attribute("hidden");
    }
}

/// Whether this is the browser.
pub(crate) fn is_here() -> bool {
    DOCUMENT.with_borrow(Option::is_some)
}

/// How the document looks, as it says. `None` on the server.
pub(crate) fn theme_of_document() -> Option<Theme> {
    DOCUMENT.with_borrow(|it| it.as_ref().map(|it| it.theme))
}

/// Goes there by loading the page anew.
pub(crate) fn load(path: &str) {
    if let Some(window) = web_sys::window() {
        // Fails only for addresses that can't be parsed; ours are made here.
        let _ = window.location().set_href(path);
    }
}

/// Whether the window is as narrow as a phone, where one thing is shown at a time: as the style sheets of
/// the classroom have it.
pub(crate) fn is_narrow() -> bool {
    const NARROW: f64 = 760.0;
    let width = web_sys::window().and_then(|it| it.inner_width().ok()?.as_f64());
    width.is_some_and(|it| it <= NARROW)
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // Fails where the browser refuses it; then the page stays.
        let _ = window.location().reload();
    }
}

/// Puts the focus on the first element within that a selector finds, and leaves the page where it is.
pub(crate) fn focus_within(element: &web_sys::Element, selector: &str) {
    let found = element.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        focus_on(&found);
    }
}

/// Puts the focus on the main region, whatever of the page had it, and leaves the page where it is.
pub(crate) fn focus_main() {
    if let Some(root) = root() {
        focus_within(&root, "#main");
    }
}

/// Puts the focus on an element, and leaves the page where it is.
pub(crate) fn focus_on(element: &HtmlElement) {
    let stay = web_sys::FocusOptions::new();
    stay.set_prevent_scroll(true);
    // Fails for elements that can't have the focus; then it stays where it is.
    let _ = element.focus_with_options(&stay);
}

/// What has the focus.
pub(crate) fn focused() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.active_element()
}

/// Puts the focus on the first element of the page that a selector finds, if there is one.
pub(crate) fn focus(selector: &str) {
    let element = root().and_then(|it| it.query_selector(selector).ok().flatten());
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Fails for elements that can't have the focus; then it stays where it is.
        let _ = element.focus();
    }
}

/// Moves the focus on from a button that is about to go, where it has it: to the next of those that `same`
/// finds in the list around it, from the last to the one before. False where it is the only one: then the
/// focus is still to be put elsewhere.
pub(crate) fn moves_on(button: &web_sys::Element, list: &str, same: &str) -> bool {
    if focused().is_none_or(|it| it != *button) {
        return true;
    }
    let around = button.closest(list).ok().flatten();
    let Some(all) = around.and_then(|it| it.query_selector_all(same).ok()) else { return false };
    let all: Vec<HtmlElement> =
        (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok()).collect();
    let here = all.iter().position(|it| **it == *button);
    let next = here.and_then(|at| all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?)));
    // Fails for elements that can't have the focus; buttons can.
    next.is_some_and(|it| it.focus().is_ok())
}

/// Whether the focus stays within what listens, as it leaves something in it.
pub(crate) fn stays_within(leaving: &FocusEvent) -> bool {
    let to = leaving.related_target().and_then(|it| it.dyn_into::<Node>().ok());
    let within = leaving.current_target().and_then(|it| it.dyn_into::<Node>().ok());
    to.is_some() && within.is_some_and(|it| it.contains(to.as_ref()))
}

/// Puts a text into the clipboard, and tells whether it is there: browsers have none for pages that came
/// without TLS, and people may forbid it.
pub(crate) async fn copied(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|it| it.navigator()) else { return false };
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !clipboard.is_ok_and(|it| it.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

fn root() -> Option<HtmlElement> {
    web_sys::window()?.document()?.document_element()?.dyn_into().ok()
}
