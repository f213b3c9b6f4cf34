//! A table that spreadsheets read, and can't be made to run.

/// Says that the text is UTF-8, without which some spreadsheets take it for another encoding.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line of the table.
pub(crate) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell, quoted as RFC 4180 has it. What a spreadsheet would take for a formula gets a mark in front
/// that has it taken for text.
fn cell(text: &str) -> String {
    let mark = if text.starts_with(begins_formula) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

/// Whether a cell that begins so may be run: as spreadsheets in general do, and those that take wide
/// characters for the same.
const fn begins_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The cells of a table, as RFC 4180 has them read.
    fn read(table: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut rest = table.chars().peekable();
        let mut quoted = false;
        while let Some(c) = rest.next() {
            match c {
                '"' if quoted && rest.peek() == Some(&'"') => {
                    rest.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        rows
    }

    #[test]
    fn formulas_become_text() {
        assert_eq!(line(["=1+1", "a \"b\", c", ""]), "\"'=1+1\",\"a \"\"b\"\", c\",\"\"\r\n");
    }

    proptest! {
        #[test]
        fn no_cell_can_be_run_and_none_is_lost(
            cells in prop::collection::vec("([=+@\t\r\n＝＋－＠-]|\"){0,2}.{0,8}(\"|,|\r\n){0,2}", 1..5),
        ) {
            let table = format!("{}{}", line(cells.iter().map(String::as_str)), line(["end"]));
            let rows = read(&table);
            prop_assert_eq!(rows.len(), 2);
            prop_assert_eq!(rows[0].len(), cells.len());
            for (read, cell) in rows[0].iter().zip(&cells) {
                prop_assert!(!read.starts_with(begins_formula));
                let marked = cell.starts_with(begins_formula);
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| marked).unwrap_or(read), cell);
            }
        }
    }
}
