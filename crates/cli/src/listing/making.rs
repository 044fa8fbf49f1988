//! The tables of chip making and supply.

use super::{Rows, figure, head, or_dash, ratio};
use sim::catalogue::*;

pub(super) fn memory() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "name",
        "GB",
        "GB/s",
        "edge mm",
        "area mm²",
        "$/GB",
        "since",
    ])];
    rows.extend(MEMORIES.iter().map(|memory| {
        vec![
            memory.id.into(),
            memory.name.into(),
            figure(&memory.capacity, 1e9),
            figure(&memory.bandwidth, 1e9),
            figure(&memory.edge, 1.0),
            figure(&memory.area, 1.0),
            figure(&memory.price, 1e-9),
            memory.since.to_string(),
        ]
    }));
    rows
}

pub(super) fn links() -> Rows {
    let mut rows = vec![head(&["id", "GB/s/mm, both ways", "pJ/bit", "die area"])];
    rows.extend(LINKS.iter().map(|link| {
        vec![
            link.id.into(),
            figure(&link.edge_bandwidth, 1e9),
            figure(&link.energy, 1e-12 * units::BITS_PER_BYTE),
            ratio(&link.area_share),
        ]
    }));
    rows
}

pub(super) fn supply() -> Rows {
    let millions = |count: &Figure<f64>| ratio(&in_millions(count));
    let mut rows = vec![head(&["what", "of", "year", "value", "source"])];
    rows.extend(FAMILIES.iter().flat_map(|family| {
        let line = |what: &str, value: String, source: &str| {
            vec![
                what.into(),
                family.id.into(),
                "-".into(),
                value,
                source.into(),
            ]
        };
        [
            line(
                "share of Chinese AI wafers",
                ratio(&family.share),
                family.share.source,
            ),
            line(
                "memory stacks in store, million",
                millions(&family.stock),
                family.stock.source,
            ),
            line(
                "dies in store from abroad, million",
                or_dash(family.bank.as_ref().map(millions)),
                family.bank.map_or("-", |bank| bank.source),
            ),
        ]
    }));
    let yearly = |what: &str, of: &str, year: u32, value: String, source: &str| {
        vec![
            what.into(),
            of.into(),
            year.to_string(),
            value,
            source.into(),
        ]
    };
    rows.extend(CAPACITIES.iter().map(|row| {
        let value = figure(&row.wafers, 1e3);
        yearly(
            "thousand wafers a month",
            row.fab.unwrap_or(row.pool),
            row.year,
            value,
            row.wafers.source,
        )
    }));
    rows.extend(DOMESTIC.iter().map(|row| {
        let value = millions(&row.stacks);
        yearly(
            "stacks made in China, million",
            row.memory,
            row.year,
            value,
            row.stacks.source,
        )
    }));
    rows.extend(INSTALLED.iter().map(|row| {
        let value = millions(&row.chips);
        yearly(
            "H100-equivalents installed, million",
            "world",
            row.year,
            value,
            row.chips.source,
        )
    }));
    rows.extend(REPORTED.iter().map(|row| {
        let value = millions(&row.packages);
        yearly(
            "packages reported, million",
            row.family,
            row.year,
            value,
            row.packages.source,
        )
    }));
    rows
}

fn in_millions(count: &Figure<f64>) -> Figure<f64> {
    Figure {
        low: count.low / 1e6,
        central: count.central / 1e6,
        high: count.high / 1e6,
        ..*count
    }
}
