//! The drawing room: numbers and finished strings in, SVG text out.
//!
//! Charts are drawn by plotters on a back end of our own (`sheet.rs`) that
//! measures text with built-in widths, works in tenths of a pixel and writes
//! every colour as a class. So a chart has the same bytes on every machine, and
//! one drawing serves light, dark and forced-colours readers: the page's style
//! sheet ([`PALETTE_CSS`]) decides what the classes look like.
//!
//! Nothing here knows a language, a unit or a chip. Labels arrive formatted,
//! tick labels come from a closure of the caller's.
//!
//! Beside its SVG a chart gives its marks ([`Mark`]): places with the words that
//! the caller has for them, gathered while it is drawn.
//!
//! Whatever numbers come in, a chart comes out: a point that is not a finite
//! number is left out, and a chart without any point says so in the caller's
//! words.

mod axis;
mod bars;
mod canvas;
mod changes;
mod clip;
mod columns;
mod face;
mod grid_map;
mod ink;
mod key;
mod lines;
mod margins;
mod marks;
mod metrics;
mod place;
mod plot;
mod poster;
mod scatter;
mod sheet;
mod whisker;

pub use axis::{Axis, Scale};
pub use bars::{BarRow, BarSpec, Part, stacked_bar};
pub use canvas::{Frame, Theme, standalone};
pub use changes::{Change, changes, elements};
pub use columns::{ColumnGroup, ColumnRow, ColumnSpec, columns};
pub use grid_map::{Cell, Contour, GridKey, GridRow, GridSpec, Hold, OtherGrid, Reach, grid_map};
pub use ink::{Dash, Ink, Marker, PALETTE_CSS, PARTS, SERIES, other_style, series_style};
pub use lines::{LinesSpec, Panel, Rule, Said, Series, Threshold, Zone, lines};
pub use margins::{MarginRow, MarginSpec, margins};
pub use marks::{Came, Drawing, Mark, Spot, level, nearest, spot};
pub use metrics::text_width;
pub use poster::{Poster, poster};
pub use scatter::{Dot, Region, ScatterSpec, scatter};
pub use whisker::Whisker;
