//! Pages whose code the browser fetches only when it first shows one of them.

use std::{future::Future, pin::Pin, sync::Arc};

use leptos::prelude::{AnyView, IntoView, Suspend, use_context};
use leptos_router::ChooseView;
use send_wrapper::SendWrapper;

/// Has the browser fetch a part of the app while the page that needs it is on its way. In the
/// context on the server.
#[derive(Clone)]
pub struct Preload(Arc<dyn Fn(&'static str) + Send + Sync>);

impl Preload {
    /// By calling that with the name of a part.
    pub fn new(preload: impl Fn(&'static str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(preload))
    }
}

/// A page in a part of the app that is fetched on its own. One type for all of them: the router is
/// compiled anew for every type of page.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage {
    pub(super) part: &'static str,
    pub(super) view: fn() -> Loading<AnyView>,
    pub(super) load: fn() -> Loading<()>,
}

impl LazyPage {
    /// What is shown once its code is there. Only in the browser: what a page needs from the start
    /// comes with the page.
    pub(super) fn when_there(self) -> impl IntoView {
        Suspend::new(SendWrapper::new((self.view)()))
    }
}

/// On the server it is ready at once.
pub(super) type Loading<T> = Pin<Box<dyn Future<Output = T>>>;

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        if let Some(Preload(preload)) = use_context() {
            preload(self.part);
        }
        (self.view)().await
    }

    async fn preload(&self) {
        (self.load)().await;
    }
}

/// Makes a [`LazyPage`] of each page. All pages of a part come in one file, together with what only
/// they need; what several parts need comes in files beside it.
macro_rules! parts {
    ($($part:ident { $($constant:ident = $view:ident / $load:ident of $page:path;)+ })+) => {$($(
        pub(crate) const $constant: $crate::pages::lazy::LazyPage = $crate::pages::lazy::LazyPage {
            part: stringify!($part),
            view: || ::std::boxed::Box::pin($view()),
            load: || ::std::boxed::Box::pin($load()),
        };

        #[::leptos::wasm_split::wasm_split(
            $part,
            wasm_split_path = ::leptos::wasm_split,
            preload($load)
        )]
        fn $view() -> ::leptos::prelude::AnyView {
            ::leptos::prelude::IntoAny::into_any(::leptos::component::component_view($page, ()))
        }
    )+)+};
}

pub(super) use parts;
