//! The use cases, through what the crate shows of itself: one program, so that it is linked once.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod class_list;
#[cfg(test)]
mod classroom;
#[cfg(test)]
mod common;
#[cfg(test)]
mod deletion;
#[cfg(test)]
mod door;
#[cfg(test)]
mod entry;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod images;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod links;
#[cfg(test)]
mod live;
#[cfg(test)]
mod many;
#[cfg(test)]
mod meetings;
#[cfg(test)]
mod members;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod own_account;
#[cfg(test)]
mod password_links;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod search;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod teachers;
#[cfg(test)]
mod users;
