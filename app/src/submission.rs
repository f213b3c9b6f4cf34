//! A refused form on its way back to the page it came from: what was typed, and what is wrong.

use std::sync::Arc;

use domain::Problems;
use leptos::prelude::{SharedValue, provide_context, use_context};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A refused form, whichever: the page that shows it knows the type of what was typed. Passwords and
/// files are never part of it.
#[derive(Clone)]
pub struct Submission(Arc<dyn Fn() + Send + Sync>);

impl Submission {
    /// What was typed, and what is wrong with it.
    pub fn new<T, F>(typed: T, problems: Problems<F>) -> Self
    where
        T: Clone + Send + Sync + 'static,
        F: Clone + Send + Sync + 'static,
    {
        Self(Arc::new(move || provide_context((typed.clone(), problems.clone()))))
    }

    /// Puts it into the context of the page that is rendered.
    pub fn provide(&self) {
        (self.0)();
    }
}

/// What the sign-in form keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SignInTyped {
    /// The User ID as typed.
    pub user_id: String,
    /// The path to go to afterwards, as asked for.
    pub next: String,
}

/// What the form that creates the first Admin keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SetupTyped {
    /// The User ID as typed.
    pub user_id: String,
    /// The nickname as typed.
    pub nickname: String,
    /// The secret of the one-time link, so that the form can be sent again.
    pub secret: String,
}

/// What the form that sets a password by the one-time link is rendered from, also when it is first
/// opened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SetPasswordTyped {
    /// The secret of the link, so that the form can be sent.
    pub secret: String,
    /// The User ID of whose password it sets; nothing where the link is over.
    pub holder: Option<String>,
}

/// What was typed into the refused form with which this page was rendered, and what is wrong, if it
/// was rendered so.
///
/// Travels from the server to the browser with the page, so that both render the same. Each page
/// names its own type, so that no page downloads the reader of another's form.
pub(crate) fn submitted<T, F>() -> Option<(T, Problems<F>)>
where
    T: Clone + Serialize + DeserializeOwned + 'static,
    F: Clone + Serialize + DeserializeOwned + 'static,
{
    SharedValue::new(use_context::<(T, Problems<F>)>).into_inner()
}
