//! How large elements are, told whenever that changes.

use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

/// Watches the size of an element until it is dropped.
pub(crate) struct Watch(SendWrapper<(ResizeObserver, Closure<dyn Fn()>)>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.0.disconnect();
    }
}

/// Tells the width and height of an element, without its borders, in pixels: at first and whenever they
/// change. Nothing in browsers that can't tell.
pub(crate) fn watch(element: &Element, told: impl Fn(u32, u32) + 'static) -> Option<Watch> {
    let measured = element.clone();
    let tell = Closure::<dyn Fn()>::new(move || {
        let [width, height] = [measured.client_width(), measured.client_height()]
            .map(|it| u32::try_from(it).unwrap_or_default());
        told(width, height);
    });
    let observer = ResizeObserver::new(tell.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Watch(SendWrapper::new((observer, tell))))
}
