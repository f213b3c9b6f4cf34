//! Drawn faces for the first people: head and shoulders of many kinds, made of ellipses and bars.

use image::RgbImage;

use super::random::Random;
use crate::images::{EncodedImage, Squares};

/// How many people get a portrait.
pub(super) const PORTRAITS: u64 = 1000;

const SIDE: usize = 512;

type Colour = [u8; 3];

const BACKGROUNDS: [[Colour; 2]; 10] = [
    [[225, 236, 255], [196, 217, 255]],
    [[224, 246, 233], [190, 231, 209]],
    [[255, 233, 236], [252, 207, 216]],
    [[255, 243, 214], [253, 226, 168]],
    [[239, 232, 255], [218, 205, 252]],
    [[220, 245, 250], [182, 228, 238]],
    [[255, 236, 222], [255, 211, 182]],
    [[236, 244, 214], [214, 230, 172]],
    [[248, 230, 250], [236, 203, 242]],
    [[235, 237, 242], [210, 215, 226]],
];
const SKINS: [Colour; 9] = [
    [255, 224, 199],
    [247, 208, 173],
    [238, 190, 150],
    [224, 172, 128],
    [204, 148, 104],
    [174, 119, 80],
    [141, 93, 61],
    [111, 71, 46],
    [84, 53, 36],
];
const HAIRS: [Colour; 9] = [
    [35, 28, 30],
    [58, 38, 32],
    [84, 54, 38],
    [124, 78, 44],
    [168, 104, 48],
    [214, 164, 84],
    [176, 72, 44],
    [150, 150, 158],
    [24, 24, 36],
];
const SHIRTS: [Colour; 12] = [
    [84, 124, 205],
    [47, 143, 108],
    [199, 78, 124],
    [226, 132, 62],
    [118, 96, 200],
    [62, 150, 170],
    [208, 86, 80],
    [92, 104, 122],
    [232, 184, 72],
    [60, 72, 110],
    [130, 160, 90],
    [240, 240, 244],
];

/// The portrait of the person of that number, as the files that are kept. `None` if it can't be
/// encoded.
pub(super) fn portrait(number: u64) -> Option<EncodedImage> {
    let mut canvas = Canvas::of_background(&mut Random::of(3, number));
    Sitter::of(&mut Random::of(4, number)).paint(&mut canvas);
    EncodedImage::of(&Squares::drawn(canvas.into_image()?)?)
}

/// What somebody looks like.
struct Sitter {
    skin: Colour,
    hair: Colour,
    shirt: Colour,
    style: Style,
    parting: f32,
    face: f32,
    smile: f32,
    glasses: bool,
    beard: bool,
}

/// How the hair is worn, or covered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Short,
    Crop,
    Curls,
    Bob,
    Long,
    Bun,
    Pigtails,
    Scarf,
}

const STYLES: [Style; 11] = [
    Style::Short,
    Style::Short,
    Style::Short,
    Style::Crop,
    Style::Curls,
    Style::Bob,
    Style::Long,
    Style::Long,
    Style::Bun,
    Style::Pigtails,
    Style::Scarf,
];

impl Sitter {
    fn of(random: &mut Random) -> Self {
        let style = *random.pick(&STYLES);
        // Dark skin and fair hair are rare together.
        let skin = usize::try_from(random.below(SKINS.len() as u64)).unwrap_or_default();
        let hairs = if skin > 4 { &HAIRS[..3] } else { &HAIRS[..] };
        Self {
            skin: SKINS[skin],
            hair: *random.pick(hairs),
            shirt: *random.pick(&SHIRTS),
            style,
            parting: random.around_zero(),
            face: random.around_zero(),
            smile: random.around_zero(),
            glasses: random.chance(180),
            beard: matches!(style, Style::Short | Style::Crop) && random.chance(120),
        }
    }

    fn paint(&self, canvas: &mut Canvas) {
        self.paint_hair_behind(canvas);
        self.paint_body(canvas);
        self.paint_head(canvas);
        self.paint_features(canvas);
        self.paint_hair_in_front(canvas);
    }

    fn paint_hair_behind(&self, canvas: &mut Canvas) {
        let hair = self.hair;
        match self.style {
            Style::Long => {
                canvas.paint(hair, &Ellipse::at(256.0, 232.0, 144.0, 158.0));
                canvas.paint(hair, &Bar::at(256.0, 320.0, 142.0, 120.0, 46.0));
            }
            Style::Bob => canvas.paint(hair, &Bar::at(256.0, 248.0, 142.0, 122.0, 100.0)),
            Style::Bun => canvas.paint(hair, &Ellipse::at(256.0, 74.0, 56.0, 52.0)),
            Style::Pigtails => {
                for side in [-1.0, 1.0] {
                    canvas.paint(hair, &Ellipse::at(256.0 + side * 148.0, 300.0, 44.0, 88.0));
                }
            }
            Style::Curls => {
                for (x, y) in [
                    (-118.0, 190.0),
                    (-96.0, 128.0),
                    (-42.0, 92.0),
                    (24.0, 86.0),
                    (80.0, 110.0),
                    (116.0, 166.0),
                    (-124.0, 250.0),
                    (124.0, 232.0),
                    (0.0, 110.0),
                ] {
                    canvas.paint(hair, &Ellipse::at(256.0 + x, y, 60.0, 58.0));
                }
            }
            Style::Scarf => {
                canvas.paint(self.scarf(), &Ellipse::at(256.0, 236.0, 150.0, 172.0));
                canvas.paint(self.scarf(), &Ellipse::at(256.0, 400.0, 128.0, 96.0));
            }
            Style::Short | Style::Crop => {}
        }
    }

    fn paint_body(&self, canvas: &mut Canvas) {
        let shoulders = Ellipse::at(256.0, 560.0, 214.0, 178.0);
        canvas.paint(self.shirt, &shoulders);
        canvas.paint(
            shade(self.shirt, 0.92),
            &Both(&shoulders, &Ellipse::at(256.0, 384.0, 84.0, 62.0)),
        );
        if self.style == Style::Scarf {
            canvas.paint(self.scarf(), &Ellipse::at(256.0, 398.0, 118.0, 66.0));
            return;
        }
        canvas.paint(shade(self.skin, 0.88), &Bar::at(256.0, 348.0, 44.0, 60.0, 40.0));
        canvas.paint(shade(self.skin, 0.88), &Ellipse::at(256.0, 384.0, 64.0, 44.0));
    }

    fn head(&self) -> Ellipse {
        Ellipse::at(256.0, 232.0, 106.0 + 6.0 * self.face, 128.0 - 4.0 * self.face)
    }

    fn paint_head(&self, canvas: &mut Canvas) {
        if self.style != Style::Scarf {
            for side in [-1.0, 1.0] {
                let ear = Ellipse::at(256.0 + side * (104.0 + 6.0 * self.face), 246.0, 20.0, 28.0);
                canvas.paint(shade(self.skin, 0.94), &ear);
            }
        }
        let head = self.head();
        canvas.paint(self.skin, &head);
        if self.beard {
            let mouth = Ellipse::at(256.0, 226.0, 98.0, 92.0);
            canvas.paint(self.hair, &Without(&head, &mouth));
        }
    }

    fn paint_features(&self, canvas: &mut Canvas) {
        let dark = [44, 32, 34];
        for side in [-1.0, 1.0] {
            let x = 256.0 + side * 42.0;
            canvas.glaze([226, 92, 92], 0.22, &Ellipse::at(256.0 + side * 66.0, 280.0, 24.0, 16.0));
            canvas.paint(dark, &Ellipse::at(x, 244.0, 10.0, 13.0));
            canvas.paint([255, 255, 255], &Ellipse::at(x + 3.5, 239.0, 3.5, 3.5));
            canvas.glaze(self.brows(), 0.85, &Bar::at(x, 214.0, 20.0, 4.5, 4.5));
            if self.glasses {
                let rim = Ellipse::at(x, 246.0, 36.0, 34.0);
                canvas.paint([60, 62, 74], &Without(&rim, &Ellipse::at(x, 246.0, 30.5, 28.5)));
            }
        }
        if self.glasses {
            canvas.paint([60, 62, 74], &Bar::at(256.0, 242.0, 9.0, 3.0, 3.0));
        }
        canvas.paint(shade(self.skin, 0.84), &Ellipse::at(256.0, 268.0, 9.0, 7.0));
        let lips = Ellipse::at(256.0, 302.0, 34.0 + 6.0 * self.smile, 24.0);
        let above = Ellipse::at(256.0, 289.0 - 3.0 * self.smile, 46.0, 24.0);
        canvas.paint([148, 52, 60], &Without(&lips, &above));
    }

    fn paint_hair_in_front(&self, canvas: &mut Canvas) {
        let head = self.head();
        let (around, down) = match self.style {
            Style::Crop => (2.0, 0.0),
            Style::Scarf => {
                let face = Ellipse::at(256.0, 244.0, 92.0, 108.0);
                canvas
                    .paint(self.scarf(), &Without(&Ellipse::at(256.0, 238.0, 122.0, 142.0), &face));
                return;
            }
            Style::Curls => (10.0, 6.0),
            _ => (14.0, 4.0),
        };
        let cap = Ellipse::at(256.0, 222.0, head.across + around, head.down + around);
        let upper = Bar::at(256.0, 130.0, 200.0, 108.0 + down, 1.0);
        let brow = Ellipse::at(256.0 + 54.0 * self.parting, 286.0, 116.0, 122.0);
        canvas.paint(self.hair, &Without(&Both(&cap, &upper), &brow));
    }

    fn brows(&self) -> Colour {
        shade(self.hair, if self.style == Style::Scarf { 0.7 } else { 0.9 })
    }

    fn scarf(&self) -> Colour {
        shade(self.shirt, 0.82)
    }
}

fn shade(colour: Colour, by: f32) -> Colour {
    colour.map(|it| channel(f32::from(it) * by))
}

/// A channel between two others.
fn mix(from: u8, to: u8, part: f32) -> u8 {
    channel(f32::from(from) + (f32::from(to) - f32::from(from)) * part)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is brought between 0 and 255 first"
)]
fn channel(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// A stretch of a line, from and to; nothing where it ends before it begins.
type Span = [f32; 2];

const NOTHING: Span = [0.0, 0.0];

const fn is_something([from, to]: Span) -> bool {
    from < to
}

/// Something that covers pixels.
trait Shape {
    /// What of the line at that height is covered: two stretches where there is a hole between.
    fn spans(&self, y: f32) -> [Span; 2];
    /// Above and below which heights nothing is covered.
    fn heights(&self) -> Span;
}

struct Ellipse {
    x: f32,
    y: f32,
    across: f32,
    down: f32,
}

impl Ellipse {
    const fn at(x: f32, y: f32, across: f32, down: f32) -> Self {
        Self { x, y, across, down }
    }
}

impl Shape for Ellipse {
    fn spans(&self, y: f32) -> [Span; 2] {
        let up = (y - self.y) / self.down;
        let half = self.across * (1.0 - up * up).max(0.0).sqrt();
        [[self.x - half, self.x + half], NOTHING]
    }

    fn heights(&self) -> Span {
        [self.y - self.down, self.y + self.down]
    }
}

/// A box with round corners, by its middle and half its size.
struct Bar {
    x: f32,
    y: f32,
    across: f32,
    down: f32,
    round: f32,
}

impl Bar {
    const fn at(x: f32, y: f32, across: f32, down: f32, round: f32) -> Self {
        Self { x, y, across, down, round }
    }
}

impl Shape for Bar {
    fn spans(&self, y: f32) -> [Span; 2] {
        let up = (y - self.y).abs();
        if up >= self.down {
            return [NOTHING; 2];
        }
        let in_corner = (up - self.down + self.round).max(0.0);
        let corner = self.round - (self.round * self.round - in_corner * in_corner).sqrt();
        let half = self.across - corner;
        [[self.x - half, self.x + half], NOTHING]
    }

    fn heights(&self) -> Span {
        [self.y - self.down, self.y + self.down]
    }
}

/// Where two shapes without holes cover each other.
struct Both<'a>(&'a dyn Shape, &'a dyn Shape);

impl Shape for Both<'_> {
    fn spans(&self, y: f32) -> [Span; 2] {
        let ([a, _], [b, _]) = (self.0.spans(y), self.1.spans(y));
        [[a[0].max(b[0]), a[1].min(b[1])], NOTHING]
    }

    fn heights(&self) -> Span {
        self.0.heights()
    }
}

/// One shape but for another, neither with a hole.
struct Without<'a>(&'a dyn Shape, &'a dyn Shape);

impl Shape for Without<'_> {
    fn spans(&self, y: f32) -> [Span; 2] {
        let ([whole, _], [hole, _]) = (self.0.spans(y), self.1.spans(y));
        if !is_something(hole) {
            return [whole, NOTHING];
        }
        [[whole[0], whole[1].min(hole[0])], [whole[0].max(hole[1]), whole[1]]]
    }

    fn heights(&self) -> Span {
        self.0.heights()
    }
}

/// The picture under the brush: its pixels row by row.
struct Canvas(Vec<Colour>);

/// At which heights of a row of pixels its coverage is measured, so that edges are smooth.
const LINES: [f32; 4] = [0.125, 0.375, 0.625, 0.875];

impl Canvas {
    /// A light colour that grows a little deeper downwards.
    fn of_background(random: &mut Random) -> Self {
        let [top, bottom] = random.pick(&BACKGROUNDS);
        let mut pixels = vec![*top; SIDE * SIDE];
        for (row, part) in pixels.chunks_exact_mut(SIDE).zip(steps()) {
            row.fill([0, 1, 2].map(|it| mix(top[it], bottom[it], part)));
        }
        Self(pixels)
    }

    fn paint(&mut self, colour: Colour, shape: &dyn Shape) {
        self.glaze(colour, 1.0, shape);
    }

    /// Paints so that what is below shines through.
    fn glaze(&mut self, colour: Colour, opacity: f32, shape: &dyn Shape) {
        let [top, bottom] = shape.heights();
        for (row, y) in self.0.chunks_exact_mut(SIDE).zip(pixels()) {
            if y + 1.0 < top || y > bottom {
                continue;
            }
            let lines = LINES.map(|it| shape.spans(y + it));
            for part in [0, 1] {
                let spans = lines.map(|it| it[part]);
                glaze_row(row, colour, opacity, &spans);
            }
        }
    }

    fn into_image(self) -> Option<RgbImage> {
        let side = u32::try_from(SIDE).ok()?;
        RgbImage::from_raw(side, side, self.0.into_flattened())
    }
}

/// Glazes one row of pixels where its lines are covered: the pixels that all lines cover at once,
/// those at the edges one by one.
fn glaze_row(row: &mut [Colour], colour: Colour, opacity: f32, spans: &[Span; 4]) {
    let covered = || spans.iter().filter(|it| is_something(**it));
    let from = covered().map(|it| it[0]).fold(f32::MAX, f32::min);
    let to = covered().map(|it| it[1]).fold(0.0, f32::max);
    let solid = spans
        .iter()
        .fold([0.0, f32::MAX], |solid: Span, it| [solid[0].max(it[0]), solid[1].min(it[1])]);
    let (first, end) = (place(from.floor()), place(to.ceil()));
    let solid_first = place(solid[0].ceil()).clamp(first, end.max(first));
    let solid_end = place(solid[1].floor()).clamp(solid_first, end.max(solid_first));
    for at in (first..solid_first).chain(solid_end..end) {
        let x = pixel(at);
        let cover = |it: &Span| (it[1].min(x + 1.0) - it[0].max(x)).max(0.0);
        let part = covered().map(cover).sum::<f32>() / 4.0;
        row[at] = blend(row[at], colour, part * opacity);
    }
    for below in &mut row[solid_first..solid_end] {
        *below = if opacity < 1.0 { blend(*below, colour, opacity) } else { colour };
    }
}

fn blend(below: Colour, above: Colour, part: f32) -> Colour {
    [0, 1, 2].map(|it| mix(below[it], above[it], part))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is brought onto the canvas first"
)]
fn place(x: f32) -> usize {
    (x.max(0.0) as usize).min(SIDE)
}

#[expect(clippy::cast_precision_loss, reason = "a canvas is a few hundred pixels wide")]
const fn pixel(at: usize) -> f32 {
    at as f32
}

/// The upper edges of the rows.
fn pixels() -> impl Iterator<Item = f32> {
    (0..SIDE).map(pixel)
}

/// How far down the canvas each row lies, from 0 to 1.
fn steps() -> impl Iterator<Item = f32> {
    pixels().map(|it| it / pixel(SIDE))
}

#[cfg(test)]
mod tests {
    use super::portrait;

    #[test]
    fn portraits_are_steady_and_differ() {
        let name = |number| portrait(number).unwrap().name;
        assert_eq!(name(1), name(1));
        assert_ne!(name(1), name(2));
    }
}
