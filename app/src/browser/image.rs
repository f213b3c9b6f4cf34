//! Looks at a profile image before it is sent: is it one, how large is it, can it be shrunk here.

use domain::image::{self, ImageFormat, ImageProblem};
use gloo_file::{Blob, File, ObjectUrl, futures::read_as_bytes};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// A chosen picture, ready to be shown and sent. Its object URL is released with it.
pub(crate) struct Picture {
    /// What is sent: shrunk where the browser could, else the file as it is.
    pub(crate) blob: Blob,
    /// The file's name.
    pub(crate) name: String,
    /// The file's size in bytes, before shrinking.
    pub(crate) bytes: u64,
    /// What the browser saw when it decoded the file; `None` where it could not.
    pub(crate) seen: Option<Seen>,
}

/// A decoded picture.
pub(crate) struct Seen {
    /// Width in pixels, upright.
    pub(crate) width: u32,
    /// Height in pixels, upright.
    pub(crate) height: u32,
    /// Where the picture can be shown from.
    pub(crate) preview: ObjectUrl,
}

/// Looks at a file: refuses what the server would refuse too, and shrinks what is larger than needed.
pub(crate) async fn look_at(file: File) -> Result<Picture, ImageProblem> {
    let bytes = file.size();
    if bytes > image::MAX_BYTES {
        return Err(ImageProblem::TooLarge);
    }
    let start = read_as_bytes(&file.slice(0, 24)).await.map_err(|_| ImageProblem::Broken)?;
    let format = image::sniff(&start)?;
    if let Some((width, height)) = image::claimed_pixels(&start) {
        image::check_pixels(width, height)?;
    }
    let name = file.name();
    let blob = Blob::from(file);
    let Ok(bitmap) = decode(&blob).await else {
        // Perhaps a format this browser lacks: the server has the last word.
        return Ok(Picture { blob, name, bytes, seen: None });
    };
    let (width, height) = (bitmap.width(), bitmap.height());
    image::check_pixels(width, height)?;
    let shrunk = if width.max(height) > image::SHRUNK_SIDE {
        shrink(&bitmap, format).await.unwrap_or(blob)
    } else {
        blob
    };
    bitmap.close();
    let preview = ObjectUrl::from(shrunk.clone());
    Ok(Picture { blob: shrunk, name, bytes, seen: Some(Seen { width, height, preview }) })
}

/// Decodes as the browser shows it: turned upright by what the file says.
async fn decode(blob: &Blob) -> Result<ImageBitmap, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let promise = window.create_image_bitmap_with_blob(blob.as_ref())?;
    JsFuture::from(promise).await?.dyn_into()
}

async fn shrink(bitmap: &ImageBitmap, format: ImageFormat) -> Option<Blob> {
    let (width, height) = fit(bitmap.width(), bitmap.height(), image::SHRUNK_SIDE);
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(
            bitmap,
            0.0,
            0.0,
            f64::from(width),
            f64::from(height),
        )
        .ok()?;
    // The other formats may be transparent.
    let kind = if format == ImageFormat::Jpeg { "image/jpeg" } else { "image/png" };
    encode(&canvas, kind).await
}

/// The largest size of the same shape whose longer side is `side`.
fn fit(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = u64::from(width.max(height).max(1));
    let scaled = |it: u32| {
        u32::try_from((u64::from(it) * u64::from(side)).div_ceil(longer)).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

async fn encode(canvas: &HtmlCanvasElement, kind: &str) -> Option<Blob> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        let asked = canvas.to_blob_with_type_and_encoder_options(
            done.unchecked_ref(),
            kind,
            &JsValue::from_f64(0.9),
        );
        if let Err(error) = asked {
            // The promise is settled once; what this call returns says nothing.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let blob: web_sys::Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(blob.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_keep_their_shape_when_they_shrink() {
        assert_eq!(fit(4032, 3024, 1024), (1024, 768));
        assert_eq!(fit(3024, 4032, 1024), (768, 1024));
        assert_eq!(fit(20_000, 1, 1024), (1024, 1));
    }
}
