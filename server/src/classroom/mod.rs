//! The live classroom over HTTP.

pub mod door;
