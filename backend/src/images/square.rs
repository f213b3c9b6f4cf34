//! From a decoded picture to the two squares that are kept, upright and without alpha where there
//! is none to see.

use domain::image::{ImageProblem, ImageSize};
use fast_image_resize::{
    FilterType, MulDiv, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::{U8, U8x2, U8x3, U8x4},
};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

use super::decode::{Channels, Picture};

/// A profile image in both sizes.
pub(crate) struct Squares {
    /// The tile.
    pub large: DynamicImage,
    /// The list entry.
    pub small: DynamicImage,
}

impl Squares {
    /// Crops the middle of the picture; small pictures are enlarged, so that all tiles are alike.
    pub(super) fn of(picture: Picture) -> Result<Self, ImageProblem> {
        let (channels, orientation) = (picture.channels, picture.orientation);
        let transparent = picture.is_transparent();
        // By the type of its pixels, not by a value that names it: what the resizer could do with all
        // other types, several megabytes, then stays out of the binary.
        let [large, small] = match channels {
            Channels::Grey => picture.squares::<U8>(transparent),
            Channels::GreyAlpha => picture.squares::<U8x2>(transparent),
            Channels::Rgb => picture.squares::<U8x3>(transparent),
            Channels::Rgba => picture.squares::<U8x4>(transparent),
        }?;
        let finish = |pixels, size| -> Result<DynamicImage, ImageProblem> {
            let mut square = channels.image(pixels, size, transparent)?;
            square.apply_orientation(orientation);
            Ok(square)
        };
        Ok(Self {
            large: finish(large, ImageSize::Large)?,
            small: finish(small, ImageSize::Small)?,
        })
    }

    /// Both sizes of a picture that was drawn as large as the tile; `None` if it wasn't.
    pub(crate) fn drawn(large: RgbImage) -> Option<Self> {
        let side = ImageSize::Large.side();
        if large.dimensions() != (side, side) {
            return None;
        }
        let small = shrink::<U8x3>(large.as_raw(), side, side, ImageSize::Small).ok()?;
        let small = Channels::Rgb.image(small, ImageSize::Small, false).ok()?;
        Some(Self { large: large.into(), small })
    }
}

/// Nothing of what the resizer refuses can come from a decoded picture but by its own fault.
fn broken<E>(_: E) -> ImageProblem {
    ImageProblem::Broken
}

impl Picture {
    fn is_transparent(&self) -> bool {
        let step = match self.channels {
            Channels::Grey | Channels::Rgb => return false,
            Channels::GreyAlpha => 2,
            Channels::Rgba => 4,
        };
        self.pixels.iter().skip(step - 1).step_by(step).any(|alpha| *alpha < u8::MAX)
    }

    /// The pixels of the large square and of the small one.
    fn squares<P: PixelTrait>(mut self, transparent: bool) -> Result<[Vec<u8>; 2], ImageProblem> {
        let alpha = MulDiv::new();
        if transparent {
            // In place, once, instead of in a copy of the whole picture.
            let mut view = TypedImage::<P>::from_buffer(self.width, self.height, &mut self.pixels)
                .map_err(broken)?;
            alpha.multiply_alpha_inplace_typed(&mut view).map_err(broken)?;
        }
        let large = shrink::<P>(&self.pixels, self.width, self.height, ImageSize::Large)?;
        drop(self);
        let side = ImageSize::Large.side();
        let small = shrink::<P>(&large, side, side, ImageSize::Small)?;
        let mut squares = [large, small];
        if transparent {
            for (pixels, size) in squares.iter_mut().zip([ImageSize::Large, ImageSize::Small]) {
                let mut view = TypedImage::<P>::from_buffer(size.side(), size.side(), pixels)
                    .map_err(broken)?;
                alpha.divide_alpha_inplace_typed(&mut view).map_err(broken)?;
            }
        }
        Ok(squares)
    }
}

/// The middle of a picture as a square of that size.
fn shrink<P: PixelTrait>(
    pixels: &[u8],
    width: u32,
    height: u32,
    size: ImageSize,
) -> Result<Vec<u8>, ImageProblem> {
    let whole = TypedImageRef::<P>::from_buffer(width, height, pixels).map_err(broken)?;
    let mut square = vec![0; square_of(size) * P::size()];
    let mut view =
        TypedImage::<P>::from_buffer(size.side(), size.side(), &mut square).map_err(broken)?;
    let (width, height) = (f64::from(width), f64::from(height));
    let shorter = width.min(height);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        // Alpha has been multiplied by then.
        .use_alpha(false)
        .crop((width - shorter) / 2.0, (height - shorter) / 2.0, shorter, shorter);
    Resizer::new().resize_typed(&whole, &mut view, &options).map_err(broken)?;
    Ok(square)
}

/// How many pixels a square of that size has.
const fn square_of(size: ImageSize) -> usize {
    (size.side() * size.side()) as usize
}

impl Channels {
    /// The square as RGBA where something is to be seen through, else as RGB.
    fn image(
        self,
        pixels: Vec<u8>,
        size: ImageSize,
        transparent: bool,
    ) -> Result<DynamicImage, ImageProblem> {
        let (width, height) = (size.side(), size.side());
        let image = match self {
            Self::Grey => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
            Self::GreyAlpha => {
                GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::from)
            }
            Self::Rgb => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
            Self::Rgba => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
        }
        .ok_or(ImageProblem::Broken)?;
        Ok(if transparent { image.into_rgba8().into() } else { image.into_rgb8().into() })
    }
}
