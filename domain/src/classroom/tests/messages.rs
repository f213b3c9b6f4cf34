//! One of each message, and its text, letter by letter: whatever changes here changes what browsers and
//! servers say.

use super::*;
use crate::{Problem, entry::Refusal, image::ImageName};

const MARK: &str = "mark-001";

pub fn client_messages() -> Vec<(ClientMessage, &'static str)> {
    let place = Place { meeting: MeetingNumber(3), run: 1, audience: Audience::Guests, seq: 41 };
    let look = Look { list: List::People, term: "kim".into(), first: 48, rows: 40 };
    let act = |act| ClientMessage::Act { id: 7, act };
    let (who, text) = (KIM, "Hi".to_owned());
    vec![
        (ClientMessage::Hello(Hello { wire: WIRE, resume: None }), r#"{"hello":{"wire":2}}"#),
        (
            ClientMessage::Hello(Hello { wire: WIRE, resume: Some(place) }),
            r#"{"hello":{"wire":2,"resume":{"meeting":3,"run":1,"audience":"guests","seq":41}}}"#,
        ),
        (
            ClientMessage::Look(look),
            r#"{"look":{"list":"people","term":"kim","first":48,"rows":40}}"#,
        ),
        (ClientMessage::Earlier { before: 12 }, r#"{"earlier":{"before":12}}"#),
        (ClientMessage::Leave, r#""leave""#),
        (act(say("Hi", MARK)), r#"{"act":{"id":7,"act":{"say":{"text":"Hi","sent":"mark-001"}}}}"#),
        (act(Act::RaiseHand), r#"{"act":{"id":7,"act":"raise_hand"}}"#),
        (act(Act::LowerHand), r#"{"act":{"id":7,"act":"lower_hand"}}"#),
        (
            act(Act::Announce { text: Some(text.clone()) }),
            r#"{"act":{"id":7,"act":{"announce":{"text":"Hi"}}}}"#,
        ),
        (
            act(Act::SetPermission { who, to: Standing::Host }),
            r#"{"act":{"id":7,"act":{"set_permission":{"who":4,"to":"host"}}}}"#,
        ),
        (
            act(Act::Restrict { whom: Whom::Everybody, what: Capability::RaiseHand, on: true }),
            r#"{"act":{"id":7,"act":{"restrict":{"whom":"everybody","what":"raise_hand","on":true}}}}"#,
        ),
        (
            act(Act::Rename { who, to: text }),
            r#"{"act":{"id":7,"act":{"rename":{"who":4,"to":"Hi"}}}}"#,
        ),
        (
            act(Act::LowerHands { whom: Whom::One(KIM) }),
            r#"{"act":{"id":7,"act":{"lower_hands":{"whom":{"one":4}}}}}"#,
        ),
        (act(Act::Remove { who }), r#"{"act":{"id":7,"act":{"remove":{"who":4}}}}"#),
        (act(Act::Ban { who }), r#"{"act":{"id":7,"act":{"ban":{"who":4}}}}"#),
        (act(Act::LiftBan { ban: BanId(9) }), r#"{"act":{"id":7,"act":{"lift_ban":{"ban":9}}}}"#),
        (act(Act::Bans), r#"{"act":{"id":7,"act":"bans"}}"#),
        (act(Act::LockRoom { on: true }), r#"{"act":{"id":7,"act":{"lock_room":{"on":true}}}}"#),
        (
            act(Act::LetNewcomersWait { on: false }),
            r#"{"act":{"id":7,"act":{"let_newcomers_wait":{"on":false}}}}"#,
        ),
        (
            act(Act::Admit { who: NEWCOMER, yes: true }),
            r#"{"act":{"id":7,"act":{"admit":{"who":1,"yes":true}}}}"#,
        ),
        (act(Act::End), r#"{"act":{"id":7,"act":"end"}}"#),
    ]
}

#[test]
fn acts_are_called_what_the_wire_calls_them() {
    let acts = client_messages().into_iter().filter_map(|(message, text)| match message {
        ClientMessage::Act { act, .. } => Some((act.name(), text)),
        _ => None,
    });
    for (name, text) in acts {
        let quoted = format!("\"act\":{{\"{name}\"");
        assert!(text.contains(&quoted) || text.contains(&format!("\"act\":\"{name}\"")), "{text}");
    }
}

fn bare() -> Person {
    Person {
        id: KIM,
        nickname: "Kim".into(),
        image: None,
        colour: 2,
        standing: Standing::Guest,
        hand: None,
        away: false,
        user_id: None,
        denied: Capabilities::NONE,
    }
}

fn full() -> Person {
    Person {
        image: ImageName::parse("0123456789abcdef0123456789abcdef.jpg"),
        hand: Some(Timestamp::from_micros(5)),
        away: true,
        user_id: Some("S-4".into()),
        denied: Capabilities::GUEST,
        ..bare()
    }
}

fn line() -> ChatLine {
    ChatLine {
        number: 12,
        at: Timestamp::from_micros(5),
        by: KIM,
        nickname: "Kim".into(),
        image: None,
        colour: 2,
        user_id: None,
        text: "a\nb".into(),
    }
}

pub fn events() -> Vec<(Event, &'static str)> {
    let room = RoomNow {
        name: "Algebra II".into(),
        capacity: None,
        began: None,
        ends: None,
        locked: false,
        denied: Capabilities::NONE,
        newcomers_wait: None,
    };
    let hosts = RoomNow {
        capacity: Some(30),
        began: Some(Timestamp::from_micros(5)),
        ends: Some(Timestamp::from_micros(6)),
        newcomers_wait: Some(true),
        ..room.clone()
    };
    let numbers = Numbers { people: 6, hands: 1, newcomers: None };
    let announcement =
        Announcement { text: "Hi".into(), by: "Owner".into(), at: Timestamp::from_micros(5) };
    let newcomer =
        Newcomer { id: NEWCOMER, nickname: "New".into(), since: Timestamp::from_micros(5) };
    vec![
        (Event::Room(room), r#"{"room":{"name":"Algebra II","locked":false,"denied":0}}"#),
        (
            Event::Room(hosts),
            r#"{"room":{"name":"Algebra II","capacity":30,"began":5,"ends":6,"locked":false,"denied":0,"newcomers_wait":true}}"#,
        ),
        (Event::Numbers(numbers), r#"{"numbers":{"people":6,"hands":1}}"#),
        (
            Event::Numbers(Numbers { newcomers: Some(2), ..numbers }),
            r#"{"numbers":{"people":6,"hands":1,"newcomers":2}}"#,
        ),
        (
            Event::Shown(bare()),
            r#"{"shown":{"id":4,"nickname":"Kim","colour":2,"standing":"guest"}}"#,
        ),
        (
            Event::Shown(full()),
            r#"{"shown":{"id":4,"nickname":"Kim","image":"0123456789abcdef0123456789abcdef.jpg","colour":2,"standing":"guest","hand":5,"away":true,"user_id":"S-4","denied":3}}"#,
        ),
        (Event::Hidden(KIM), r#"{"hidden":4}"#),
        (
            Event::Said(line()),
            r#"{"said":{"number":12,"at":5,"by":4,"nickname":"Kim","colour":2,"text":"a\nb"}}"#,
        ),
        (
            Event::Announced(Some(announcement)),
            r#"{"announced":{"text":"Hi","by":"Owner","at":5}}"#,
        ),
        (Event::Announced(None), r#"{"announced":null}"#),
        (Event::Newcomer(newcomer), r#"{"newcomer":{"id":1,"nickname":"New","since":5}}"#),
        (Event::NewcomerGone(NEWCOMER), r#"{"newcomer_gone":1}"#),
        (Event::Ended(Ending::TimeLimit), r#"{"ended":"time_limit"}"#),
    ]
}

pub fn server_messages() -> Vec<(ServerMessage, &'static str)> {
    let place = Place { meeting: MeetingNumber(3), run: 1, audience: Audience::Hosts, seq: 41 };
    let now = Timestamp::from_micros(5);
    let you = Some(You { person: bare(), may: Capabilities::GUEST });
    let (audience, meeting) = (Audience::Guests, MeetingNumber(3));
    let welcome = Welcome { version: "v".into(), you, audience, meeting, now };
    let observing = Welcome { you: None, ..welcome.clone() };
    let ban =
        Ban { id: BanId(9), nickname: "Kim".into(), user_id: None, at: now, by: "T-1".into() };
    let snapshot = Snapshot { place, part: 0, of: 2, events: vec![Event::Hidden(KIM)] };
    let listed =
        Listed { list: List::Tiles, term: String::new(), total: 9, first: 8, rows: vec![bare()] };
    vec![
        (
            ServerMessage::Welcome(welcome),
            r#"{"welcome":{"version":"v","you":{"person":{"id":4,"nickname":"Kim","colour":2,"standing":"guest"},"may":3},"audience":"guests","meeting":3,"now":5}}"#,
        ),
        (
            ServerMessage::Welcome(observing),
            r#"{"welcome":{"version":"v","audience":"guests","meeting":3,"now":5}}"#,
        ),
        (
            ServerMessage::Waiting { why: Refusal::Full { capacity: 30 }, place: Some(2), now },
            r#"{"waiting":{"why":{"full":{"capacity":30}},"place":2,"now":5}}"#,
        ),
        (
            ServerMessage::Waiting { why: Refusal::Locked, place: None, now },
            r#"{"waiting":{"why":"locked","now":5}}"#,
        ),
        (
            ServerMessage::Snapshot(snapshot),
            r#"{"snapshot":{"place":{"meeting":3,"run":1,"audience":"hosts","seq":41},"part":0,"of":2,"events":[{"hidden":4}]}}"#,
        ),
        (
            ServerMessage::Frame(Frame { seq: 42, events: vec![Event::Hidden(KIM)] }),
            r#"{"frame":{"seq":42,"events":[{"hidden":4}]}}"#,
        ),
        (
            ServerMessage::Listed(listed),
            r#"{"listed":{"list":"tiles","term":"","total":9,"first":8,"rows":[{"id":4,"nickname":"Kim","colour":2,"standing":"guest"}]}}"#,
        ),
        (
            ServerMessage::Earlier { lines: vec![line()] },
            r#"{"earlier":{"lines":[{"number":12,"at":5,"by":4,"nickname":"Kim","colour":2,"text":"a\nb"}]}}"#,
        ),
        (ServerMessage::EarlierUnavailable, r#""earlier_unavailable""#),
        (
            ServerMessage::Bans { bans: vec![ban], more: false },
            r#"{"bans":{"bans":[{"id":9,"nickname":"Kim","at":5,"by":"T-1"}],"more":false}}"#,
        ),
        (ServerMessage::Done { id: 7, undo: None }, r#"{"done":{"id":7}}"#),
        (
            ServerMessage::Done { id: 7, undo: Some(Act::LiftBan { ban: BanId(9) }) },
            r#"{"done":{"id":7,"undo":{"lift_ban":{"ban":9}}}}"#,
        ),
        (
            ServerMessage::Refused { id: 7, why: ActRefusal::TooFast { seconds: 3 } },
            r#"{"refused":{"id":7,"why":{"too_fast":{"seconds":3}}}}"#,
        ),
        (
            ServerMessage::Refused {
                id: 7,
                why: ActRefusal::Problem(Problem::TooLong { max: 64 }),
            },
            r#"{"refused":{"id":7,"why":{"problem":{"too_long":{"max":64}}}}}"#,
        ),
        (
            ServerMessage::Refused { id: 7, why: ActRefusal::UnknownCantHost },
            r#"{"refused":{"id":7,"why":"unknown_cant_host"}}"#,
        ),
        (
            ServerMessage::Closed { why: Closing::Ended(Ending::ByHost) },
            r#"{"closed":{"why":{"ended":"by_host"}}}"#,
        ),
        (
            ServerMessage::Closed { why: Closing::Refused(Refusal::NotSpecified) },
            r#"{"closed":{"why":{"refused":"not_specified"}}}"#,
        ),
    ]
}
