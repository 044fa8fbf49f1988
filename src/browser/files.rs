//! Files that the reader takes along, made in the page.

use super::after;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

/// Dots of a picture for a pixel of its drawing.
const DENSITY: u32 = 2;
/// How long a browser may take to begin saving.
const PATIENCE: Duration = Duration::from_secs(60);

/// Saves the text as a file of that name and kind.
pub fn save(name: &str, kind: &str, text: &str) {
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &bag) {
        save_blob(name, &blob);
    }
}

/// Saves the drawing, of so many pixels, as a PNG file of that name.
pub fn save_picture(name: String, svg: &str, size: (u32, u32)) {
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let drawn = image.clone();
    let then = Closure::once_into_js(move || {
        // What fails here saves nothing, and breaks nothing.
        let _ = picture(name, &drawn, size);
    });
    image.set_onload(Some(then.unchecked_ref()));
    // Of no other origin, wherever the page stands: the canvas can be read.
    let data = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&["data:image/svg+xml,", &data].concat());
}

fn picture(name: String, image: &HtmlImageElement, (width, height): (u32, u32)) -> Option<()> {
    let canvas = document().create_element("canvas").ok()?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
    let (width, height) = (width * DENSITY, height * DENSITY);
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context = context.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let (width, height) = (f64::from(width), f64::from(height));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    let then = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            save_blob(&name, &blob);
        }
    });
    canvas.to_blob(then.unchecked_ref()).ok()
}

fn save_blob(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    after(PATIENCE, move || {
        let _ = Url::revoke_object_url(&address);
    });
}
