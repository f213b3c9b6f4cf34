//! What Unicode says of text: from tables on the server; in the browser from those it has already,
//! which would otherwise be a quarter of what a page downloads.
//!
//! The two may know different versions of Unicode. What the server says counts; the browser only says
//! it sooner.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod tables;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use tables::*;
