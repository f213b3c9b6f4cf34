//! The server as browsers and scripts meet it: the real router over a fresh data folder.
//!
//! Helpers act through HTTP alone, but for two things that happen at the machine itself: printing
//! the one-time link, and giving somebody a password.

#![cfg(test)]

mod alike;
mod answers;
mod audit;
mod authorisation;
mod away;
mod backup;
mod browser;
mod classroom;
mod classroom_door;
mod connections;
mod cross_site;
mod deletion;
mod faults;
mod forms;
mod forwarded;
mod groups;
mod headers;
mod hosts;
mod house;
mod images;
mod limits;
mod links;
mod live;
mod many;
mod meetings;
mod members;
mod odd;
mod once;
mod own_account;
mod password_link;
mod process;
mod redirects;
mod requests;
mod roles;
mod served;
mod settings;
mod setup;
mod sign_in;
mod site;
