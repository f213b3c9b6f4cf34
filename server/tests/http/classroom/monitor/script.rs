//! What people do in the lesson that is played twice.

use domain::classroom::{
    Act, ActRefusal, Capability, ClientMessage, ServerMessage, Standing, Whom,
};

use super::{
    super::{line::Line, line_of_chat},
    Run,
};

/// All of it.
pub async fn play(run: &mut Run<'_>) {
    first_meeting(run).await;
    between(run).await;
    acts(run).await;
    more_acts(run).await;
    doors(run).await;
}

/// A meeting in which newcomers wait, and which ends.
async fn first_meeting(run: &mut Run<'_>) {
    run.comes("T-1").await;
    run.step("the teacher comes").await;
    run.teacher_does(Act::LetNewcomersWait { on: true }).await;
    run.step("newcomers wait").await;
    run.comes("Kim").await;
    run.teacher().see(|it| !it.view.scene.newcomers.is_empty()).await;
    run.step("Kim waits").await;
    let who = run.teacher().view.scene.newcomers[0].id;
    run.teacher_does(Act::Admit { who, yes: true }).await;
    run.other("Kim").see(Line::is_in).await;
    run.step("Kim is let in").await;
    run.comes("S-1").await;
    run.step("a student comes").await;
    run.teacher_does(Act::End).await;
    run.everybody_hears_the_end().await;
    run.step("it ends").await;
}

/// Nobody is in, and somebody comes to a closed door.
async fn between(run: &mut Run<'_>) {
    run.comes("Lee").await;
    run.other("Lee").say(&ClientMessage::Leave).await;
    run.other("Lee").end().await;
    run.keep("Lee");
    run.step("Lee waited").await;
    run.prepared.rename(&run.lesson, "Algebra III").await;
    run.step("the room has another name").await;
    run.comes("Choi").await;
    run.step("Choi waits").await;
}

/// What Hosts and Guests do.
async fn acts(run: &mut Run<'_>) {
    run.comes("T-1").await;
    run.step("the teacher is back").await;
    let who = run.teacher().view.scene.newcomers[0].id;
    run.teacher_does(Act::Admit { who, yes: false }).await;
    run.other("Choi").end().await;
    run.keep("Choi");
    run.step("Choi is turned away").await;
    run.comes("S-1").await;
    run.comes("S-2").await;
    run.step("two students come").await;
    run.other("S-1").ask(line_of_chat(1, "Good morning")).await.unwrap();
    run.step("one writes").await;
    run.other("S-2").ask(Act::RaiseHand).await.unwrap();
    run.step("the other raises a hand").await;
    let who = run.teacher().find("S-2");
    run.teacher_does(Act::SetPermission { who, to: Standing::Host }).await;
    run.step("and is made Host").await;
    let chat = |on| Act::Restrict { whom: Whom::Everybody, what: Capability::Chat, on };
    run.teacher_does(chat(true)).await;
    let refused = run.other("S-1").ask(line_of_chat(2, "Hello?")).await;
    assert_eq!(refused, Err(ActRefusal::Locked));
    run.step("chat is locked").await;
    run.teacher_does(chat(false)).await;
    run.step("and unlocked").await;
    let who = run.teacher().find("S-1");
    run.teacher_does(Act::Rename { who, to: "Minjun".to_owned() }).await;
    run.step("somebody has another name").await;
    run.teacher_does(Act::Announce { text: Some("Page 12".to_owned()) }).await;
    run.step("something is announced").await;
}

/// So much that the history has more than a page of it.
async fn more_acts(run: &mut Run<'_>) {
    let hands = |on| Act::Restrict { whom: Whom::Everybody, what: Capability::RaiseHand, on };
    for number in 0..4 {
        run.teacher_does(hands(true)).await;
        run.teacher_does(hands(false)).await;
        run.teacher_does(Act::Announce { text: Some(format!("Page {number}")) }).await;
        run.pass(1);
    }
    run.teacher_does(Act::Announce { text: None }).await;
    run.step("a lot is done").await;
}

/// Who gets in, and who doesn't.
async fn doors(run: &mut Run<'_>) {
    run.teacher_does(Act::LockRoom { on: true }).await;
    run.comes("S-3").await;
    run.step("somebody waits at the locked door").await;
    run.teacher_does(Act::LockRoom { on: false }).await;
    run.other("S-3").see(Line::is_in).await;
    run.step("it is unlocked").await;
    run.teacher_does(Act::LetNewcomersWait { on: false }).await;
    run.comes("Choi").await;
    run.step("the room is full").await;
    let who = run.teacher().find("S-3");
    run.teacher_does(Act::Remove { who }).await;
    run.other("S-3").end().await;
    run.keep("S-3");
    run.other("Choi").see(Line::is_in).await;
    run.step("somebody is removed").await;
    run.comes("S-3").await;
    run.step("and returns").await;
    let (place, view) = (run.other("S-1").place(), run.other("S-1").view.clone());
    run.keep("S-1");
    run.teacher().see(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    run.step("somebody drops out").await;
    let cookie = run.prepared.entry(&run.lesson, "S-1").await;
    let mut back = run.lesson.dial(&cookie).await;
    back.view = view;
    back.hello(place).await;
    back.until(|it| matches!(it, ServerMessage::Frame(_))).await;
    run.others.push(("S-1 again".to_owned(), back));
    run.step("and goes on").await;
    run.other("S-2").say(&ClientMessage::Leave).await;
    run.other("S-2").end().await;
    run.keep("S-2");
    run.other("S-3").see(Line::is_in).await;
    run.step("somebody leaves").await;
    run.keep("S-3");
    run.teacher().see(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    run.pass(60);
    run.teacher().see(|it| it.names().len() == 3).await;
    run.step("a seat is given up").await;
    let who = run.teacher().find("Choi");
    run.teacher_does(Act::Ban { who }).await;
    run.other("Choi").end().await;
    run.keep("Choi");
    run.step("somebody is banned").await;
    run.teacher_does(Act::End).await;
    run.everybody_hears_the_end().await;
    run.step("it ends again").await;
    run.step("nobody is there").await;
}
