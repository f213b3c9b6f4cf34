//! The lists of users and rooms as rendered pages: the first and one in the middle, in each order, and
//! by each filter.

use serde_json::{Value, json};

use super::{Case, Group};
use crate::bench::client::{Content, Pairs, Request};
use crate::bench::school::School;
use crate::failure::Result;

/// What a list can be filtered by: its name in the page's address, in the function that answers with the
/// rows, and in the table; and the choices, in the order of the numbers under which they are stored.
struct Facet {
    page: &'static str,
    function: &'static str,
    column: &'static str,
    choices: &'static [&'static str],
}

struct List {
    group: Group,
    name: &'static str,
    /// The orders, and the columns that keep them; the newest come first where there is none.
    orders: &'static [(&'static str, Option<&'static str>)],
    facets: &'static [Facet],
}

const USERS: List = List {
    group: Group::UsersList,
    name: "users",
    orders: &[
        ("nickname", Some("nickname_key")),
        ("user_id", Some("user_id_key")),
        ("newest", None),
    ],
    facets: &[
        Facet {
            page: "permission",
            function: "permission",
            column: "permission",
            choices: &["host", "guest", "monitoring"],
        },
        Facet {
            page: "role",
            function: "role",
            column: "role",
            choices: &["none", "teacher", "admin"],
        },
        Facet {
            page: "status",
            function: "status",
            column: "status",
            choices: &["active", "deactivated"],
        },
    ],
};

const ROOMS: List = List {
    group: Group::RoomsList,
    name: "rooms",
    orders: &[("name", Some("name_key")), ("newest", None)],
    facets: &[
        Facet {
            page: "type",
            function: "room_type",
            column: "type",
            choices: &["private", "public", "open"],
        },
        Facet { page: "status", function: "state", column: "state", choices: &["open", "ended"] },
    ],
};

/// A seeded club: one person in five hundred.
const CLUB: &str = "Choir";

pub fn users(school: &mut School) -> Result<Vec<Case>> {
    let mut cases = USERS.cases(school)?;
    let mut club = Page::of(&USERS, "in a group", 0);
    club.query.push(("group".to_owned(), CLUB.to_owned()));
    club.asked.push(("asked[group]".to_owned(), CLUB.to_owned()));
    club.raw["group"] = json!(CLUB.to_lowercase());
    cases.push(club.case(school)?);
    Ok(cases)
}

pub fn rooms(school: &mut School) -> Result<Vec<Case>> {
    ROOMS.cases(school)
}

impl List {
    fn cases(&self, school: &mut School) -> Result<Vec<Case>> {
        let mut cases = Vec::new();
        for (place, (order, _)) in self.orders.iter().enumerate() {
            cases.push(Page::of(self, &format!("by {order}, first page"), place).case(school)?);
            let half = Page::of(self, &format!("by {order}, half way"), place);
            cases.push(half.in_the_middle(school)?.case(school)?);
        }
        for facet in self.facets {
            for choice in facet.choices {
                let page = Page::of(self, &format!("{} {choice}", facet.page), 0);
                cases.push(page.filtered(self, facet, choice).case(school)?);
            }
        }
        Ok(cases)
    }
}

/// A page of a list: its address, the question for its rows, and the order to read them by hand.
struct Page<'a> {
    list: &'a List,
    name: String,
    query: Pairs,
    asked: Pairs,
    raw: Value,
}

impl<'a> Page<'a> {
    fn of(list: &'a List, name: &str, order: usize) -> Self {
        let (order, column) = list.orders[order];
        Self {
            list,
            name: name.to_owned(),
            query: vec![("sort".to_owned(), order.to_owned())],
            asked: vec![("asked[order]".to_owned(), order.to_owned())],
            raw: json!({ "do": "list", "of": list.name, "order": column }),
        }
    }

    fn in_the_middle(mut self, school: &mut School) -> Result<Self> {
        let mut order = self.raw.clone();
        order["do"] = json!("half");
        let half = school.raw.order(&order, 1)?;
        let key = half[0].as_str().unwrap_or_default();
        let at = format!("after.{}.{key}", half[1]);
        self.query.push(("at".to_owned(), at.clone()));
        self.asked.push(("at".to_owned(), at));
        self.raw["after"] = half;
        Ok(self)
    }

    fn filtered(mut self, list: &List, by: &Facet, choice: &str) -> Self {
        self.query.push((by.page.to_owned(), choice.to_owned()));
        self.asked.push((format!("asked[{}]", by.function), choice.to_owned()));
        let codes = list.facets.iter().map(|it| (it.column, it.codes(by, choice)));
        self.raw["kinds"] = json!(codes.collect::<Vec<_>>());
        self
    }

    fn case(self, school: &School) -> Result<Case> {
        const TIMES: u32 = 20;
        let Self { list, name, query, mut asked, raw } = self;
        asked.push(("search".to_owned(), String::new()));
        if asked.iter().all(|it| it.0 != "at") {
            asked.push(("at".to_owned(), String::new()));
        }
        let function = format!("/api/{}/list", list.name);
        let rows = Request { content: Content::Query(asked), ..Request::get(&function, &[]) };
        let rows = school.served.client.send(&rows)?.json()?;
        let rows = rows.pointer("/page/rows").cloned().unwrap_or_default();
        let page = format!("/{}", list.name);
        let ask =
            move |_| Request { content: Content::Query(query.clone()), ..Request::get(&page, &[]) };
        let rows = Some(json!({ list.name: rows }));
        let case = Case {
            group: list.group,
            name,
            times: TIMES,
            ask: Box::new(ask),
            raw: Some(raw),
            rows,
        };
        Ok(case)
    }
}

impl Facet {
    /// The numbers of the choice, where this is what is filtered by, else of all.
    fn codes(&self, by: &Self, choice: &str) -> Vec<usize> {
        let asked = |it: &&str| self.column != by.column || *it == choice;
        (0..).zip(self.choices).filter(|(_, it)| asked(it)).map(|(code, _)| code).collect()
    }
}
