//! Chips at the edge of every clause, with what each paragraph's own words say of
//! them.

use sim::export::Metrics;
use units::{Bandwidth, Transistors};

/// A chip of which no rule wants to know anything.
pub const NOTHING: Metrics = Metrics {
    tpp: 0.0,
    performance_density: Some(0.0),
    links: Some(Bandwidth::new(0.0)),
    memory: Bandwidth::new(0.0),
    data_centre: true,
    transistors: Transistors::new(0.0),
    stack_density: None,
    packaged_in_china: false,
    american: true,
    name: "",
};

pub fn chip(tpp: f64, density: f64) -> Metrics {
    Metrics {
        tpp,
        performance_density: Some(density),
        ..NOTHING
    }
}

fn card(tpp: f64, density: f64) -> Metrics {
    Metrics {
        data_centre: false,
        ..chip(tpp, density)
    }
}

/// Links and memory, in GB/s.
fn rates(links: f64, memory: f64) -> Metrics {
    Metrics {
        links: Some(Bandwidth::new(links * 1e9)),
        memory: Bandwidth::new(memory * 1e9),
        ..NOTHING
    }
}

fn with_tpp(tpp: f64, metrics: Metrics) -> Metrics {
    Metrics { tpp, ..metrics }
}

fn foreign_made(billions: f64, stacked: bool, in_china: bool) -> Metrics {
    Metrics {
        transistors: Transistors::new(billions * 1e9),
        stack_density: stacked.then_some(5.0),
        packaged_in_china: in_china,
        ..NOTHING
    }
}

fn stack(density: f64) -> Metrics {
    Metrics {
        stack_density: Some(density),
        ..NOTHING
    }
}

/// Rule, paragraph by its place, a chip at the edge, and whether that paragraph's
/// own words hold, read from the text.
#[rustfmt::skip]
pub fn edges() -> Vec<(&'static str, usize, Metrics, bool)> {
    vec![
        ("r22", 0, with_tpp(4800.0, rates(600.0, 0.0)), true),
        ("r22", 0, with_tpp(4799.9, rates(600.0, 0.0)), false),
        ("r22", 0, with_tpp(4800.0, rates(599.9, 0.0)), false),
        ("r22", 0, with_tpp(9000.0, rates(0.0, 0.0)), false),
        ("r22", 0, with_tpp(0.0, rates(900.0, 0.0)), false),
        // Note 2: not for data centres, and below 4800.
        ("r23", 0, card(4799.9, 10.0), true),
        ("r23", 0, card(4800.0, 0.0), false),
        ("r23", 0, card(9000.0, 0.0), false),
        ("r23", 0, chip(1000.0, 0.0), false),
        // 3A090.a for data centres.
        ("r23", 1, chip(4800.0, 0.0), true),
        ("r23", 1, chip(4799.9, 0.0), false),
        ("r23", 1, chip(0.0, 10.0), false),
        ("r23", 1, chip(1600.0, 5.92), true),
        ("r23", 1, chip(1599.9, 6.0), false),
        ("r23", 1, chip(1600.0, 5.919), false),
        ("r23", 1, chip(4000.0, 0.0), false),
        ("r23", 1, card(9000.0, 0.0), false),
        ("r23", 1, card(2000.0, 10.0), false),
        // 3A090.a for the rest.
        ("r23", 2, card(4800.0, 0.0), true),
        ("r23", 2, card(4799.9, 0.0), false),
        ("r23", 2, card(1600.0, 5.92), true),
        ("r23", 2, card(1599.9, 6.0), false),
        ("r23", 2, card(1600.0, 5.919), false),
        // 3A090.b.
        ("r23", 3, chip(2400.0, 1.6), true),
        ("r23", 3, chip(2399.9, 1.6), false),
        ("r23", 3, chip(2400.0, 1.599), false),
        ("r23", 3, chip(4799.9, 2.0), true),
        ("r23", 3, chip(4800.0, 2.0), false),
        ("r23", 3, chip(4848.1, 2.0), false),
        ("r23", 3, chip(2400.0, 5.919), true),
        ("r23", 3, chip(2400.0, 5.92), false),
        ("r23", 3, chip(2400.0, 5.95), false),
        ("r23", 3, chip(1600.0, 3.2), true),
        ("r23", 3, chip(1599.9, 3.2), false),
        ("r23", 3, chip(1600.0, 3.199), false),
        ("r23", 3, chip(1600.0, 5.919), true),
        ("r23", 3, chip(1600.0, 5.92), false),
        ("r23", 3, chip(1600.0, 5.95), false),
        ("r23", 3, chip(1000.0, 4.0), false),
        ("r23", 3, chip(9000.0, 2.0), false),
        ("r23", 3, chip(9000.0, 0.0), false),
        ("r23", 3, chip(3000.0, 9.0), false),
        // Stacks.
        ("r24d", 0, stack(2.0), false),
        ("r24d", 0, stack(2.001), true),
        ("r24d", 0, stack(3.299), true),
        ("r24d", 0, stack(3.3), false),
        ("r24d", 0, stack(9.0), false),
        ("r24d", 1, stack(2.0), false),
        ("r24d", 1, stack(2.001), true),
        ("r24d", 1, stack(0.5), false),
        // Foundries.
        ("fdy", 0, foreign_made(30.0, true, false), true),
        ("fdy", 0, foreign_made(29.99, true, false), false),
        ("fdy", 0, foreign_made(30.0, false, false), true),
        ("fdy", 0, foreign_made(1.0, false, true), true),
        ("fdy27", 0, foreign_made(30.0, true, false), true),
        ("fdy27", 0, foreign_made(29.99, true, false), false),
        ("fdy27", 0, foreign_made(34.99, false, false), false),
        ("fdy27", 0, foreign_made(35.0, false, false), true),
        ("fdy27", 0, foreign_made(1.0, false, true), true),
        ("fdy27", 0, foreign_made(1.0, true, false), false),
        ("fdy29", 0, foreign_made(30.0, true, false), true),
        ("fdy29", 0, foreign_made(29.99, true, false), false),
        ("fdy29", 0, foreign_made(39.99, false, false), false),
        ("fdy29", 0, foreign_made(40.0, false, false), true),
        ("fdy29", 0, foreign_made(1.0, false, true), true),
        ("fdy29", 0, foreign_made(1.0, true, false), false),
        // Letters.
        ("inf25", 0, rates(0.0, 1400.0), true),
        ("inf25", 0, rates(0.0, 1399.9), false),
        ("inf25", 0, rates(1100.0, 0.0), true),
        ("inf25", 0, rates(1099.9, 0.0), false),
        ("inf25", 0, rates(800.0, 900.0), true),
        ("inf25", 0, rates(800.0, 899.9), false),
        // Review, duty.
        ("r26", 0, with_tpp(20_999.9, rates(0.0, 6499.9)), true),
        ("r26", 0, with_tpp(21_000.0, rates(0.0, 6000.0)), false),
        ("r26", 0, with_tpp(21_100.0, rates(0.0, 6000.0)), false),
        ("r26", 0, with_tpp(20_000.0, rates(0.0, 6500.0)), false),
        ("r26", 0, with_tpp(20_000.0, rates(0.0, 6550.0)), false),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 4800.0)), true),
        ("tar26", 0, with_tpp(14_000.0, rates(0.0, 4800.0)), false),
        ("tar26", 0, with_tpp(14_000.1, rates(0.0, 4800.0)), true),
        ("tar26", 0, with_tpp(13_900.0, rates(0.0, 4800.0)), false),
        ("tar26", 0, with_tpp(17_500.0, rates(0.0, 4800.0)), false),
        ("tar26", 0, with_tpp(17_499.9, rates(0.0, 4800.0)), true),
        ("tar26", 0, with_tpp(17_600.0, rates(0.0, 4800.0)), false),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 4500.0)), false),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 4500.1)), true),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 4460.0)), false),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 5000.0)), false),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 4999.9)), true),
        ("tar26", 0, with_tpp(15_831.0, rates(0.0, 5040.0)), false),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 6000.0)), true),
        ("tar26", 1, with_tpp(20_800.0, rates(0.0, 6000.0)), false),
        ("tar26", 1, with_tpp(20_800.1, rates(0.0, 6000.0)), true),
        ("tar26", 1, with_tpp(20_700.0, rates(0.0, 6000.0)), false),
        ("tar26", 1, with_tpp(21_100.0, rates(0.0, 6000.0)), false),
        ("tar26", 1, with_tpp(21_099.9, rates(0.0, 6000.0)), true),
        ("tar26", 1, with_tpp(21_200.0, rates(0.0, 6000.0)), false),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 5800.0)), false),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 5800.1)), true),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 5750.0)), false),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 6200.0)), false),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 6199.9)), true),
        ("tar26", 1, with_tpp(20_919.0, rates(0.0, 6250.0)), false),
        // The bill.
        ("safe", 0, chip(4800.0, 0.0), true),
        ("safe", 0, chip(4799.9, 0.0), false),
        ("safe", 0, chip(0.0, 9.0), false),
        ("safe", 0, chip(2400.0, 1.6), true),
        ("safe", 0, chip(2399.9, 1.6), false),
        ("safe", 0, chip(2400.0, 1.599), false),
        ("safe", 0, chip(1600.0, 3.2), true),
        ("safe", 0, chip(1599.9, 3.2), false),
        ("safe", 0, chip(1600.0, 3.199), false),
        ("safe", 0, rates(0.0, 4100.0), true),
        ("safe", 0, rates(0.0, 4099.9), false),
        ("safe", 0, rates(1100.0, 0.0), true),
        ("safe", 0, rates(1099.9, 0.0), false),
        ("safe", 0, rates(1000.0, 4000.0), true),
        ("safe", 0, rates(1000.0, 3999.9), false),
        ("safe", 0, card(9000.0, 9.0), false),
        ("safe", 0, card(3000.0, 3.0), false),
        ("safe", 0, card(2000.0, 5.0), false),
        ("safe", 0, Metrics { data_centre: false, ..rates(0.0, 4500.0) }, false),
        ("safe", 0, Metrics { data_centre: false, ..rates(1200.0, 0.0) }, false),
        ("safe", 0, Metrics { data_centre: false, ..rates(1050.0, 4050.0) }, false),
    ]
}
