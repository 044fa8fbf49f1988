//! How a cell looks: its surface says what keeps it out of reach, its glyph what
//! works there.

use crate::canvas::Canvas;
use crate::ink::{Dash, Ink, Pen};
use crate::plot::push_point;

/// What works in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// It cannot be made.
    Unmade,
    /// Neither inference nor training.
    #[default]
    Nothing,
    /// Inference, not training.
    InferenceOnly,
    /// Inference and training.
    Both,
}

impl Reach {
    pub(super) const ALL: [Reach; 4] = [
        Reach::Unmade,
        Reach::Nothing,
        Reach::InferenceOnly,
        Reach::Both,
    ];

    /// Value of `data-state`.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Reach::Unmade => "unmade",
            Reach::Nothing => "nothing",
            Reach::InferenceOnly => "inference",
            Reach::Both => "both",
        }
    }

    pub(super) const fn surface(self) -> Ink {
        match self {
            Reach::Unmade | Reach::Nothing => Ink::Nothing,
            Reach::InferenceOnly => Ink::Inference,
            Reach::Both => Ink::Both,
        }
    }

    /// Outline and hatching.
    pub(super) const fn edge(self) -> Ink {
        match self {
            Reach::Unmade | Reach::Nothing => Ink::Muted,
            Reach::InferenceOnly => Ink::InferenceEdge,
            Reach::Both => Ink::Both,
        }
    }

    const fn glyph(self, hold: Hold) -> Ink {
        match (self, hold) {
            (Reach::InferenceOnly, Hold::Free) => Ink::OnInference,
            (Reach::Both, Hold::Free) => Ink::OnBoth,
            _ => self.edge(),
        }
    }
}

/// What keeps a cell out of reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// Nothing.
    #[default]
    Free,
    /// The rules: hatched.
    Barred,
    /// Nobody makes it that day: an outline of dashes.
    Idle,
}

impl Hold {
    /// What a cell's group says of it.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Hold::Free => "",
            Hold::Barred => " data-barred=\"true\"",
            Hold::Idle => " data-idle=\"true\"",
        }
    }
}

/// Draws the surface and the glyph of a cell.
pub(crate) fn draw_cell(canvas: &Canvas, corners: [(i32, i32); 2], reach: Reach, hold: Hold) {
    let [(left, top), (right, bottom)] = corners;
    let barred = hold == Hold::Barred;
    match hold {
        Hold::Idle => {
            let within = [(left + 5, top + 5), (right - 5, bottom - 5)];
            canvas.rect(within, Pen::line(reach.edge(), 10).dash(Dash::Short));
        }
        _ => canvas.rect(corners, Pen::fill(reach.surface()).hatched(barred)),
    }
    let centre = ((left + right) / 2, (top + bottom) / 2);
    let radius = ((right - left).min(bottom - top) * 22 / 100).clamp(30, 65);
    let ink = reach.glyph(hold);
    if barred {
        canvas.circle(centre, radius + 12, Pen::fill(Ink::Paper));
    }
    match reach {
        Reach::Unmade => {
            let (x, y) = centre;
            let r = radius * 7 / 10;
            for r in [r, -r] {
                let ends = vec![(x - r, y - r.abs()), (x + r, y + r.abs())];
                canvas.path(ends, Pen::line(ink, 12));
            }
        }
        Reach::Nothing => canvas.circle(centre, radius - 5, Pen::line(ink, 10)),
        Reach::InferenceOnly => {
            canvas.circle(centre, radius - 5, Pen::line(ink, 12));
            half_disc(canvas, centre, radius, ink);
        }
        Reach::Both => canvas.circle(centre, radius, Pen::fill(ink)),
    }
}

/// Draws the left half of a disc.
fn half_disc(canvas: &Canvas, (x, y): (i32, i32), radius: i32, ink: Ink) {
    canvas.raw(|sheet| {
        sheet.out.push_str("<path d=\"M");
        push_point(&mut sheet.out, (x, y - radius));
        sheet.out.push('A');
        push_point(&mut sheet.out, (radius, radius));
        sheet.out.push_str(" 0 0 0 ");
        push_point(&mut sheet.out, (x, y + radius));
        sheet.out.push_str("Z\" class=\"f-");
        sheet.out.push_str(ink.name());
        sheet.out.push_str("\"/>");
    });
}
