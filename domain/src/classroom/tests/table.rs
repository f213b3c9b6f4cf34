//! Who may send what.

use super::*;

/// By whom a message is sent: entered as what, and whether a Host has denied what Guests may do.
const COLUMNS: [(Option<EntryPermission>, bool); 6] = [
    (None, false),
    (Some(EntryPermission::Monitoring), false),
    (Some(EntryPermission::Guest), false),
    (Some(EntryPermission::Guest), true),
    (Some(EntryPermission::Host), false),
    (Some(EntryPermission::Host), true),
];

/// Each message, and the answer to it in each column: done, `not_in`, `not_allowed`, `locked`.
fn table() -> Vec<(ClientMessage, &'static str)> {
    let look = Look { list: List::People, term: String::new(), first: 0, rows: 1 };
    let act = |act| ClientMessage::Act { id: 1, act };
    let (who, whom, text) = (KIM, Whom::One(KIM), "text".to_owned());
    vec![
        //                 at the door  Monitoring   Guest        Guest denied Host  Host denied
        (ClientMessage::Hello(Hello { wire: WIRE, resume: None }), "ok ok ok ok ok ok"),
        (ClientMessage::Look(look), "not_in ok ok ok ok ok"),
        (ClientMessage::Earlier { before: 9 }, "not_in ok ok ok ok ok"),
        (ClientMessage::Leave, "ok ok ok ok ok ok"),
        (act(say("text", "mark-001")), "not_in not_allowed ok locked ok ok"),
        (act(Act::RaiseHand), "not_in not_allowed ok locked ok ok"),
        (act(Act::LowerHand), "not_in not_allowed ok ok ok ok"),
        (act(Act::Announce { text: Some(text.clone()) }), HOSTS),
        (act(Act::SetPermission { who, to: Standing::Host }), HOSTS),
        (act(Act::Restrict { whom, what: Capability::Chat, on: true }), HOSTS),
        (act(Act::Rename { who, to: text }), HOSTS),
        (act(Act::LowerHands { whom }), HOSTS),
        (act(Act::Remove { who }), HOSTS),
        (act(Act::Ban { who }), HOSTS),
        (act(Act::LiftBan { ban: BanId(1) }), HOSTS),
        (act(Act::Bans), HOSTS),
        (act(Act::LockRoom { on: true }), HOSTS),
        (act(Act::LetNewcomersWait { on: true }), HOSTS),
        (act(Act::Admit { who: NEWCOMER, yes: true }), HOSTS),
        (act(Act::End), HOSTS),
    ]
}

const HOSTS: &str = "not_in not_allowed not_allowed not_allowed ok ok";

/// One number for each kind of message: another kind doesn't compile without it.
fn kind(message: &ClientMessage) -> usize {
    let act = match message {
        ClientMessage::Hello(_) => return 0,
        ClientMessage::Look(_) => return 1,
        ClientMessage::Earlier { .. } => return 2,
        ClientMessage::Leave => return 3,
        ClientMessage::Act { act, .. } => act,
    };
    match act {
        Act::Say { .. } => 4,
        Act::RaiseHand => 5,
        Act::LowerHand => 6,
        Act::Announce { .. } => 7,
        Act::SetPermission { .. } => 8,
        Act::Restrict { .. } => 9,
        Act::Rename { .. } => 10,
        Act::LowerHands { .. } => 11,
        Act::Remove { .. } => 12,
        Act::Ban { .. } => 13,
        Act::LiftBan { .. } => 14,
        Act::Bans => 15,
        Act::LockRoom { .. } => 16,
        Act::LetNewcomersWait { .. } => 17,
        Act::Admit { .. } => 18,
        Act::End => 19,
    }
}

fn answer<T>(result: Result<T, ActRefusal>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(why) => serde_json::to_value(why).unwrap().as_str().unwrap().to_owned(),
    }
}

#[test]
fn every_message_by_everybody() {
    for (row, (message, expected)) in table().into_iter().enumerate() {
        assert_eq!(kind(&message), row, "{message:?}");
        let answers: Vec<String> = COLUMNS
            .into_iter()
            .map(|(entered, denied)| {
                let denied = if denied { Capabilities::GUEST } else { Capabilities::NONE };
                answer(message.permitted(entered, denied))
            })
            .collect();
        assert_eq!(answers.join(" "), expected, "{message:?}");
    }
    assert_eq!(table().len(), 20);
}

/// The same table, asked of a meeting: of whomever else an act is about, it is refused first to those
/// who may not do it, and changes nothing.
#[test]
fn a_meeting_decides_as_the_table_says() {
    let nothing_denied = class();
    let mut all = class();
    act(&mut all, OWNER, &restrict(Whom::Everybody, Capability::Chat));
    act(&mut all, OWNER, &restrict(Whom::Everybody, Capability::RaiseHand));
    let mut one = class();
    for who in [LEE, TEACHER] {
        act(&mut one, OWNER, &restrict(Whom::One(who), Capability::Chat));
        act(&mut one, OWNER, &restrict(Whom::One(who), Capability::RaiseHand));
    }
    let columns = [
        (&nothing_denied, LEE, 2),
        (&all, LEE, 3),
        (&one, LEE, 3),
        (&one, KIM, 2),
        (&nothing_denied, TEACHER, 4),
        (&all, TEACHER, 5),
        (&one, TEACHER, 5),
        (&nothing_denied, NOBODY, 0),
    ];
    for (message, expected) in table() {
        let ClientMessage::Act { act, .. } = message else { continue };
        for (meeting, who, column) in columns {
            let decided = answer(meeting.decide(who, &act, at(1)));
            assert_eq!(Some(&*decided), expected.split(' ').nth(column), "{act:?} by {who:?}");
        }
    }
}

fn restrict(whom: Whom, what: Capability) -> Act {
    Act::Restrict { whom, what, on: true }
}

#[test]
fn what_somebody_may_do_is_what_they_are_told() {
    let mut meeting = class();
    act(&mut meeting, OWNER, &restrict(Whom::One(KIM), Capability::Chat));
    act(&mut meeting, OWNER, &restrict(Whom::Everybody, Capability::RaiseHand));
    let may = |who| meeting.you(who).unwrap().may;
    assert_eq!(may(KIM), Capabilities::NONE);
    assert_eq!(may(LEE), Capabilities::NONE.with(Capability::Chat));
    assert_eq!(may(TEACHER), Capabilities::of(EntryPermission::Host));
}
