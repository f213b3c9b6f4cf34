//! What protects the console whatever is asked for: headers, and from where it may be asked.

mod cross_site;
mod headers;
mod hosts;

pub use cross_site::{is_asked_elsewhere, is_own_socket, refuse_cross_site, refuse_embedding};
pub use headers::{add_headers, content_policy};
pub use hosts::{Hosts, refuse_foreign_hosts};
