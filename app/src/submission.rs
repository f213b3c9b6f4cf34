//! A refused form on its way back to the page it came from: what was typed, and what is wrong.

use domain::{
    Problem, Problems,
    room::{RoomField, RoomForm, SpecifyForm},
    sign_in::{SetupField, SignInField},
    user::{UserField, UserForm},
};
use leptos::prelude::{SharedValue, use_context};
use serde::{Deserialize, Serialize};

/// A refused form. The server provides it as context when it renders the page again; passwords and
/// files are never part of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Submission {
    /// The sign-in form.
    SignIn {
        /// The User ID as typed.
        user_id: String,
        /// The path to go to afterwards, as asked for.
        next: String,
        /// What is wrong.
        problems: Problems<SignInField>,
    },
    /// The form that creates the first Admin.
    Setup {
        /// The User ID as typed.
        user_id: String,
        /// The nickname as typed.
        nickname: String,
        /// The secret of the one-time link, so that the form can be sent again.
        secret: String,
        /// What is wrong.
        problems: Problems<SetupField>,
    },
    /// The form that creates or edits a user.
    User {
        /// What was typed.
        form: UserForm,
        /// What is wrong.
        problems: Problems<UserField>,
    },
    /// The form that creates or edits a room.
    Room {
        /// What was typed and picked.
        form: RoomForm,
        /// What is wrong.
        problems: Problems<RoomField>,
    },
    /// The form that adds members to a room.
    Members {
        /// What was picked and pasted.
        form: SpecifyForm,
        /// What is wrong.
        problem: Problem,
    },
}

/// The refused form with which this page was rendered, if it was.
///
/// Travels from the server to the browser with the page, so that both render the same.
pub(crate) fn submitted() -> Option<Submission> {
    SharedValue::new(use_context::<Submission>).into_inner()
}
