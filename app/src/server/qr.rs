//! QR codes, as a path: drawn where they are needed least, so that no page downloads how.

use qrcode::{Color, EcLevel, QrCode};

use crate::functions::users::Code;

/// The code that a camera reads as that text; `None` where there is too much of it.
pub(super) fn code(text: &str) -> Option<Code> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let colours = code.to_colors();
    let mut runs = Vec::new();
    for (y, row) in colours.chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            let length = run.len();
            if run[0] == Color::Dark {
                runs.push(format!("M{x} {y}h{length}v1h-{length}z"));
            }
            x += length;
        }
    }
    Some(Code { side: u32::try_from(code.width()).ok()?, path: runs.concat() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which squares a path fills.
    fn filled(code: &Code) -> Vec<(usize, usize)> {
        let number = |it: &str| it.parse::<usize>().unwrap();
        let run = |it: &str| {
            let (at, rest) = it.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y, length) = (number(x), number(y), number(rest.split_once('v').unwrap().0));
            (x..x + length).map(move |x| (x, y)).collect::<Vec<_>>()
        };
        code.path.split('M').skip(1).flat_map(run).collect()
    }

    #[test]
    fn a_path_fills_the_dark_squares_of_the_code_alone() {
        let text = "https://rollcall.example.org/password?secret=abc";
        let code = code(text).unwrap();
        let drawn = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let side = drawn.width();
        assert_eq!(code.side as usize, side);
        let colours = drawn.to_colors();
        let dark = (0..side * side).filter(|it| colours[*it] == Color::Dark);
        assert_eq!(filled(&code), dark.map(|it| (it % side, it / side)).collect::<Vec<_>>());
    }

    #[test]
    fn what_no_code_can_hold_has_none() {
        assert!(code(&"x".repeat(5_000)).is_none());
    }
}
