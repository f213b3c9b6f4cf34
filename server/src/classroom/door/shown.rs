//! What a door shows: the ways in as the rule of entry answers them, and what the school says there.

use app::doorway::{Address, Door, Way};
use backend::{Zone, classroom::door::Doorstep};
use domain::{EntryPermission, Timestamp, door::EnterAs, entry::Refusal};

use crate::state::Server;

/// A way in that was asked about, and the answer.
pub type Asked = (EnterAs, Doorstep);

/// The door before somebody, the usual way first. What is no way is left out; of the usual one it is said
/// why. Nothing where nothing was asked.
pub fn door(server: &Server, address: Address, asked: Vec<Asked>) -> Option<Door> {
    let (_, usual) = asked.first()?;
    let (name, answer) = (usual.name.clone(), usual.answer);
    let backend = server.backend();
    let settings = backend.settings.now();
    let named = asked.iter().find_map(|it| moment(it.1.answer.err()?));
    let clock = named.and_then(|at| clock(&backend.settings.zone(), at, backend.settings.moment()));
    Some(Door {
        name,
        address,
        school: settings.school.as_ref().map(ToString::to_string),
        notice: settings.notice.as_ref().map(ToString::to_string),
        signed_in: None,
        refusal: answer.err().filter(|it| !it.waits()),
        clock,
        ways: asked.into_iter().filter_map(way).collect(),
        typed: String::new(),
    })
}

fn way((enter_as, step): Asked) -> Option<Way> {
    let (permission, waits) = match step.answer {
        Ok(admission) => (admission.permission, None),
        // Nobody but Guests has to wait.
        Err(refusal) if refusal.waits() => (EntryPermission::Guest, Some(refusal)),
        Err(_) => return None,
    };
    Some(Way { enter_as, who: step.you.map(Into::into), permission, waits })
}

/// The moment that a refusal names.
fn moment(refusal: Refusal) -> Option<Timestamp> {
    match refusal {
        Refusal::NotYet { opens: at } | Refusal::Over { closed: at } => Some(at),
        _ => None,
    }
}

/// What the clocks of the school show then, and in which zone they are; the day only where it is another.
fn clock(zone: &Zone, at: Timestamp, now: Timestamp) -> Option<(String, String)> {
    let (at, now) = (zone.local(at)?, zone.local(now)?);
    let (day, time) = at.as_str().split_once('T')?;
    let today = now.as_str().starts_with(day);
    let shown = if today { time.to_owned() } else { format!("{day} {time}") };
    Some((shown, zone.name().to_string()))
}

#[cfg(test)]
mod tests {
    use domain::settings::ZoneName;

    use super::*;

    #[test]
    fn the_time_is_the_schools_and_the_day_stands_there_where_it_is_another() {
        let seoul = Zone::of(&ZoneName::parse("Asia/Seoul").unwrap()).unwrap();
        // 2023-11-15 07:13 there, and still the day before in UTC.
        let now = Timestamp::from_micros(1_700_000_000_000_000);
        let shown = |seconds| clock(&seoul, now.plus_seconds(seconds), now).unwrap();
        assert_eq!(shown(60), ("07:14".to_owned(), "Asia/Seoul".to_owned()));
        assert_eq!(shown(24 * 60 * 60).0, "2023-11-16 07:13");
    }
}
