//! What is in doubt, drawn through the simulation: ranges of the answers, the
//! share of draws in which a run is feasible, and which assumption drives them.
//!
//! ```
//! use doubt::{Answer, Study};
//! let link = sim::link::read("v=1&p=train-8192&draws=200");
//! let study = Study::new(&link.state, &link.view.doubt).run();
//! let shown = study.so_far();
//! assert_eq!(shown.done, 200);
//! assert!(shown.ranges.iter().any(|(answer, _)| *answer == Answer::Days));
//! ```
//!
//! Every draw goes through the same functions as the central answer. The same
//! seed gives the same digits on every machine: numbers are counted, not rolled,
//! and transcendental functions come from `libm`.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "source keys stand in square brackets"
)]

mod again;
mod answer;
pub mod draw;
mod drivers;
mod law;
pub mod philox;
mod plan;
mod shares;
pub mod sobol;
mod spread;
mod study;

pub use again::Again;
pub use answer::{Answer, Range};
pub use drivers::{Driver, FirstOrder};
pub use shares::{Cell, Shares};
pub use spread::{DoubtOf, Spread, Undrawn, doubts, spreads, undrawn};
pub use study::{SoFar, Study};
