//! Rollcall's screen: the document, its pages and components, and the server functions they call.
//!
//! Pages are rendered on the server and brought to life in the browser by the same code. What only
//! the server can do stands in [`server`], the one module that the browser doesn't get.

// The types of views nest as deep as the elements they stand for.
#![recursion_limit = "256"]

pub mod assets;
mod browser;
mod components;
pub mod doorway;
pub mod error;
pub mod functions;
pub mod i18n;
mod latest;
mod live;
mod pages;
mod routes;
#[cfg(feature = "ssr")]
pub mod server;
mod shell;
pub mod submission;
pub mod theme;
mod viewer;
mod words;

pub use assets::Assets;
pub use browser::{arrive, mark_hydrated, offer_reload};
pub use pages::Preload;
pub use routes::{App, is_for_teachers};
pub use shell::{error_document, shell};
pub use viewer::Entrant;
