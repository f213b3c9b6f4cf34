//! Pictures of who is there: for whoever may be there too, and for nobody who may not any more.

use domain::entry_link::LinkAct;

use super::line::Lesson;
use crate::{
    house::PASSWORD,
    images::{one_colour, place_of_picture},
};

#[tokio::test]
async fn whoever_may_not_be_there_any_more_sees_no_pictures() {
    let lesson = Lesson::new(&["S-1", "S-2", "S-3"]).await;
    let mut admin = lesson.house.visitor();
    admin.sign_in("A-hana", PASSWORD).await;
    let form = [("nickname", "S-1"), ("permission", "guest"), ("role", "none")];
    assert_eq!(admin.upload("/users/S-1", &form, Some(&one_colour(7))).await.status, 303);
    let place = place_of_picture(&mut admin, "S-1").await;
    let look = async |cookie: &str| {
        let mut browser = lesson.house.visitor();
        browser.cookies.insert("rollcall_entry".to_owned(), cookie.to_owned());
        browser.get(&place).await.status
    };
    let (joon, kim) = (lesson.entry("S-2").await, lesson.entry("S-3").await);
    assert_eq!(look(&joon).await, 404, "nobody is there");
    let _mina = lesson.sit("S-1").await;
    assert_eq!((look(&joon).await, look(&kim).await), (200, 200));
    assert_eq!(look("made-up").await, 404);
    for (act, status) in [(LinkAct::Revoke, 404), (LinkAct::Allow, 200), (LinkAct::Renew, 404)] {
        lesson.house.db_change_link(lesson.room.as_str(), Some("S-2"), act).await;
        assert_eq!(look(&joon).await, status, "{act:?}");
    }
    let inactive = [("user_id", "S-3"), ("active", "false")];
    assert_eq!(admin.script().post("/api/users/set-active", &inactive).await.status, 200);
    assert_eq!(look(&kim).await, 404);
    let teacher = lesson.entry("T-1").await;
    assert_eq!(look(&teacher).await, 200);
}
