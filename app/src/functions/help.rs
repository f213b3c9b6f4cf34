//! The help: one article.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// Where a reader of the help came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CameFrom {
    /// A form, which is still open in another tab.
    Form,
    /// The page of that path; empty if nobody knows which.
    Page(String),
}

/// An article, written out: its texts and drawings are the server's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// What it is about.
    pub title: String,
    /// Its HTML.
    pub html: String,
}

/// The article about a topic, in the reader's language.
#[server(prefix = "/api", endpoint = "help/article", input = GetUrl, output = Json)]
pub async fn article_about(topic: String, from: CameFrom) -> Result<Article, AppError> {
    use crate::server::{admin, found, help};
    admin()?;
    found(help::article(&topic, &from))
}
