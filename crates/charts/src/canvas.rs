//! A chart from its `<svg>` tag to its end, and drawing on it in pixels.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters_backend::DrawingBackend;

use crate::face::Type;
use crate::ink::{Ink, Marker, Pen};
use crate::marks::{Drawing, Mark};
use crate::sheet::{PX, Sheet, escape, push_tenths};

/// What every chart needs besides its data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Prefix of every id in the chart, unique on the page.
    pub id: String,
    /// Accessible name, not drawn.
    pub title: String,
    /// Accessible description, not drawn.
    pub desc: String,
    /// Width in pixels; taken between 240 and 2,000.
    pub width: u32,
    /// What to say where there is nothing to draw.
    pub no_data: String,
    /// Points of it open addresses: a picture with links in it is a group to
    /// whoever hears it read.
    pub has_links: bool,
}

impl Frame {
    /// Width in tenths of a pixel.
    pub(crate) fn width_tenths(&self) -> i32 {
        self.width.clamp(240, 2000) as i32 * PX
    }

    /// True where labels must be short and ticks few.
    pub(crate) fn narrow(&self) -> bool {
        self.width <= 420
    }

    /// Size of ordinary text, in tenths.
    pub(crate) fn text_size(&self) -> i32 {
        if self.narrow() { 115 } else { 125 }
    }

    /// The id with only letters, digits, hyphens and underscores.
    fn safe_id(&self) -> String {
        self.id
            .chars()
            .map(|c| match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => c,
                _ => '-',
            })
            .collect()
    }

    /// The chart that says there is nothing to draw.
    pub(crate) fn empty(&self, kind: &str) -> Drawing {
        let canvas = Canvas::new(self, kind, 120 * PX);
        let face = Type::new(Ink::Muted, self.text_size()).middle();
        let lines = crate::metrics::wrap(&self.no_data, face.size, false, canvas.width - 20 * PX);
        let mut y = 60 * PX - (lines.len() as i32 - 1) * face.leading() / 2;
        for line in &lines {
            canvas.text(line, face, (canvas.width / 2, y));
            y += face.leading();
        }
        canvas.finish()
    }
}

/// An SVG being drawn, in tenths of a pixel.
pub(crate) struct Canvas {
    sheet: Rc<RefCell<Sheet>>,
    pub(crate) root: DrawingArea<Sheet, Shift>,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) marks: RefCell<Vec<Mark>>,
    pub(crate) own: Cell<Option<usize>>,
}

impl Canvas {
    /// Opens the `<svg>` of a chart of this kind and height.
    pub(crate) fn new(frame: &Frame, kind: &str, height: i32) -> Self {
        let (width, height) = (frame.width_tenths(), height.max(PX));
        let mut sheet = Sheet::new(frame.safe_id(), width, height);
        open_svg(&mut sheet, frame, kind, width, height);
        let sheet = Rc::new(RefCell::new(sheet));
        Canvas {
            root: DrawingArea::from(&sheet),
            sheet,
            width,
            height,
            marks: RefCell::default(),
            own: Cell::default(),
        }
    }

    /// The finished SVG and its marks.
    pub(crate) fn finish(self) -> Drawing {
        let mut svg = std::mem::take(&mut self.sheet.borrow_mut().out);
        svg.push_str("</svg>");
        Drawing {
            svg,
            size: (self.width, self.height),
            marks: self.marks.into_inner(),
            own: self.own.get(),
        }
    }

    /// Writes markup that plotters has no shape for.
    pub(crate) fn raw(&self, write: impl FnOnce(&mut Sheet)) {
        write(&mut self.sheet.borrow_mut());
    }

    /// Opens a group whose `<title>` shows when the pointer rests on it.
    pub(crate) fn open_titled(&self, attributes: &str, title: &str) {
        self.raw(|sheet| {
            sheet.out.push_str("<g");
            sheet.out.push_str(attributes);
            sheet.out.push('>');
            if !title.is_empty() {
                sheet.out.push_str("<title>");
                sheet.escaped(title);
                sheet.out.push_str("</title>");
            }
        });
    }

    /// Closes a group.
    pub(crate) fn close(&self) {
        self.raw(|sheet| sheet.out.push_str("</g>"));
    }

    /// Opens a link to an address, left with [`Canvas::close_link`]. It is for
    /// the pointer: whoever writes the table behind the chart puts the same
    /// address there, for the keyboard.
    pub(crate) fn open_link(&self, address: &str, name: &str) {
        self.raw(|sheet| {
            let open = "<a target=\"_blank\" rel=\"noopener\" tabindex=\"-1\" href=\"";
            sheet.out.push_str(open);
            sheet.escaped(address);
            sheet.out.push_str("\" aria-label=\"");
            sheet.escaped(name);
            sheet.out.push_str("\">");
        });
    }

    /// Closes a link.
    pub(crate) fn close_link(&self) {
        self.raw(|sheet| sheet.out.push_str("</a>"));
    }

    /// Draws a plotters element placed in tenths of a pixel.
    pub(crate) fn draw<'a, E>(&self, element: &'a E)
    where
        &'a E: PointCollection<'a, (i32, i32)>,
        E: Drawable<Sheet>,
    {
        // The sheet never fails and is never borrowed across a drawing.
        let drawn = self.root.draw(element);
        debug_assert!(drawn.is_ok());
    }

    pub(crate) fn path(&self, points: Vec<(i32, i32)>, pen: Pen) {
        self.draw(&PathElement::new(points, pen));
    }

    pub(crate) fn polygon(&self, points: Vec<(i32, i32)>, pen: Pen) {
        self.draw(&Polygon::new(points, pen));
    }

    pub(crate) fn rect(&self, corners: [(i32, i32); 2], pen: Pen) {
        self.draw(&Rectangle::new(corners, pen));
    }

    pub(crate) fn circle(&self, centre: (i32, i32), radius: i32, pen: Pen) {
        self.draw(&Circle::new(centre, radius, pen));
    }

    /// Writes a text; an empty one leaves no element.
    pub(crate) fn text(&self, text: &str, face: Type, at: (i32, i32)) {
        if text.is_empty() {
            return;
        }
        let drawn = self.sheet.borrow_mut().draw_text(text, &face, at);
        debug_assert!(drawn.is_ok());
    }

    /// Draws a data marker about `radius` tenths around its centre, ringed with
    /// the colour of the page so that it stands out on lines.
    pub(crate) fn marker(&self, marker: Marker, ink: Ink, (x, y): (i32, i32), radius: i32) {
        let r = radius;
        let shape = match marker {
            Marker::Disc | Marker::Ring | Marker::Nothing => Vec::new(),
            Marker::Square | Marker::EmptySquare => {
                let r = r * 9 / 10;
                vec![
                    (x - r, y - r),
                    (x + r, y - r),
                    (x + r, y + r),
                    (x - r, y + r),
                ]
            }
            Marker::Triangle | Marker::EmptyTriangle => {
                let (dx, up, down) = (r * 12 / 10, r * 13 / 10, r * 8 / 10);
                vec![(x, y - up), (x + dx, y + down), (x - dx, y + down)]
            }
            Marker::Diamond | Marker::EmptyDiamond => {
                let d = r * 13 / 10;
                vec![(x, y - d), (x + d, y), (x, y + d), (x - d, y)]
            }
        };
        match marker {
            Marker::Ring => {
                self.circle((x, y), r, Pen::fill(Ink::Paper));
                self.circle((x, y), r, Pen::line(ink, 20));
            }
            Marker::Nothing => {}
            Marker::EmptySquare | Marker::EmptyTriangle | Marker::EmptyDiamond => {
                let outline = shape.iter().chain(shape.first()).copied().collect();
                self.polygon(shape, Pen::fill(Ink::Paper));
                self.path(outline, Pen::line(ink, 20));
            }
            Marker::Disc => self.circle((x, y), r + 5, Pen::fill(ink).rimmed()),
            _ => self.polygon(shape, Pen::fill(ink).rimmed()),
        }
    }
}

fn open_svg(sheet: &mut Sheet, frame: &Frame, kind: &str, width: i32, height: i32) {
    let id = sheet.id.clone();
    let out = &mut sheet.out;
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart ");
    out.push_str(kind);
    out.push_str("\" id=\"");
    out.push_str(&id);
    out.push_str("\" viewBox=\"0 0 ");
    push_tenths(out, width);
    out.push(' ');
    push_tenths(out, height);
    out.push('"');
    sheet.length("width", width);
    sheet.length("height", height);
    let out = &mut sheet.out;
    let role = if frame.has_links {
        " role=\"group\" aria-labelledby=\""
    } else {
        " role=\"img\" aria-labelledby=\""
    };
    for (before, after) in [
        (role, "-title "),
        ("", "-desc\">"),
        ("<title id=\"", "-title\">"),
    ] {
        out.push_str(before);
        out.push_str(&id);
        out.push_str(after);
    }
    escape(out, &frame.title);
    out.push_str("</title><desc id=\"");
    out.push_str(&id);
    out.push_str("-desc\">");
    escape(out, &frame.desc);
    out.push_str("</desc>");
}

/// Which page a chart that stands alone is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// A light page.
    Light,
    /// A dark page.
    Dark,
}

/// A chart with its colours written in, for a file or a picture.
///
/// The colours are plain values, not custom properties, so that any SVG reader
/// shows them; the page's colour is painted behind.
pub fn standalone(svg: &str, theme: Theme) -> String {
    let Some((head, body)) = svg.split_once("</desc>") else {
        return svg.to_owned();
    };
    let mut out = String::with_capacity(svg.len() + 2048);
    out.push_str(head);
    out.push_str("</desc><style>text{font-family:Helvetica,Arial,sans-serif}.b{font-weight:700}");
    out.push_str(
        "path,polygon{stroke-linejoin:round}.h{paint-order:stroke;stroke-width:3px;stroke:",
    );
    out.push_str(colour(Ink::Paper, theme));
    out.push('}');
    for &ink in Ink::ALL {
        for (class, property) in [(".f-", "{fill:"), (".k-", "{stroke:")] {
            out.push_str(class);
            out.push_str(ink.name());
            out.push_str(property);
            out.push_str(colour(ink, theme));
            out.push('}');
        }
    }
    if theme == Theme::Dark {
        out.push_str(".spread polygon{fill-opacity:.32}");
    }
    out.push_str("</style><rect width=\"100%\" height=\"100%\" class=\"f-paper\"/>");
    out.push_str(body);
    out
}

const fn colour(ink: Ink, theme: Theme) -> &'static str {
    match theme {
        Theme::Light => ink.light(),
        Theme::Dark => ink.dark(),
    }
}
