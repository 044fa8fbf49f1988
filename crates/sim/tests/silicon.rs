//! Published worked examples of chip making, to the digits printed: yield, dies
//! per wafer, package cost, links. How many there are is printed at the
//! end (`cargo test -p sim --test silicon -- --nocapture`).

use sim::silicon::*;
use std::sync::atomic::{AtomicU32, Ordering};
use units::*;

static CHECKED: AtomicU32 = AtomicU32::new(0);

/// Holds a number against a published one with so many decimals.
fn same(ours: f64, published: f64, decimals: i32, what: &str) {
    let half = 0.5000001 * 10f64.powi(-decimals);
    assert!(
        (ours - published).abs() <= half,
        "{what}: {ours} against {published}"
    );
    let checked = CHECKED.fetch_add(1, Ordering::Relaxed) + 1;
    println!("{checked} published numbers of chip making reproduced so far");
}

fn area(mm2: f64) -> Area {
    Area::new(mm2)
}

fn defects(per_cm2: f64) -> DefectDensity {
    DefectDensity::new(per_cm2)
}

const NB2: YieldModel = YieldModel::NegativeBinomial(2.0);
const NB3: YieldModel = YieldModel::NegativeBinomial(3.0);
const NB10: YieldModel = YieldModel::NegativeBinomial(10.0);
const LAYERS: YieldModel = YieldModel::BoseEinstein(15.0);

/// Area in cm², density, then each model.
#[rustfmt::skip]
#[test]
fn yields_are_the_textbook_ones() {
    use YieldModel::*;
    let models = [Poisson, Murphy, Seeds, NB2, NB3, NB10, LAYERS];
    let rows = [
        (1.0, 0.10, [0.904837, 0.905592, 0.909091, 0.907029, 0.906314, 0.905287, 0.905138]),
        (4.5625, 0.09, [0.663236, 0.672607, 0.708906, 0.688336, 0.680553, 0.668701, 0.666907]),
        (6.6561, 0.10, [0.513960, 0.533218, 0.600381, 0.562946, 0.548182, 0.524980, 0.521386]),
        (6.6561, 0.14, [0.393823, 0.423159, 0.517637, 0.465345, 0.444193, 0.410262, 0.404925]),
        (6.6561, 0.20, [0.264155, 0.305544, 0.428960, 0.360457, 0.332302, 0.286572, 0.279312]),
        (8.14, 0.10, [0.443082, 0.468094, 0.551268, 0.505140, 0.486656, 0.457232, 0.452630]),
    ];
    for (cm2, density, published) in rows {
        for (model, published) in models.into_iter().zip(published) {
            let ours = model.flawless_share(area(cm2 * 100.0), defects(density));
            same(ours, published, 6, &format!("{model:?}, {cm2} cm² at {density}"));
        }
    }
}

/// The density that a reported yield of an Ascend die implies, and that of a
/// yield that is really a two-die package's.
#[rustfmt::skip]
#[test]
fn reported_yields_imply_the_published_densities() {
    use YieldModel::*;
    let die = area(665.61);
    let rows = [
        (0.20, [0.242, 0.286, 0.320, 0.262], 0.121),
        (0.30, [0.181, 0.204, 0.223, 0.192], 0.090),
        (0.40, [0.138, 0.150, 0.161, 0.144], 0.069),
        (0.50, [0.104, 0.111, 0.117, 0.108], 0.052),
        (0.60, [0.077, 0.080, 0.084, 0.079], 0.038),
    ];
    // The densities have three decimals: the yield at either end of the last one
    // must lie on either side of the report.
    let brackets = |model: YieldModel, density: f64, report: f64| {
        let at = |d: f64| model.flawless_share(die, defects(d));
        assert!(at(density - 0.00051) >= report && at(density + 0.00051) <= report, "{model:?} at {density} for {report}");
        CHECKED.fetch_add(1, Ordering::Relaxed);
    };
    for (report, densities, of_package) in rows {
        for (model, density) in [Poisson, Murphy, NB3, NB10].into_iter().zip(densities) {
            brackets(model, density, report);
        }
        brackets(Poisson, of_package, report.sqrt());
    }
}

/// Area in cm², density, share of cores, needed of built; Poisson, clustered at 3.
#[rustfmt::skip]
#[test]
fn dies_with_dead_cores_are_sold_as_published() {
    let rows = [
        (8.14, 0.10, 0.6, 144, 144, 0.443082, 0.486656, 6),
        (8.14, 0.10, 0.5, 132, 144, 0.665644, 0.682727, 6),
        (8.14, 0.10, 0.6, 132, 144, 0.722094, 0.734097, 6),
        (8.14, 0.10, 0.7, 132, 144, 0.783331, 0.790753, 6),
        (6.6561, 0.14, 0.6, 25, 25, 0.3938, 0.4442, 4),
        (6.6561, 0.14, 0.6, 24, 25, 0.6165, 0.6359, 4),
        (6.6561, 0.14, 0.6, 22, 25, 0.6874, 0.7010, 4),
        (6.6561, 0.14, 0.6, 20, 25, 0.6888, 0.7037, 4),
        (6.6561, 0.20, 0.6, 25, 25, 0.2642, 0.3323, 4),
        (6.6561, 0.20, 0.6, 24, 25, 0.4786, 0.5189, 4),
        (6.6561, 0.20, 0.6, 22, 25, 0.5829, 0.6061, 4),
        (6.6561, 0.20, 0.6, 20, 25, 0.5871, 0.6122, 4),
        (6.6561, 0.30, 0.6, 25, 25, 0.1358, 0.2164, 4),
        (6.6561, 0.30, 0.6, 24, 25, 0.3024, 0.3751, 4),
        (6.6561, 0.30, 0.6, 22, 25, 0.4375, 0.4791, 4),
        (6.6561, 0.30, 0.6, 20, 25, 0.4495, 0.4915, 4),
    ];
    for (cm2, density, area_share, needed, built, independent, clustered, decimals) in rows {
        let cores = Cores { built, needed, area_share };
        let sold = |model| sellable_share(area(cm2 * 100.0), defects(density), model, &cores);
        let what = format!("{needed}/{built} at {density}");
        same(sold(YieldModel::Poisson), independent, decimals, &what);
        same(sold(NB3), clustered, decimals, &what);
    }
}

const WAFER: Wafer = Wafer {
    diameter: Length::new(300.0),
    edge: Length::new(3.0),
    scribe: Length::new(0.1),
    field_width: Length::new(26.0),
};

/// Width and height in mm; exact, first order, exponential, with 0.58.
#[test]
fn whole_dies_on_a_wafer_are_counted_as_published() {
    let rows = [
        (10.0, 10.0, 613, 600.83, 621.30, 612.45),
        (14.6, 31.25, 123, 116.89, 127.29, 122.35),
        (21.32, 31.22, 85, 75.98, 84.84, 80.51),
        (25.0, 25.0, 89, 81.73, 90.84, 86.41),
        (26.0, 31.3, 67, 60.02, 68.18, 64.12),
        (26.0, 33.0, 64, 56.36, 64.34, 60.35),
    ];
    let usable = Length::new(294.0);
    for (width, height, exact, first_order, exponential, corrected) in rows {
        let what = format!("{width} × {height}");
        let ours = WAFER.exact_dies(Length::new(width), Length::new(height));
        same(f64::from(ours), f64::from(exact), 0, &what);
        let cell = area((width + 0.1) * (height + 0.1));
        same(
            first_order_dies_per_wafer(cell, usable),
            first_order,
            2,
            &what,
        );
        same(
            exponential_dies_per_wafer(cell, usable),
            exponential,
            2,
            &what,
        );
        same(corrected_dies_per_wafer(cell, usable), corrected, 2, &what);
    }
}

/// Chiplet Actuary's geometry.
const ACTUARY_WAFER: Wafer = Wafer {
    diameter: Length::new(300.0),
    edge: Length::new(5.0),
    scribe: Length::new(0.2),
    field_width: Length::new(26.0),
};

#[test]
fn actuary_counts_dies_and_interposers_as_published() {
    let count = |mm2: f64| actuary_dies_per_wafer(area(mm2), &ACTUARY_WAFER);
    for (mm2, published) in [
        (100.0, 571.7124),
        (456.25, 112.2178),
        (665.61, 72.9362),
        (800.0, 58.7930),
        (814.0, 57.5965),
    ] {
        same(count(mm2), published, 4, &format!("{mm2} mm²"));
    }
    for (mm2, published) in [
        (1250.0, 34.1),
        (1700.0, 22.9),
        (2500.0, 13.4),
        (2831.0, 11.1),
    ] {
        same(
            count(mm2),
            published,
            1,
            &format!("interposers of {mm2} mm²"),
        );
    }
}

const N5: (f64, f64) = (16_988.0, 0.11);
const N7: (f64, f64) = (9_346.0, 0.09);
const N14: (f64, f64) = (3_984.0, 0.08);

/// A die by Chiplet Actuary's own count and clustering.
fn die(node: (f64, f64), mm2: f64) -> Die {
    Die {
        area: area(mm2),
        raw_cost: Money::new(node.0) / actuary_dies_per_wafer(area(mm2), &ACTUARY_WAFER),
        yield_share: NB10.flawless_share(area(mm2), defects(node.1)),
    }
}

fn assembly(packaging: Packaging) -> Assembly {
    let fan_out = packaging == Packaging::FanOut;
    let pick = |fan: f64, silicon: f64| if fan_out { fan } else { silicon };
    Assembly {
        packaging,
        order: AssemblyOrder::ChipLast,
        layer: Layer {
            wafer_price: Money::new(pick(1200.0, 1937.0)),
            defects: defects(pick(0.05, 0.06)),
            clustering: pick(3.0, 6.0),
            area_ratio: pick(1.2, 1.1),
            bond_yield_share: pick(0.98, 0.95),
        },
        wafer: ACTUARY_WAFER,
        substrate_price: MoneyPerArea::new(0.005),
        micro_bump_price: MoneyPerArea::new(0.01),
        substrate_area_ratio: 4.0,
        mount_yield_share: 0.99,
    }
}

fn carried(mm2: f64, dies: u32) -> Carried {
    Carried {
        dies,
        die_area: area(mm2),
        memory_area: area(0.0),
        layers: 1,
    }
}

fn cost(node: (f64, f64), packaging: Packaging, mm2: f64, dies: u32) -> AssemblyCost {
    assembly(packaging).cost(die(node, mm2), &carried(mm2, dies))
}

/// 800 mm² of modules; several dies pay a tenth more area for the link.
#[rustfmt::skip]
#[test]
fn package_costs_are_the_published_ones() {
    use Packaging::{FanOut, Interposer, Organic};
    let parts = [
        (N5, Organic, 800.0, 1, [292.946, 382.646, 16.000, 0.162, 6.824]),
        (N5, Organic, 440.0, 2, [295.106, 175.657, 35.200, 0.715, 9.558]),
        (N5, FanOut, 440.0, 2, [299.506, 175.657, 54.915, 24.226, 24.590]),
        (N5, Interposer, 440.0, 2, [299.506, 175.657, 65.595, 44.046, 56.652]),
        (N7, Organic, 800.0, 1, [162.965, 159.637, 16.000, 0.162, 3.259]),
        (N14, Organic, 800.0, 1, [71.763, 58.248, 16.000, 0.162, 1.313]),
        (N7, Interposer, 665.61, 2, [269.591, 202.266, 106.056, 118.600, 56.257]),
    ];
    for (node, packaging, mm2, dies, published) in parts {
        let c = cost(node, packaging, mm2, dies);
        let ours = [c.raw_dies, c.defective_dies, c.raw_package, c.defective_packages, c.wasted_dies];
        for (ours, published) in ours.into_iter().zip(published) {
            same(ours.get(), published, 3, &format!("{packaging:?} {dies} × {mm2}"));
        }
    }
    let totals = [
        (N5, Organic, 800.0, 1, 698.578),
        (N5, Organic, 440.0, 2, 516.236),
        (N5, FanOut, 440.0, 2, 578.894),
        (N5, Interposer, 440.0, 2, 641.455),
        (N5, Organic, 176.0, 5, 383.610),
        (N5, Interposer, 176.0, 5, 560.645),
        (N7, Organic, 800.0, 1, 342.022),
        (N7, Organic, 440.0, 2, 281.023),
        (N7, FanOut, 440.0, 2, 336.431),
        (N7, Interposer, 440.0, 2, 383.438),
        (N14, Organic, 800.0, 1, 147.486),
        (N14, Organic, 440.0, 2, 138.715),
        (N14, Interposer, 440.0, 2, 227.333),
        (N7, Interposer, 665.61, 2, 752.770),
    ];
    for (node, packaging, mm2, dies, published) in totals {
        let total = cost(node, packaging, mm2, dies).total().get();
        same(total, published, 3, &format!("{packaging:?} {dies} × {mm2}"));
    }
}

#[test]
fn known_good_dies_cost_what_was_published() {
    let good = |node, mm2| {
        let die = die(node, mm2);
        (
            die.yield_share,
            die.raw_cost.get(),
            die.raw_cost.get() / die.yield_share,
        )
    };
    let (yield_share, raw, known_good) = good(N7, 665.61);
    same(yield_share, 0.558896, 6, "N7 yield");
    same(raw, 128.1393, 4, "N7 raw die");
    same(known_good, 229.2722, 4, "N7 known good die");
    let (yield_share, _, known_good) = good(N5, 814.0);
    same(yield_share, 0.424198, 6, "N5 yield");
    same(known_good, 695.3092, 4, "N5 known good die");
    let (yield_share, _, known_good) = good(N7, 100.0);
    same(yield_share, 0.914299, 6, "small N7 yield");
    same(known_good, 17.8797, 4, "small N7 known good die");
    // SMIC's prices and densities as reported.
    for (price, density, published) in [
        (13e3, 0.14, 434.0),
        (15e3, 0.20, 718.0),
        (15e3, 0.30, 1270.0),
    ] {
        same(
            good((price, density), 665.61).2,
            published,
            if published > 1000.0 { -1 } else { 0 },
            "SMIC",
        );
    }
}

/// Four known good dies of 213 mm² against one of 777: AMD published 0.59, the
/// tool gives 0.611.
#[test]
fn an_epyc_costs_six_tenths_of_its_monolith() {
    let known_good = |mm2| die(N14, mm2).raw_cost / die(N14, mm2).yield_share;
    same(
        known_good(213.0) * 4.0 / known_good(777.0),
        0.611,
        3,
        "EPYC",
    );
}

#[test]
fn two_dies_on_an_interposer_survive_as_published() {
    let survive = assembly(Packaging::Interposer).yield_share(&carried(665.61, 2));
    same(survive, 0.893475, 6, "two dies on one interposer");
}

#[test]
fn a_link_carries_what_its_standard_prints() {
    // UCIe: 4,096 and 1,024 Gb/s over modules of 0.3888 and 0.5715 mm of edge.
    same(4096.0 / 8.0 / 0.3888, 1317.0, 0, "advanced package");
    same(1024.0 / 8.0 / 0.5715, 224.0, 0, "standard package");
    let row = |id| {
        sim::catalogue::link(id)
            .expect("in data/links.toml")
            .edge_bandwidth
            .high
            .get()
            / 1e9
    };
    same(row("interposer"), 1317.0, 0, "advanced package in the data");
    same(row("organic"), 224.0, 0, "standard package in the data");
}
