//! The plotters back end: writes each shape as an SVG element with classes.
//!
//! Plotters counts in whole back-end units. A unit here is a tenth of a pixel,
//! so shapes land to a tenth and every number prints with at most one decimal,
//! by integer arithmetic alone.

use std::borrow::Cow;
use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use crate::face::HALO;
use crate::ink::{Dash, Ink, meaning};
use crate::metrics;

/// Back-end units in a pixel.
pub(crate) const PX: i32 = 10;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// SVG elements being written.
pub(crate) struct Sheet {
    /// Everything drawn so far.
    pub(crate) out: String,
    /// Prefix of every id in this chart, free of characters to escape.
    pub(crate) id: String,
    size: (u32, u32),
}

impl Sheet {
    /// An empty sheet of the given size in tenths of a pixel.
    pub(crate) fn new(id: String, width: i32, height: i32) -> Self {
        Sheet {
            out: String::with_capacity(16 * 1024),
            id,
            size: (width.max(PX) as u32, height.max(PX) as u32),
        }
    }

    /// Writes ` name="value"`, the value a length in tenths.
    pub(crate) fn length(&mut self, name: &str, tenths: i32) {
        self.attribute(name);
        push_tenths(&mut self.out, tenths);
        self.out.push('"');
    }

    /// Writes text with the characters of markup escaped.
    pub(crate) fn escaped(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    fn attribute(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }

    /// Writes the attributes of a surface: class, outline, opacity, hatching.
    fn fill_with(&mut self, color: BackendColor) {
        let meant = meaning(color.rgb);
        let (ink, faint) = (meant.ink, color.alpha < 1.0);
        let edge = match ink.edge() {
            _ if faint => None,
            _ if meant.rimmed => Some(Ink::Paper),
            None if meant.hatched => Some(ink),
            edge => edge,
        };
        if meant.hatched {
            self.attribute("fill");
            for piece in ["url(#", &self.id, "-h-", ink.name(), ")\""] {
                self.out.push_str(piece);
            }
        }
        self.attribute("class");
        if !meant.hatched {
            self.out.push_str("f-");
            self.out.push_str(ink.name());
        }
        if let Some(edge) = edge {
            self.out.push_str(if meant.hatched { "k-" } else { " k-" });
            self.out.push_str(edge.name());
        }
        self.out.push('"');
        if faint {
            let hundredths = (color.alpha.max(0.0) * 100.0).round() as u32;
            self.attribute("fill-opacity");
            self.out.push_str("0.");
            push_digit(&mut self.out, hundredths / 10);
            push_digit(&mut self.out, hundredths);
            self.out.push('"');
        }
    }

    /// Writes the attributes of a line: class, width, dashes.
    fn stroke_with(&mut self, color: BackendColor, width: u32) {
        let meant = meaning(color.rgb);
        self.out.push_str(" fill=\"none\"");
        self.attribute("class");
        self.out.push_str("k-");
        self.out.push_str(meant.ink.name());
        self.out.push('"');
        if width != PX as u32 {
            self.length("stroke-width", width as i32);
        }
        self.dashes(meant.dash);
    }

    fn dashes(&mut self, dash: Dash) {
        if let Some(array) = dash.array() {
            self.attribute("stroke-dasharray");
            self.out.push_str(array);
            self.out.push('"');
        }
    }

    fn style<S: BackendStyle>(&mut self, style: &S, fill: bool) {
        if fill {
            self.fill_with(style.color());
        } else {
            self.stroke_with(style.color(), style.stroke_width());
        }
    }
}

/// Writes a length in tenths of a pixel as pixels.
pub(crate) fn push_tenths(out: &mut String, tenths: i32) {
    if tenths < 0 {
        out.push('-');
    }
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    push_whole(out, whole);
    if tenth > 0 {
        out.push('.');
        push_digit(out, tenth);
    }
}

/// Writes a whole number: a drawing has hundreds, and the standard library's way,
/// which can do more, takes several times as long.
fn push_whole(out: &mut String, number: u32) {
    if number >= 10 {
        push_whole(out, number / 10);
    }
    push_digit(out, number % 10);
}

fn push_digit(out: &mut String, digit: u32) {
    out.push(char::from(b'0' + (digit % 10) as u8));
}

/// Writes text with the characters of markup escaped; those that XML forbids
/// are left out.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

/// What [`escape`] wrote, as it was.
pub(crate) fn plain(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('&') {
        return Cow::Borrowed(escaped);
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let plain = signs.iter().fold(escaped.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    });
    Cow::Owned(plain)
}

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.out.push_str("<rect");
        self.length("x", upper_left.0);
        self.length("y", upper_left.1);
        self.length("width", (bottom_right.0 - upper_left.0).max(0));
        self.length("height", (bottom_right.1 - upper_left.1).max(0));
        self.style(style, fill);
        self.out.push_str("/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.out.push_str("<path d=\"");
        let mut last = None;
        for (x, y) in path {
            // A level or plumb step, frequent in charts, takes one number.
            match last {
                None => self.out.push('M'),
                Some((_, y0)) if y0 == y => self.out.push('H'),
                Some((x0, _)) if x0 == x => self.out.push('V'),
                Some(_) => self.out.push('L'),
            }
            let plumb = matches!(last, Some((x0, y0)) if x0 == x && y0 != y);
            if !plumb {
                push_tenths(&mut self.out, x);
            }
            if last.is_none_or(|(_, y0)| y0 != y) {
                if !plumb {
                    self.out.push(' ');
                }
                push_tenths(&mut self.out, y);
            }
            last = Some((x, y));
        }
        self.out.push('"');
        self.style(style, false);
        self.out.push_str("/>");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.out.push_str("<circle");
        self.length("cx", center.0);
        self.length("cy", center.1);
        self.length("r", radius as i32);
        self.style(style, fill);
        self.out.push_str("/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.out.push_str("<polygon points=\"");
        for (i, (x, y)) in vert.into_iter().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            push_tenths(&mut self.out, x);
            self.out.push(',');
            push_tenths(&mut self.out, y);
        }
        self.out.push('"');
        self.style(style, true);
        self.out.push_str("/>");
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        pos: BackendCoord,
    ) -> Drawn {
        let size = style.size() as i32;
        let anchor = style.anchor();
        // Baseline from the anchor: capitals are about 0.72 of the size high.
        let down = match anchor.v_pos {
            VPos::Top => size * 78 / 100,
            VPos::Center => size * 36 / 100,
            VPos::Bottom => -size * 22 / 100,
        };
        self.out.push_str("<text");
        self.length("x", pos.0);
        self.length("y", pos.1 + down);
        self.attribute("class");
        self.out.push_str("f-");
        self.out.push_str(meaning(style.color().rgb).ink.name());
        if matches!(style.style(), FontStyle::Bold) {
            self.out.push_str(" b");
        }
        if style.family().as_str() == HALO {
            self.out.push_str(" h");
        }
        self.out.push('"');
        self.length("font-size", size);
        match anchor.h_pos {
            HPos::Left => {}
            HPos::Center => self.out.push_str(" text-anchor=\"middle\""),
            HPos::Right => self.out.push_str(" text-anchor=\"end\""),
        }
        self.out.push('>');
        self.escaped(text);
        self.out.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let size = style.size() as i32;
        let bold = matches!(style.style(), FontStyle::Bold);
        Ok((
            metrics::width(text, size, bold).max(0) as u32,
            size.max(0) as u32,
        ))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Ok(())
    }
}
