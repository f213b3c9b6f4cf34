//! Evaluates SPDX licence expressions: `MIT OR (Apache-2.0 WITH LLVM-exception AND ISC)`.

use std::iter::Peekable;
use std::slice::Iter;

/// Whether the expression can be met with licences that `accepts` agrees to. An expression that
/// can't be read is not met.
pub fn is_met(expression: &str, accepts: &dyn Fn(&str) -> bool) -> bool {
    let words = words(expression);
    let mut parser = Parser { words: words.iter().peekable(), accepts };
    let met = parser.any_of();
    met == Some(true) && parser.words.next().is_none()
}

/// Old crates write `MIT/Apache-2.0` for a choice.
fn words(expression: &str) -> Vec<String> {
    expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ")
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Reads from left to right; `AND` binds closer than `OR`. `None` where the text makes no sense.
struct Parser<'a> {
    words: Peekable<Iter<'a, String>>,
    accepts: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parser<'a> {
    fn any_of(&mut self) -> Option<bool> {
        let mut met = self.all_of()?;
        while self.take("OR") {
            met |= self.all_of()?;
        }
        Some(met)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut met = self.licence()?;
        while self.take("AND") {
            met &= self.licence()?;
        }
        Some(met)
    }

    fn licence(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.any_of()?;
            return self.take(")").then_some(met);
        }
        let name = self.name()?;
        if self.take("WITH") {
            let exception = self.name()?;
            return Some((self.accepts)(&format!("{name} WITH {exception}")));
        }
        Some((self.accepts)(name))
    }

    fn name(&mut self) -> Option<&'a str> {
        self.words
            .next_if(|word| !matches!(word.as_str(), "(" | ")" | "AND" | "OR" | "WITH"))
            .map(String::as_str)
    }

    fn take(&mut self, wanted: &str) -> bool {
        self.words.next_if(|word| *word == wanted).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(expression: &str) -> bool {
        is_met(expression, &|licence| {
            ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&licence)
        })
    }

    #[test]
    fn a_choice_needs_one_acceptable_licence() {
        assert!(met("MIT"));
        assert!(met("GPL-3.0 OR MIT"));
        assert!(met("GPL-3.0/MIT"));
        assert!(!met("GPL-3.0 OR AGPL-3.0"));
    }

    #[test]
    fn several_at_once_must_all_be_acceptable() {
        assert!(met("MIT AND ISC"));
        assert!(!met("MIT AND GPL-3.0"));
    }

    #[test]
    fn and_binds_closer_than_or_unless_brackets_say_otherwise() {
        assert!(met("MIT OR ISC AND GPL-3.0"));
        assert!(!met("(MIT OR ISC) AND GPL-3.0"));
        assert!(met("(GPL-3.0 OR MIT) AND (ISC)"));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert!(met("Apache-2.0 WITH LLVM-exception"));
        assert!(!met("Apache-2.0"));
        assert!(!met("MIT WITH LLVM-exception"));
    }

    #[test]
    fn what_cannot_be_read_is_not_met() {
        for broken in ["", "MIT OR", "(MIT", "MIT)", "MIT ISC", "AND", "MIT WITH"] {
            assert!(!met(broken), "{broken:?}");
        }
    }
}
