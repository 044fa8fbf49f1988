//! Pieces that any page could use: texts and numbers come in as props, choices
//! go out through callbacks.

mod choice;
mod field;
mod live;
mod radios;
mod slider;

pub use choice::{Choice, Group};
pub use field::Field;
pub use live::{Live, LiveChoice};
pub use radios::{Radio, Radios};
pub use slider::{Number, Slider, Tick};
