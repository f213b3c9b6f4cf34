//! The live classroom: who comes to it, and what its meetings do.

pub mod door;
pub mod errands;

#[cfg(test)]
mod tests;
