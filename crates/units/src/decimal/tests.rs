//! Numbers held to what Rust's own library writes and reads.

use super::*;

/// Numbers of all sizes, those at the edges, and such as people write.
fn numbers() -> impl Iterator<Item = f64> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let any = (0..600).flat_map(move |i| {
        let bits = next();
        let decimal = (bits % 1_000_000) as f64 / [1.0, 8.0, 100.0, 1e5][i % 4];
        let near = f64::from_bits(bits % (1 << 58) + (988 << 52));
        [f64::from_bits(bits), decimal, -decimal, near, near * 1e-9]
    });
    let powers = (0..2047_u64).flat_map(|field| {
        let bits = field << 52;
        [bits, bits + 1, bits.max(1) - 1].map(f64::from_bits)
    });
    let edges = [
        0.0,
        -0.0,
        0.5,
        1.5,
        2.5,
        0.05,
        9.5,
        99.95,
        1e22,
        1e23,
        f64::MAX,
    ];
    let names = [f64::NAN, f64::INFINITY, -f64::INFINITY];
    any.chain(powers).chain(edges).chain(names)
}

#[test]
fn numbers_are_written_as_rust_writes_them() {
    for number in numbers() {
        assert_eq!(shortest(number), format!("{number}"));
        assert_eq!(shortest_scientific(number), format!("{number:e}"));
        for decimals in [0, 1, 2, 8, 16] {
            assert_eq!(fixed(number, decimals), format!("{number:.decimals$}"));
            assert_eq!(
                scientific(number, decimals),
                format!("{number:.decimals$e}")
            );
        }
    }
}

#[test]
fn texts_are_read_as_rust_reads_them() {
    for number in numbers().filter(|number| number.is_finite()) {
        let texts = [
            format!("{number}"),
            format!("{number:e}"),
            format!("{number:.3}"),
            format!("{number:.16e}"),
            format!("{number:.20e}"),
        ];
        for text in texts {
            let read = parse(&text).map(f64::to_bits);
            assert_eq!(read, text.parse().ok().map(f64::to_bits), "{text}");
        }
    }
}

#[test]
fn halves_between_two_numbers_and_the_ends_are_read_as_rust_reads_them() {
    let texts = [
        "9007199254740993",
        "9007199254740992.999",
        "9007199254740993.0000000001",
        "1e400",
        "-1e400",
        "1e-400",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1.8e308",
        "17976931348623171e292",
        "9e308",
        "1e309",
        "9.99999e309",
        "1e310",
        "0e999999999999",
        "1e-99999999999",
        "1.",
        ".5",
        "+3",
        "-0",
        "007",
        "1e+2",
        "1E2",
        "0.000000000000000000000000000001e40",
    ];
    for text in texts {
        let read = parse(text).map(f64::to_bits);
        assert_eq!(read, text.parse().ok().map(f64::to_bits), "{text}");
    }
    for wrong in [
        "", ".", "-", "e5", "1e", "1e+", "--1", "1 ", "0x1", "1.2.3", "1e5.0",
    ] {
        assert_eq!(parse(wrong), None, "{wrong}");
        assert!(wrong.parse::<f64>().is_err(), "{wrong}");
    }
}

#[test]
fn a_tidy_number_is_what_is_read_of_its_digits() {
    let mut bits = 0x9E37_79B9_7F4A_7C15_u64;
    let mut numbers = vec![
        0.0,
        -0.0,
        1.0,
        999_999_999.5,
        99_999_999.95,
        0.1,
        f64::NAN,
        1e300,
    ];
    for i in 0..4_000 {
        bits = bits.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(11);
        let share = (bits >> 11) as f64 / (1_u64 << 53) as f64;
        let size = 10f64.powi(i % 40 - 20);
        // As many digits as there are, and as few as people write.
        numbers.extend([share * size, -(share * 1e4).round() / 1e4 * size]);
    }
    for number in numbers {
        for digits in [1, 4, 9] {
            let read = parse(&scientific(number, digits - 1)).map(|read| read + 0.0);
            let tidied = Some(tidy(number, digits)).filter(|tidy| !tidy.is_nan());
            assert_eq!(
                tidied.map(f64::to_bits),
                read.map(f64::to_bits),
                "{number:e}"
            );
        }
    }
}
