//! Reading rows: every value is checked again on its way out of the database.

use serde_json::Value;
use sqlx::{
    Any, AssertSqlSafe, Decode, Row as _, Type,
    any::{AnyArguments, AnyRow},
};

use super::{Db, codes::Code, dialect};
use crate::Internal;

/// A statement on its way to the database.
pub type Query<'q> = sqlx::query::Query<'q, Any, AnyArguments>;

/// All rows of a statement.
///
/// The database hands them over as one. Row by row, it and whoever reads would wait for each other at
/// each, and that costs more than all else that they do for it.
#[derive(Debug)]
pub struct Rows {
    columns: Vec<&'static str>,
    values: Vec<Vec<Value>>,
}

impl Rows {
    /// Reads the columns (lists of their names, or as a statement lists them) of all rows.
    pub async fn read<'q>(
        db: &mut Db,
        columns: &[&'static str],
        statement: &str,
        bind: impl FnOnce(Query<'q>) -> Query<'q>,
    ) -> Result<Self, Internal> {
        let columns: Vec<_> = columns.iter().flat_map(|it| it.split(", ")).map(name).collect();
        let gathered = dialect::gathered(&columns.join(", "), statement);
        let row = bind(sqlx::query(AssertSqlSafe(gathered))).fetch_one(db).await?;
        let values = serde_json::from_str(row.try_get(0)?).map_err(Internal::other)?;
        Ok(Self { columns, values })
    }

    /// The rows in their order, as those of that table.
    pub fn of<'r>(
        &'r self,
        table: &'static str,
    ) -> impl DoubleEndedIterator<Item = Row<'r>> + ExactSizeIterator {
        self.values.iter().map(move |values| {
            let source = Source::Gathered { columns: &self.columns, values };
            Row { table, source }
        })
    }
}

/// The name of a column, by how it stands in a statement.
fn name(column: &str) -> &str {
    column.rsplit([' ', '.']).next().unwrap_or(column)
}

/// A row, and of which table it says that a value is broken.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    table: &'static str,
    source: Source<'r>,
}

/// Where the values of a row stand.
#[derive(Clone, Copy)]
enum Source<'r> {
    Single(&'r AnyRow),
    Gathered { columns: &'r [&'static str], values: &'r [Value] },
}

/// What a column can hold.
pub trait Column<'r>: Decode<'r, Any> + Type<Any> {
    /// The value, as the database writes it in JSON.
    fn of_json(value: &'r Value) -> Option<Self>;
}

impl Column<'_> for i64 {
    fn of_json(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}

impl<'r> Column<'r> for &'r str {
    fn of_json(value: &'r Value) -> Option<Self> {
        value.as_str()
    }
}

impl Column<'_> for String {
    fn of_json(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Column<'_> for Vec<u8> {
    /// None: the database writes no bytes in JSON.
    fn of_json(_: &Value) -> Option<Self> {
        None
    }
}

impl<'r, T: Column<'r>> Column<'r> for Option<T> {
    fn of_json(value: &'r Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::of_json(value).map(Some) }
    }
}

impl<'r> Row<'r> {
    /// Looks at a single row as one of that table.
    pub const fn of(table: &'static str, row: &'r AnyRow) -> Self {
        Self { table, source: Source::Single(row) }
    }

    /// The same row, as one of another table that it was read from.
    pub const fn as_of(self, table: &'static str) -> Self {
        Self { table, ..self }
    }

    /// The plain value of a column.
    pub fn get<T: Column<'r>>(self, column: &str) -> Result<T, Internal> {
        match self.source {
            Source::Single(row) => Ok(row.try_get(column)?),
            Source::Gathered { columns, values } => columns
                .iter()
                .position(|it| *it == column)
                .and_then(|it| T::of_json(values.get(it)?))
                .ok_or_else(|| self.broken(column)),
        }
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
