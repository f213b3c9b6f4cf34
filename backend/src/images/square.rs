//! From a decoded picture to the two squares that are kept, upright and without alpha where there
//! is none to see.

use domain::image::{ImageProblem, ImageSize};
use fast_image_resize::{
    FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
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
    pub(super) fn of(mut picture: Picture) -> Result<Self, ImageProblem> {
        let transparent = picture.is_transparent();
        if transparent {
            picture.multiply_alpha()?;
        }
        let mut large = picture.shrink(ImageSize::Large)?;
        let channels = picture.channels;
        let orientation = picture.orientation;
        drop(picture);
        let mut small = shrink_square(&large, ImageSize::Small)?;
        if transparent {
            for square in [&mut large, &mut small] {
                MulDiv::new().divide_alpha_inplace(square).map_err(broken)?;
            }
        }
        let finish = |square: Image<'_>| -> Result<DynamicImage, ImageProblem> {
            let mut square = channels.image(square, transparent)?;
            square.apply_orientation(orientation);
            Ok(square)
        };
        Ok(Self { large: finish(large)?, small: finish(small)? })
    }

    /// Both sizes of a picture that was drawn as large as the tile; `None` if it wasn't.
    pub(crate) fn drawn(large: RgbImage) -> Option<Self> {
        let (width, height) = large.dimensions();
        let view = ImageRef::new(width, height, large.as_raw(), PixelType::U8x3).ok()?;
        let mut small =
            Image::new(ImageSize::Small.side(), ImageSize::Small.side(), PixelType::U8x3);
        Resizer::new().resize(&view, &mut small, &options()).ok()?;
        let small = Channels::Rgb.image(small, false).ok()?;
        (width == ImageSize::Large.side()).then(|| Self { large: large.into(), small })
    }
}

/// Nothing of what the resizer refuses can come from a decoded picture but by its own fault.
fn broken<E>(_: E) -> ImageProblem {
    ImageProblem::Broken
}

fn options() -> ResizeOptions {
    ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        // Alpha is multiplied once, in place, instead of in a copy of the whole picture.
        .use_alpha(false)
}

fn shrink_square(square: &Image<'_>, size: ImageSize) -> Result<Image<'static>, ImageProblem> {
    let mut small = Image::new(size.side(), size.side(), square.pixel_type());
    Resizer::new().resize(square, &mut small, &options()).map_err(broken)?;
    Ok(small)
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

    fn multiply_alpha(&mut self) -> Result<(), ImageProblem> {
        let kind = self.channels.pixel_type();
        let mut view = Image::from_slice_u8(self.width, self.height, &mut self.pixels, kind)
            .map_err(broken)?;
        MulDiv::new().multiply_alpha_inplace(&mut view).map_err(broken)
    }

    fn shrink(&self, size: ImageSize) -> Result<Image<'static>, ImageProblem> {
        let kind = self.channels.pixel_type();
        let view = ImageRef::new(self.width, self.height, &self.pixels, kind).map_err(broken)?;
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let shorter = width.min(height);
        let (left, top) = ((width - shorter) / 2.0, (height - shorter) / 2.0);
        let crop = options().crop(left, top, shorter, shorter);
        let mut square = Image::new(size.side(), size.side(), kind);
        Resizer::new().resize(&view, &mut square, &crop).map_err(broken)?;
        Ok(square)
    }
}

impl Channels {
    const fn pixel_type(self) -> PixelType {
        match self {
            Self::Grey => PixelType::U8,
            Self::GreyAlpha => PixelType::U8x2,
            Self::Rgb => PixelType::U8x3,
            Self::Rgba => PixelType::U8x4,
        }
    }

    /// The square as RGBA where something is to be seen through, else as RGB.
    fn image(self, square: Image<'_>, transparent: bool) -> Result<DynamicImage, ImageProblem> {
        let (width, height) = (square.width(), square.height());
        let pixels = square.into_vec();
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
