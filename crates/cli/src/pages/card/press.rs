//! Faces to set texts in, and drawings as pixels. Whatever machine builds the site,
//! the letters are these.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::io::{Error, Result};
use std::sync::Arc;

/// The faces: how SVG names them, and their files.
const FACES: [(&str, &[u8]); 3] = [
    (
        "font-family:Newsreader;font-weight:600",
        include_bytes!("../../../fonts/newsreader-600.ttf"),
    ),
    (
        "font-family:Inter;font-weight:400",
        include_bytes!("../../../fonts/inter-400.otf"),
    ),
    (
        "font-family:Inter;font-weight:700",
        include_bytes!("../../../fonts/inter-700.otf"),
    ),
];
/// Places in [`FACES`]: of titles, of texts, of what stands out.
pub(super) const SERIF: usize = 0;
pub(super) const PLAIN: usize = 1;
pub(super) const STRONG: usize = 2;

/// What pictures are made with.
pub(in super::super) struct Press {
    faces: [FontRef<'static>; 3],
    options: Options<'static>,
}

impl Press {
    pub(in super::super) fn new() -> Result<Self> {
        let mut fonts = Database::new();
        for (_, file) in FACES {
            fonts.load_font_data(file.to_vec());
        }
        // What charts ask for.
        fonts.set_sans_serif_family("Inter");
        let face = |i: usize| FontRef::new(FACES[i].1).map_err(Error::other);
        Ok(Self {
            faces: [face(SERIF)?, face(PLAIN)?, face(STRONG)?],
            options: Options {
                fontdb: Arc::new(fonts),
                font_family: "Inter".to_owned(),
                ..Options::default()
            },
        })
    }

    /// The face as SVG names it.
    pub(super) fn style(&self, face: usize) -> &'static str {
        FACES[face].0
    }

    /// Whether the face has the letter.
    #[cfg(test)]
    pub(super) fn has(&self, face: usize, letter: char) -> bool {
        self.faces[face].charmap().map(letter).is_some()
    }

    /// Pixels that the text takes in that face and size, pairs of letters that stand
    /// closer left out.
    pub(super) fn width(&self, face: usize, size: f64, text: &str) -> f64 {
        let face = &self.faces[face];
        let letters = face.charmap();
        let metrics = face.glyph_metrics(Size::new(size as f32), LocationRef::default());
        let advance = |letter: char| {
            let glyph = letters.map(letter).unwrap_or_default();
            f64::from(metrics.advance_width(glyph).unwrap_or_default())
        };
        text.chars().map(advance).sum()
    }

    /// The text in lines of no more than that width, broken at spaces that may break.
    pub(super) fn wrapped(&self, face: usize, size: f64, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            let longer = lines.last().map(|line| [line, " ", word].concat());
            match longer.filter(|line| self.width(face, size, line) <= width) {
                Some(longer) => {
                    lines.pop();
                    lines.push(longer);
                }
                None => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// The drawing in red, green and blue, dot by dot.
    pub(super) fn printed(&self, svg: &str, (width, height): (u32, u32)) -> Result<Vec<[u8; 3]>> {
        let tree = Tree::from_str(svg, &self.options).map_err(Error::other)?;
        let mut dots =
            Pixmap::new(width, height).ok_or_else(|| Error::other("no room for a picture"))?;
        resvg::render(&tree, Transform::default(), &mut dots.as_mut());
        // The paper lets nothing through, so that colours are as they stand.
        let dot = |dot: &[u8]| [dot[0], dot[1], dot[2]];
        Ok(dots.data().chunks_exact(4).map(dot).collect())
    }
}
