//! The simulation: what export rules, foundry node and die count make of
//! inference, training and energy.
//!
//! Data flows one way: catalogue rows and a reader's [`state`] become a
//! [`scenario`]; [`outcome::simulate`] turns it into an [`outcome::Outcome`].
//! Nothing here knows a browser, a clock or a random number; every digit is
//! the same on every machine, because transcendental functions come from
//! `libm` and not from the platform.
//!
//! Formula docs name a source key of `data/sources.toml` in square brackets.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "source keys stand in square brackets"
)]

pub mod answer;
pub mod catalogue;
pub mod controls;
pub mod date;
pub mod energy;
pub mod export;
pub mod inputs;
pub mod link;
pub mod llm;
pub mod outcome;
pub mod scenario;
pub mod silicon;
pub mod state;
pub mod supply;
