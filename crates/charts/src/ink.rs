//! What a chart may be drawn with: named inks, dashes and markers.
//!
//! An ink is a role, not a colour. Plotters only carries RGB, so an ink travels
//! through it disguised as a reserved colour and comes out of the back end as a
//! class: `f-blue` to fill, `k-blue` to stroke. The table below is the only
//! place that holds colours, for light and dark pages and for forced colours.

use plotters::style::{RGBAColor, ShapeStyle};

/// First byte of the reserved colours that stand for inks.
const MARK: u8 = 0xC5;

macro_rules! palette {
    ($($(#[$doc:meta])* $ink:ident $name:literal $light:literal $dark:literal $forced:literal;)*) => {
        /// A role that a line, a surface or a text plays in a chart.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Ink { $($(#[$doc])* $ink,)* }

        impl Ink {
            /// Every ink, in the order of the table.
            pub const ALL: &'static [Ink] = &[$(Ink::$ink,)*];

            /// The name used in classes (`f-blue`) and properties (`--chart-blue`).
            pub const fn name(self) -> &'static str {
                match self { $(Ink::$ink => $name,)* }
            }

            /// The colour on a light page, as `#rrggbb`.
            pub const fn light(self) -> &'static str {
                match self { $(Ink::$ink => $light,)* }
            }

            /// The colour on a dark page, as `#rrggbb`.
            pub const fn dark(self) -> &'static str {
                match self { $(Ink::$ink => $dark,)* }
            }
        }

        /// The style sheet of the charts: custom properties for light, dark and
        /// forced colours, and the classes that use them.
        ///
        /// Dark follows the reader's system unless the root element says
        /// `data-theme="light"` or `"dark"`. A page may override any
        /// `--chart-…` property. Bands are denser on a dark page, where the same
        /// share of an ink is fainter.
        pub const PALETTE_CSS: &str = concat!(
            ":root{--chart-band:.2;", $("--chart-", $name, ":", $light, ";",)* "}\n",
            "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){",
            "--chart-band:.32;", $("--chart-", $name, ":", $dark, ";",)* "}}\n",
            ":root[data-theme=dark]{--chart-band:.32;",
            $("--chart-", $name, ":", $dark, ";",)* "}\n",
            "@media (forced-colors:active){:root:root:root{",
            $("--chart-", $name, ":", $forced, ";",)* "}.chart{forced-color-adjust:none}}\n",
            $(".chart .f-", $name, "{fill:var(--chart-", $name, ")}",
              ".chart .k-", $name, "{stroke:var(--chart-", $name, ")}\n",)*
            ".chart{display:block;max-width:100%;height:auto;",
            "font-family:var(--chart-font,Helvetica,Arial,sans-serif)}\n",
            ".chart path,.chart polygon{stroke-linejoin:round}\n",
            ".chart .spread polygon{fill-opacity:var(--chart-band)}\n",
            ".chart .b{font-weight:700}\n",
            ".chart .h{paint-order:stroke;stroke:var(--chart-paper);",
            "stroke-width:3px;stroke-linejoin:round}\n",
            "@media print{:root:root:root:root{--chart-band:.2;", $("--chart-", $name, ":", $light, ";",)* "}}\n",
        );
    };
}

palette! {
    /// Main text, strong rules, the reader's own point.
    Ink "ink" "#1d1e20" "#ece9e2" "CanvasText";
    /// Secondary text, axes.
    Muted "muted" "#5c6067" "#a4a8af" "CanvasText";
    /// Grid lines: decoration only.
    Grid "grid" "#dfdcd4" "#30343b" "GrayText";
    /// The page itself: gaps, halos.
    Paper "paper" "#fbfaf7" "#14161a" "Canvas";
    /// Okabe–Ito blue, a little darker on a light page: series and surfaces.
    #[default]
    Blue "blue" "#006aa8" "#0072b2" "CanvasText";
    /// Okabe–Ito vermilion: series and surfaces.
    Vermilion "vermilion" "#d55e00" "#d55e00" "CanvasText";
    /// Okabe–Ito bluish green: series and surfaces.
    Green "green" "#009e73" "#009e73" "CanvasText";
    /// Okabe–Ito reddish purple, a little darker on a light page.
    Purple "purple" "#c26a9b" "#cc79a7" "CanvasText";
    /// Okabe–Ito sky blue: surfaces only, with [`Ink::edge`].
    Sky "sky" "#56b4e9" "#56b4e9" "CanvasText";
    /// Okabe–Ito orange: surfaces only, with [`Ink::edge`].
    Orange "orange" "#e69f00" "#e69f00" "CanvasText";
    /// Okabe–Ito yellow: surfaces only, with [`Ink::edge`].
    Yellow "yellow" "#f0e442" "#f0e442" "CanvasText";
    /// The rest, the unnamed part.
    Grey "grey" "#85888d" "#8a8d91" "CanvasText";
    /// A limit kept, a gate passed.
    Good "good" "#009e73" "#009e73" "CanvasText";
    /// A limit approached: surfaces only, with [`Ink::edge`].
    Warn "warn" "#e69f00" "#e69f00" "CanvasText";
    /// A limit broken, a threshold.
    Bad "bad" "#d55e00" "#d55e00" "CanvasText";
    /// Outline of a sky surface.
    SkyEdge "sky-edge" "#2b84b8" "#56b4e9" "Canvas";
    /// Outline of an orange surface.
    OrangeEdge "orange-edge" "#a87400" "#e69f00" "Canvas";
    /// Outline of a yellow surface.
    YellowEdge "yellow-edge" "#8c8412" "#f0e442" "Canvas";
    /// Text on a dark surface.
    OnDark "on-dark" "#ffffff" "#ffffff" "Canvas";
    /// Text on a bright surface.
    OnLight "on-light" "#101113" "#101113" "Canvas";
    /// Grid map: surface of a cell where nothing works.
    Nothing "nothing" "#f1eee7" "#20242a" "Canvas";
    /// Grid map: surface of a cell where inference alone works.
    Inference "inference" "#b5dbf2" "#1c4f70" "Canvas";
    /// Grid map: outline and hatching of such a cell.
    InferenceEdge "inference-edge" "#3586b5" "#4a94c0" "CanvasText";
    /// Grid map: glyph on such a cell.
    OnInference "on-inference" "#0c3a56" "#e3f2fc" "CanvasText";
    /// Grid map: surface of a cell where training works too.
    Both "both" "#00629b" "#74c4f1" "CanvasText";
    /// Grid map: glyph on such a cell.
    OnBoth "on-both" "#ffffff" "#0b1d29" "Canvas";
}

impl Ink {
    /// The outline that a surface in this ink needs to stand out from the page.
    pub const fn edge(self) -> Option<Ink> {
        match self {
            Ink::Sky => Some(Ink::SkyEdge),
            Ink::Orange | Ink::Warn => Some(Ink::OrangeEdge),
            Ink::Yellow => Some(Ink::YellowEdge),
            Ink::Inference => Some(Ink::InferenceEdge),
            _ => None,
        }
    }

    /// The ink of a text written on a surface of this one.
    pub const fn text_on(self) -> Ink {
        match self {
            Ink::Blue => Ink::OnDark,
            Ink::Ink | Ink::Muted => Ink::Paper,
            Ink::Grid | Ink::Paper | Ink::Nothing => Ink::Ink,
            Ink::Inference => Ink::OnInference,
            Ink::Both => Ink::OnBoth,
            _ => Ink::OnLight,
        }
    }
}

/// The inks of series, each clear of both pages and of one another.
pub const SERIES: [Ink; 4] = [Ink::Blue, Ink::Vermilion, Ink::Green, Ink::Purple];

/// The inks of the parts of a bar, neighbours far apart.
pub const PARTS: [Ink; 8] = [
    Ink::Blue,
    Ink::Orange,
    Ink::Green,
    Ink::Purple,
    Ink::Sky,
    Ink::Vermilion,
    Ink::Yellow,
    Ink::Grey,
];

/// Ink, dash and marker of the `index`th series, told apart without colour.
pub fn series_style(index: usize) -> (Ink, Dash, Marker) {
    let dashes = [Dash::Solid, Dash::Long, Dash::Short, Dash::DashDot];
    let markers = [
        Marker::Disc,
        Marker::Square,
        Marker::Triangle,
        Marker::Diamond,
    ];
    let i = index % SERIES.len();
    // A fifth series repeats the ink of the first with another dash.
    (SERIES[i], dashes[(i + index / 4) % 4], markers[i])
}

/// The style of a series that is held against the `index`th: its ink, dotted, with
/// the marker empty.
pub fn other_style(index: usize) -> (Ink, Dash, Marker) {
    let (ink, _, marker) = series_style(index);
    (ink, Dash::Dots, marker.emptied())
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Long dashes.
    Long,
    /// Short dashes.
    Short,
    /// A dash and a dot in turn.
    DashDot,
    /// Dots.
    Dots,
}

impl Dash {
    const ALL: [Dash; 5] = [
        Dash::Solid,
        Dash::Long,
        Dash::Short,
        Dash::DashDot,
        Dash::Dots,
    ];

    /// The value of `stroke-dasharray`, none for an unbroken line.
    pub(crate) const fn array(self) -> Option<&'static str> {
        match self {
            Dash::Solid => None,
            Dash::Long => Some("8 3"),
            Dash::Short => Some("4 2.5"),
            Dash::DashDot => Some("8 3 1.5 3"),
            Dash::Dots => Some("1.5 3"),
        }
    }
}

/// The shape that marks a data point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marker {
    /// A filled circle.
    #[default]
    Disc,
    /// A filled square.
    Square,
    /// A filled triangle, point up.
    Triangle,
    /// A filled square on its corner.
    Diamond,
    /// An empty circle.
    Ring,
    /// An empty square.
    EmptySquare,
    /// An empty triangle, point up.
    EmptyTriangle,
    /// An empty square on its corner.
    EmptyDiamond,
    /// Nothing: the line alone.
    Nothing,
}

impl Marker {
    /// The outline of the shape alone.
    pub const fn emptied(self) -> Marker {
        match self {
            Marker::Disc => Marker::Ring,
            Marker::Square => Marker::EmptySquare,
            Marker::Triangle => Marker::EmptyTriangle,
            Marker::Diamond => Marker::EmptyDiamond,
            other => other,
        }
    }
}

/// An ink with the way it is laid down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    ink: Ink,
    dash: Dash,
    hatched: bool,
    rimmed: bool,
    alpha: f64,
    width: u32,
    filled: bool,
}

impl Pen {
    /// Fills surfaces.
    pub(crate) fn fill(ink: Ink) -> Self {
        Pen {
            filled: true,
            ..Pen::line(ink, 0)
        }
    }

    /// Draws lines `width` tenths of a pixel wide.
    pub(crate) fn line(ink: Ink, width: u32) -> Self {
        Pen {
            ink,
            dash: Dash::Solid,
            hatched: false,
            rimmed: false,
            alpha: 1.0,
            width,
            filled: false,
        }
    }

    pub(crate) fn dash(self, dash: Dash) -> Self {
        Pen { dash, ..self }
    }

    pub(crate) fn hatched(self, hatched: bool) -> Self {
        Pen { hatched, ..self }
    }

    /// Rims a surface with the colour of the page.
    pub(crate) fn rimmed(self) -> Self {
        Pen {
            rimmed: true,
            ..self
        }
    }

    pub(crate) fn alpha(self, alpha: f64) -> Self {
        Pen { alpha, ..self }
    }
}

impl From<Pen> for ShapeStyle {
    fn from(pen: Pen) -> ShapeStyle {
        let variant = pen.dash as u8 | (pen.rimmed as u8) << 6 | (pen.hatched as u8) << 7;
        ShapeStyle {
            color: RGBAColor(MARK, pen.ink as u8, variant, pen.alpha),
            filled: pen.filled,
            stroke_width: pen.width,
        }
    }
}

/// The reserved colour of an ink.
pub(crate) fn rgb_of(ink: Ink) -> (u8, u8, u8) {
    (MARK, ink as u8, 0)
}

/// What a reserved colour stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meant {
    pub(crate) ink: Ink,
    pub(crate) dash: Dash,
    pub(crate) rimmed: bool,
    pub(crate) hatched: bool,
}

/// What a colour stands for; one that is not reserved reads as plain
/// [`Ink::Ink`].
pub(crate) fn meaning((mark, ink, variant): (u8, u8, u8)) -> Meant {
    let ink = if mark == MARK {
        Ink::ALL.get(usize::from(ink)).copied()
    } else {
        None
    };
    Meant {
        ink: ink.unwrap_or(Ink::Ink),
        dash: Dash::ALL
            .get(usize::from(variant & 0x3f))
            .copied()
            .unwrap_or_default(),
        rimmed: variant & 0x40 != 0,
        hatched: variant & 0x80 != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pen_survives_its_disguise() {
        for &ink in Ink::ALL {
            for dash in Dash::ALL {
                let pen = Pen::fill(ink).dash(dash).rimmed().hatched(true);
                let RGBAColor(r, g, b, _) = ShapeStyle::from(pen).color;
                let meant = Meant {
                    ink,
                    dash,
                    rimmed: true,
                    hatched: true,
                };
                assert_eq!(meaning((r, g, b)), meant);
            }
            assert_eq!(meaning(rgb_of(ink)).ink, ink);
        }
    }
}
