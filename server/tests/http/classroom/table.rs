//! Every message over the wire, by everybody: one table.

use domain::{
    EntryPermission::{Guest, Host, Monitoring},
    classroom::{
        Act, ActRefusal, BanId, Capability, ClientMessage, Closing, Hello, List, Look, NewcomerId,
        ParticipantId, ServerMessage, Standing, WIRE, Whom,
    },
};

use super::{
    line::{Lesson, Line},
    line_of_chat,
};
use crate::house::House;

/// How a message is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// It is done.
    Done,
    /// It is no act, and they are told what they asked for.
    Told,
    /// It is no act, and they are told nothing.
    Nothing,
    /// They may not.
    NotAllowed,
    /// They aren't in.
    NotIn,
    /// They may, but whom or what it is about isn't there.
    Gone,
    /// The line is closed for it.
    Closed(Closing),
}

use Answer::{Closed, Done, Gone, NotAllowed, NotIn, Nothing, Told};

/// By a Host, a Guest, somebody who observes, and somebody who waits at the door.
#[rustfmt::skip]
const TABLE: [(&str, [Answer; 4]); 20] = [
    ("say",                [Done, Done,       NotAllowed, NotIn]),
    ("raise_hand",         [Done, Done,       NotAllowed, NotIn]),
    ("lower_hand",         [Done, Done,       NotAllowed, NotIn]),
    ("announce",           [Done, NotAllowed, NotAllowed, NotIn]),
    ("set_permission",     [Done, NotAllowed, NotAllowed, NotIn]),
    ("restrict",           [Done, NotAllowed, NotAllowed, NotIn]),
    ("rename",             [Done, NotAllowed, NotAllowed, NotIn]),
    ("lower_hands",        [Done, NotAllowed, NotAllowed, NotIn]),
    ("lock_room",          [Done, NotAllowed, NotAllowed, NotIn]),
    ("let_newcomers_wait", [Done, NotAllowed, NotAllowed, NotIn]),
    ("bans",               [Done, NotAllowed, NotAllowed, NotIn]),
    ("admit",              [Gone, NotAllowed, NotAllowed, NotIn]),
    ("lift_ban",           [Gone, NotAllowed, NotAllowed, NotIn]),
    ("remove",             [Done, NotAllowed, NotAllowed, NotIn]),
    ("ban",                [Done, NotAllowed, NotAllowed, NotIn]),
    ("look",               [Told, Told,       Told,       Nothing]),
    ("earlier",            [Told, Told,       Told,       Nothing]),
    ("hello",              [Closed(Closing::Unreadable); 4]),
    ("leave",              [Closed(Closing::Left); 4]),
    ("end",                [Done, NotAllowed, NotAllowed, NotIn]),
];

/// One of each act; those that are about somebody are about them.
pub fn all_acts(who: ParticipantId) -> Vec<Act> {
    vec![
        line_of_chat(1, "Can you hear me?"),
        Act::RaiseHand,
        Act::LowerHand,
        Act::Announce { text: Some("I am here".to_owned()) },
        Act::SetPermission { who, to: Standing::Guest },
        Act::Restrict { whom: Whom::Everybody, what: Capability::Chat, on: true },
        Act::Rename { who, to: "Boo".to_owned() },
        Act::LowerHands { whom: Whom::Everybody },
        Act::Remove { who },
        Act::Ban { who },
        Act::LiftBan { ban: BanId(1) },
        Act::Bans,
        Act::LockRoom { on: true },
        Act::LetNewcomersWait { on: false },
        Act::Admit { who: NewcomerId(1), yes: true },
        Act::End,
    ]
}

/// The message of that name; what can be done to somebody once is done to another each time.
fn message(name: &str, id: u32, teacher: &Line) -> ClientMessage {
    let whom = match name {
        "remove" => "S-2",
        "ban" => "S-3",
        _ => "S-1",
    };
    let act = all_acts(teacher.find(whom)).into_iter().find(|it| it.name() == name);
    match (name, act) {
        (_, Some(act)) => ClientMessage::Act { id, act },
        ("hello", _) => ClientMessage::Hello(Hello { wire: WIRE, resume: None }),
        ("leave", _) => ClientMessage::Leave,
        ("look", _) => {
            let look = Look { list: List::People, term: String::new(), first: 0, rows: 10 };
            ClientMessage::Look(look)
        }
        ("earlier", _) => ClientMessage::Earlier { before: 100 },
        _ => panic!("there is no {name}"),
    }
}

/// How a message is answered of which acts have that number. What is answered by nothing is so once the
/// next one is answered.
async fn answer(line: &mut Line, message: &ClientMessage, number: u32) -> Answer {
    line.heard.clear();
    line.say(message).await;
    let next = number + 100;
    if matches!(message, ClientMessage::Look(_) | ClientMessage::Earlier { .. }) {
        line.act(next, Act::LowerHand).await;
    }
    loop {
        match line.heard.last() {
            Some(ServerMessage::Done { id, .. }) if *id == number => return Done,
            Some(ServerMessage::Refused { id, why }) if *id == number => return refused(why),
            Some(ServerMessage::Listed(_) | ServerMessage::Earlier { .. }) => return Told,
            Some(ServerMessage::Done { id, .. } | ServerMessage::Refused { id, .. })
                if *id == next =>
            {
                return Nothing;
            }
            _ if line.closed.is_some() => return Closed(line.end().await.0.unwrap()),
            _ => line.hear().await,
        }
    }
}

fn refused(why: &ActRefusal) -> Answer {
    match why {
        ActRefusal::NotAllowed => NotAllowed,
        ActRefusal::NotIn => NotIn,
        ActRefusal::Gone => Gone,
        other => panic!("{other:?}"),
    }
}

/// Who stands in the table, by their permissions; the last comes to a locked door.
const WHO: [&str; 4] = ["H-1", "G-1", "M-1", "D-1"];

/// A lesson with a teacher and three students.
async fn lesson() -> (Lesson, [Line; 4]) {
    let people = [
        ("T-1", Host),
        ("H-1", Host),
        ("G-1", Guest),
        ("M-1", Monitoring),
        ("D-1", Guest),
        ("S-1", Guest),
        ("S-2", Guest),
        ("S-3", Guest),
    ];
    let lesson = Lesson::with(House::new().await, &people).await;
    let mut all = [
        lesson.sit("T-1").await,
        lesson.sit("S-1").await,
        lesson.sit("S-2").await,
        lesson.sit("S-3").await,
    ];
    all[0].see(|it| it.names() == ["T-1", "S-1", "S-2", "S-3"]).await;
    (lesson, all)
}

async fn open(lesson: &Lesson, cookie: &str) -> Line {
    let mut line = lesson.call(cookie).await;
    line.see(|it| it.is_in() || it.waits.is_some()).await;
    line
}

/// How all messages are answered that stand in the table, by one of them.
async fn answers(who: &str) -> Vec<Answer> {
    let (lesson, mut all) = lesson().await;
    if who == "D-1" {
        all[0].ask(Act::LockRoom { on: true }).await.unwrap();
    }
    let cookie = lesson.entry(who).await;
    let mut line = open(&lesson, &cookie).await;
    let mut answers = Vec::new();
    for (number, (name, _)) in (100..).zip(TABLE) {
        lesson.house.clock.advance(1);
        if line.closed.is_some() {
            line = open(&lesson, &cookie).await;
        }
        let message = message(name, number, &all[0]);
        answers.push(answer(&mut line, &message, number).await);
    }
    answers
}

#[tokio::test]
async fn every_message_over_the_wire_by_everybody() {
    for act in all_acts(ParticipantId(1)) {
        assert!(TABLE.iter().any(|it| it.0 == act.name()), "{} isn't in the table", act.name());
    }
    let mut otherwise = Vec::new();
    for (column, who) in WHO.into_iter().enumerate() {
        for ((name, expected), answer) in TABLE.iter().zip(answers(who).await) {
            if answer != expected[column] {
                otherwise.push(format!("{name} by {who}: {answer:?}"));
            }
        }
    }
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}
