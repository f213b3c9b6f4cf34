//! Drawn faces for the first people: head and shoulders of many kinds, made of ellipses and bars.

use image::{Rgb, RgbImage};

use super::random::Random;
use crate::images::{EncodedImage, Squares};

/// How many people get a portrait.
pub(super) const PORTRAITS: u64 = 1000;

const SIDE: u16 = 512;

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
    EncodedImage::of(&Squares::drawn(canvas.0)?)
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

/// Something that covers pixels.
trait Shape {
    /// How far outside the shape's edge a point lies, in pixels, about; negative inside.
    fn outside(&self, x: f32, y: f32) -> f32;
    /// The columns and rows out of which the shape doesn't reach: left, top, right, bottom.
    fn bounds(&self) -> [f32; 4];
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
    fn outside(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - self.x, y - self.y);
        let (across, down) = (x / self.across, y / self.down);
        let slope = 2.0 * (across / self.across).hypot(down / self.down);
        (across.mul_add(across, down * down) - 1.0) / slope.max(0.001)
    }

    fn bounds(&self) -> [f32; 4] {
        [self.x - self.across, self.y - self.down, self.x + self.across, self.y + self.down]
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
    fn outside(&self, x: f32, y: f32) -> f32 {
        let x = (x - self.x).abs() - self.across + self.round;
        let y = (y - self.y).abs() - self.down + self.round;
        x.max(0.0).hypot(y.max(0.0)) + x.max(y).min(0.0) - self.round
    }

    fn bounds(&self) -> [f32; 4] {
        [self.x - self.across, self.y - self.down, self.x + self.across, self.y + self.down]
    }
}

/// Where two shapes cover each other.
struct Both<'a>(&'a dyn Shape, &'a dyn Shape);

impl Shape for Both<'_> {
    fn outside(&self, x: f32, y: f32) -> f32 {
        self.0.outside(x, y).max(self.1.outside(x, y))
    }

    fn bounds(&self) -> [f32; 4] {
        self.0.bounds()
    }
}

/// One shape but for another.
struct Without<'a>(&'a dyn Shape, &'a dyn Shape);

impl Shape for Without<'_> {
    fn outside(&self, x: f32, y: f32) -> f32 {
        self.0.outside(x, y).max(-self.1.outside(x, y))
    }

    fn bounds(&self) -> [f32; 4] {
        self.0.bounds()
    }
}

/// The picture under the brush.
struct Canvas(RgbImage);

impl Canvas {
    /// A light colour that grows a little deeper downwards.
    fn of_background(random: &mut Random) -> Self {
        let [top, bottom] = random.pick(&BACKGROUNDS);
        let mut pixels = RgbImage::new(SIDE.into(), SIDE.into());
        for (row, y) in pixels.rows_mut().zip(0..SIDE) {
            let part = f32::from(y) / f32::from(SIDE);
            let colour = [0, 1, 2].map(|it| mix(top[it], bottom[it], part));
            row.for_each(|pixel| *pixel = Rgb(colour));
        }
        Self(pixels)
    }

    fn paint(&mut self, colour: Colour, shape: &dyn Shape) {
        self.glaze(colour, 1.0, shape);
    }

    /// Paints so that what is below shines through; edges are smooth.
    fn glaze(&mut self, colour: Colour, opacity: f32, shape: &dyn Shape) {
        let [left, top, right, bottom] = shape.bounds();
        let columns = pixels_between(left, right);
        for y in pixels_between(top, bottom) {
            for x in columns.clone() {
                let outside = shape.outside(f32::from(x) + 0.5, f32::from(y) + 0.5);
                let part = (0.5 - outside).clamp(0.0, 1.0) * opacity;
                if part > 0.0 {
                    let Rgb(below) = self.0.get_pixel_mut(x.into(), y.into());
                    for (channel, wanted) in below.iter_mut().zip(colour) {
                        *channel = mix(*channel, wanted, part);
                    }
                }
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the values are brought onto the canvas first"
)]
fn pixels_between(from: f32, to: f32) -> std::ops::Range<u16> {
    let on_canvas = |it: f32| it.clamp(0.0, f32::from(SIDE)) as u16;
    on_canvas(from.floor() - 1.0)..on_canvas(to.ceil() + 1.0)
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
