//! How far the simulation can be trusted: predicted against measured.

use crate::{Figure, Table, frame};
use charts::{Axis, Dot, Frame, Ink, Marker, Region, Scale, ScatterSpec, scatter};
use words::Lang;

/// A measurement and what the simulation says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What was measured, with its unit.
    pub name: String,
    /// What it is of; points of one group look alike.
    pub group: usize,
    /// The published figure.
    pub measured: f64,
    /// The simulation's.
    pub predicted: f64,
    /// Where it was published.
    pub address: Option<String>,
}

/// Colour and shape of a group, in order.
pub const GROUP_MARKS: [(Ink, Marker); 6] = [
    (Ink::Blue, Marker::Disc),
    (Ink::Vermilion, Marker::Square),
    (Ink::Green, Marker::Triangle),
    (Ink::Purple, Marker::Diamond),
    (Ink::Grey, Marker::Disc),
    (Ink::Ink, Marker::Triangle),
];

/// Edges of the shaded bands, as shares of the measured figure.
const BANDS: [f64; 2] = [0.3, 0.1];

/// Each measurement at its published figure and at the simulation's, both in its
/// own unit; what lies on the diagonal is predicted exactly.
pub fn parity(
    lang: Lang,
    id: &'static str,
    caption: &str,
    compared: &[Compared],
    width: u32,
) -> Figure {
    let title = lang.text("trust.figure_title").to_owned();
    let number = |value: f64| lang.short_count(value);
    let ends = compared
        .iter()
        .flat_map(|point| [point.measured, point.predicted])
        .fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    let (low, high) = (ends.0 / 2.0, ends.1 * 2.0);
    let band = |share: f64| Region {
        label: lang.fill("trust.band", &[("share", &lang.percent(share))]),
        ink: Ink::Blue,
        corners: vec![
            (low, low * (1.0 - share)),
            (high, high * (1.0 - share)),
            (high, high * (1.0 + share)),
            (low, low * (1.0 + share)),
        ],
        outlined: false,
    };
    let dots = compared
        .iter()
        .map(|point| {
            let (ink, marker) = GROUP_MARKS[point.group % GROUP_MARKS.len()];
            Dot {
                label: lang.fill(
                    "trust.point",
                    &[
                        ("name", &point.name),
                        ("measured", &lang.number(point.measured, 3)),
                        ("predicted", &lang.number(point.predicted, 3)),
                    ],
                ),
                x: point.measured,
                y: point.predicted,
                ink,
                marker,
                address: point.address.clone(),
                unnamed: true,
                ..Dot::default()
            }
        })
        .collect();
    let spec = ScatterSpec {
        frame: Frame {
            has_links: true,
            ..frame(lang, id, &title, caption, width)
        },
        x: Axis::new(lang.text("trust.measured_axis"), Scale::Log, &number),
        y: Axis::new(lang.text("trust.predicted_axis"), Scale::Log, &number),
        dots,
        regions: BANDS.map(band).to_vec(),
        highlights: Vec::new(),
    };
    Figure {
        id: "figure-parity",
        title,
        caption: caption.to_owned(),
        drawing: scatter(&spec),
        table: Table::default(),
    }
}
