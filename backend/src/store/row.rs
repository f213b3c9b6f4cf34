//! Reading rows: every value is checked again on its way out of the database.

use sqlx::{Any, Decode, Row as _, Type, any::AnyRow};

use super::codes::Code;
use crate::Internal;

/// A row, and of which table it says that a value is broken.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    table: &'static str,
    row: &'r AnyRow,
}

impl<'r> Row<'r> {
    /// Looks at a row as one of that table.
    pub const fn of(table: &'static str, row: &'r AnyRow) -> Self {
        Self { table, row }
    }

    /// The plain value of a column.
    pub fn get<T: Decode<'r, Any> + Type<Any>>(self, column: &str) -> Result<T, Internal> {
        Ok(self.row.try_get(column)?)
    }

    /// The value of a column of text, if `parse` takes it.
    pub fn parse<T>(
        self,
        column: &str,
        parse: impl FnOnce(&'r str) -> Option<T>,
    ) -> Result<T, Internal> {
        parse(self.get(column)?).ok_or_else(|| self.broken(column))
    }

    /// The value of a column of text that may be empty, if `parse` takes it.
    pub fn parse_optional<T>(
        self,
        column: &str,
        parse: impl FnOnce(&'r str) -> Option<T>,
    ) -> Result<Option<T>, Internal> {
        let text: Option<&str> = self.get(column)?;
        text.map(|it| parse(it).ok_or_else(|| self.broken(column))).transpose()
    }

    /// The value of a column that keeps one of a fixed set.
    pub fn code<T: Code>(self, column: &str) -> Result<T, Internal> {
        T::from_code(self.get(column)?).ok_or_else(|| self.broken(column))
    }

    /// The value of a column that keeps one of a fixed set, or nothing.
    pub fn code_optional<T: Code>(self, column: &str) -> Result<Option<T>, Internal> {
        let code: Option<i64> = self.get(column)?;
        code.map(|it| T::from_code(it).ok_or_else(|| self.broken(column))).transpose()
    }

    /// The value of a column that counts.
    pub fn count(self, column: &str) -> Result<u32, Internal> {
        u32::try_from(self.get::<i64>(column)?).map_err(|_| self.broken(column))
    }

    /// The value of a column that keeps a number or nothing, if `parse` takes it.
    pub fn number_optional<T>(
        self,
        column: &str,
        parse: impl FnOnce(u32) -> Option<T>,
    ) -> Result<Option<T>, Internal> {
        let number: Option<i64> = self.get(column)?;
        let read = |it: i64| u32::try_from(it).ok().and_then(parse);
        number.map(|it| read(it).ok_or_else(|| self.broken(column))).transpose()
    }

    fn broken(self, column: &str) -> Internal {
        Internal::broken_value(self.table, column)
    }
}
