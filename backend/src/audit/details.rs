//! What an entry keeps of before and after, as fields that people can read.

use std::collections::BTreeMap;

use domain::{Timestamp, audit::Detail};
use serde_json::Value;

/// The parts under which an entry keeps what was and what became.
const BEFORE: &str = "before";
const AFTER: &str = "after";
/// The part of a user that stands apart from their groups; its fields need no name before theirs.
const SUMMARY: &str = "summary";
/// What is kept as a number and is a moment.
const MOMENTS: [&str; 2] = ["opens", "closes"];

/// What the detail of an entry says: of what was before and after, what differs; then everything else.
/// What isn't JSON is shown as it stands.
pub(super) fn details(detail: &str) -> Vec<Detail> {
    let Ok(value) = serde_json::from_str::<Value>(detail) else {
        return vec![Detail { field: String::new(), before: None, after: Some(detail.to_owned()) }];
    };
    let (before, after) = (fields(value.get(BEFORE)), fields(value.get(AFTER)));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differing = names.into_iter().filter_map(|name| {
        let (before, after) = (before.get(name).cloned(), after.get(name).cloned());
        (before != after).then(|| Detail { field: name.clone(), before, after })
    });
    let others = value.as_object().into_iter().flatten();
    let others = others.filter(|(name, _)| *name != BEFORE && *name != AFTER);
    let others = others.flat_map(|(name, value)| flat(name, value));
    let others = others.map(|(field, text)| Detail { field, before: None, after: Some(text) });
    differing.chain(others).collect()
}

fn fields(value: Option<&Value>) -> BTreeMap<String, String> {
    value.map(|it| flat("", it)).unwrap_or_default().into_iter().collect()
}

/// The fields of a value, each under its name, those of parts under the names of both. What is empty is
/// left out.
fn flat(name: &str, value: &Value) -> Vec<(String, String)> {
    if let Value::Object(parts) = value {
        let named = |part: &str| match name {
            "" | SUMMARY => part.to_owned(),
            _ => format!("{name}.{part}"),
        };
        return parts.iter().flat_map(|(part, value)| flat(&named(part), value)).collect();
    }
    let moment = value.as_i64().filter(|_| MOMENTS.contains(&name)).map(Timestamp::from_micros);
    let text = moment.map_or_else(|| text(value), Timestamp::to_rfc3339);
    Some(text).filter(|it| !it.is_empty()).map(|it| (name.to_owned(), it)).into_iter().collect()
}

/// A value in one line: lists with commas, what belongs together with spaces.
fn text(value: &Value) -> String {
    let joined = |list: &[Value], by: &str| list.iter().map(text).collect::<Vec<_>>().join(by);
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let pairs = list.iter().map(|it| match it {
                Value::Array(pair) => joined(pair, " "),
                other => text(other),
            });
            pairs.collect::<Vec<_>>().join(", ")
        }
        Value::Object(parts) => {
            let parts = parts.iter().map(|(name, value)| format!("{name}: {}", text(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    type Told = (String, Option<String>, Option<String>);

    fn told(detail: &Value) -> Vec<Told> {
        let details = details(&detail.to_string()).into_iter();
        details.map(|it| (it.field, it.before, it.after)).collect()
    }

    fn row(field: &str, before: &str, after: &str) -> Told {
        let text = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
        (field.to_owned(), text(before), text(after))
    }

    #[test]
    fn what_differs_is_told_field_by_field() {
        let user = |nickname: &str, groups: &[&str]| {
            let summary = json!({ "nickname": nickname, "role": "none", "image": null });
            json!({ "summary": summary, "groups": groups })
        };
        let edited = json!({ "before": user("Kim", &[]), "after": user("Min", &["7B", "Choir"]) });
        let expected = [row("groups", "", "7B, Choir"), row("nickname", "Kim", "Min")];
        assert_eq!(told(&edited), expected);
        let permission = json!({ "before": "guest", "after": "host" });
        assert_eq!(told(&permission), [row("", "guest", "host")]);
        let created = json!({ "after": { "name": "Algebra", "capacity": null, "opens": 0 } });
        let expected = [row("name", "", "Algebra"), row("opens", "", "1970-01-01T00:00:00Z")];
        assert_eq!(told(&created), expected);
    }

    #[test]
    fn everything_else_is_told_as_it_stands() {
        let many = json!({ "count": 2, "members": [["S-1", "guest"], ["S-2", "host"]] });
        let expected = [row("count", "", "2"), row("members", "", "S-1 guest, S-2 host")];
        assert_eq!(told(&many), expected);
        assert_eq!(told(&json!({})), []);
        assert_eq!(details("nonsense").len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_that_was_noted_breaks_the_page(detail in ".{0,80}|[{}\\[\\]\",:a0]{0,40}") {
            details(&detail);
        }
    }
}
