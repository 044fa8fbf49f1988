//! The baker refuses each kind of bad row, and says which field and why.
//!
//! A small good set of data is changed in one place at a time; every change
//! must be refused with a message that names the row, the field and the remedy.

#[path = "../build/bake.rs"]
mod bake;
#[path = "bake/good.rs"]
mod good;

use good::{CHIPS, PLACES, SOURCES, good};

/// The mistakes found when `from` is replaced by `to`, once, in `file`.
fn mistakes(file: &'static str, from: &str, to: &str) -> Vec<String> {
    let mut texts = good();
    let text = texts.get_mut(file).expect("the file is one of the set");
    assert!(text.contains(from), "{file} has no {from:?} to change");
    *text = text.replacen(from, to, 1);
    bake::bake(&texts).errors
}

#[test]
fn the_good_set_bakes_into_the_catalogue() {
    let baked = bake::bake(&good());
    assert_eq!(baked.errors, [""; 0]);
    assert_eq!(baked.uncited, [""; 0]);
    for expected in [
        "pub const DATA_DATE: Date = Date::baked(2026, 9, 28);",
        "pub const LAW_KNOWN_TO: Date = Date::baked(2026, 9, 28);",
        "bandwidth: Figure { low: Bandwidth::new(4000000000000.0), ",
        "low: Power::new(400.0), central: Power::new(500.0), high: Power::new(550.0), tier: Tier::Guess, source: \"sheet\"",
        "cores: Some(CoresRow { built: 144, sold: 78, source: \"sheet\" })",
        "entity_listed: None",
        "chips: &[\"h20\"]",
        "ClauseRow { metric: Metric::PerformanceDensity, compare: Compare::AtLeast, threshold: 5.92 }",
        "until: Some(Date::baked(2027, 1, 15)), reviews: &[\"r23\"]",
        "attention: AttentionRow::Grouped { heads: 4, kv_heads: 2, head_dim: 16 }",
        "experts: Some(ExpertsRow { routed: 8, active: 2, shared: 1, inner: 32, dense_layers: 1, servers_at_most: 0 })",
        "pub reticle: Figure<Area>,",
        "pub odds: Figure<f64>,",
        "odds: Figure { low: 0.1, central: 0.2, high: 0.5, tier: Tier::Guess, source: \"sheet\" }",
    ] {
        assert!(
            baked.code.contains(expected),
            "no {expected:?} in\n{}",
            baked.code
        );
    }
}

/// One slip: the file, the text, what it becomes, and what the message says.
type Slip = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

#[rustfmt::skip]
const SLIPS: &[Slip] = &[
    // Dimensions and units.
    ("chips.toml", "96 GB", "96 GB/s", &["h20", "memory", "Bytes", "GB"]),
    ("chips.toml", "4 TB/s", "4 TB", &["h20", "bandwidth", "Bandwidth", "TB/s"]),
    ("chips.toml", "148 TFLOP/s", "148 TFLOPS", &["bf16", "TFLOP/s"]),
    ("nodes.toml", "0.1 /cm²", "0.1 /mm²", &["n4", "defects", "/cm²"]),
    ("chips.toml", "\"96 GB\"", "96", &["memory", "no unit"]),
    ("nodes.toml", "1.2", "\"1.2 GHz\"", &["speed_ratio", "bare number"]),
    ("chips.toml", "814 mm²", "many mm²", &["die_area"]),
    ("chips.toml", "{ value = \"96 GB\", source = \"sheet\", tier = \"vendor\" }", "\"96 GB\"", &["memory", "no source"]),
    // Fields absent, unknown or of another kind.
    ("chips.toml", "dies = 1\n", "", &["h20", "dies", "missing"]),
    ("chips.toml", "dies = 1\n", "dies = 0\n", &["dies", "at least 1"]),
    ("chips.toml", "dies = 1\n", "dies = 2\n", &["die_to_die", "missing"]),
    ("chips.toml", "dies = 1\n", "dies = 1\ndie_to_die = { value = \"270 GB/s\", source = \"sheet\", tier = \"vendor\" }\n", &["die_to_die", "single die"]),
    ("chips.toml", "dies = 1\n", "dies = 1\nfp32 = 3\n", &["fp32", "unknown field", "bf16"]),
    ("chips.toml", "sold = 78", "sold = 145", &["cores", "sold", "built"]),
    ("supply.toml", "bank = { value = 1000, source = \"sheet\", tier = \"estimate\" }\n", "", &["ascend", "bank_die", "stands with"]),
    ("chips.toml", "in_article = true", "in_article = \"yes\"", &["in_article", "true nor false"]),
    ("chips.toml", "name = \"H20\"", "name = 20", &["name", "text in quotes"]),
    ("chips.toml", "maker = \"NVIDIA\"", "maker = \"\"", &["maker", "text in quotes"]),
    ("chips.toml", "origin = \"foreign\"", "origin = \"french\"", &["origin", "chinese, foreign"]),
    ("chips.toml", "packaging = \"interposer\"", "packaging = \"glue\"", &["packaging", "organic"]),
    ("chips.toml", "[[chip]]", "[[chips]]", &["chips.toml", "`chips`", "known are chip"]),
    ("chips.toml", "[[chip]]", "[[chip", &["chips.toml", "not TOML"]),
    ("models.toml", "kv_heads = 2, ", "", &["small", "attention", "kv_heads", "missing"]),
    ("models.toml", "active = 2", "active = 9", &["experts", "active", "routed"]),
    ("stacks.toml", "compute = { value = 0.79", "compute = { valu = 0.79", &["h100", "bf16", "compute", "valu"]),
    ("assumptions.toml", "\"Area\"", "\"Acres\"", &["reticle", "quantity", "Area"]),
    ("sources.toml", "date = \"2026-09-28\"\n", "", &["sources.toml", "date", "missing"]),
    ("rules.toml", "known_to = \"2026-09-28\"\n", "", &["rules.toml", "known_to", "missing"]),
    // Sources and references.
    ("chips.toml", "source = \"sheet\"", "source = \"rumour\"", &["h20", "die_area", "source", "rumour"]),
    ("chips.toml", ", source = \"sheet\"", "", &["die_area", "source", "missing"]),
    ("chips.toml", "tier = \"vendor\"", "tier = \"sure\"", &["die_area", "tier", "vendor, measured"]),
    ("chips.toml", "node = \"n4\"", "node = \"n5\"", &["h20", "node", "n5"]),
    ("chips.toml", "memory_kind = \"hbm3\"", "memory_kind = \"hbm9\"", &["memory_kind", "hbm9"]),
    ("nodes.toml", "pool = \"five\"", "pool = \"six\"", &["n4", "pool", "six"]),
    ("supply.toml", "memory = \"hbm3\"", "memory = \"hbm9\"", &["hbm3.2026", "memory", "hbm9"]),
    ("supply.toml", "170 kwpm", "170 wafers", &["five.2025", "wafers", "kwpm"]),
    ("chips.toml", "stack = \"cuda\"", "stack = \"cudo\"", &["stack", "cudo"]),
    ("chips.toml", "kernels = \"h100\"", "kernels = \"h1\"", &["kernels", "h1"]),
    ("chips.toml", "system = \"box\"", "system = \"bag\"", &["system", "bag"]),
    ("systems.toml", "chip = \"h20\"", "chip = \"h21\"", &["box", "chip", "h21"]),
    ("stacks.toml", "kernels = \"h100\"", "kernels = \"h1\"", &["cuda", "kernels", "h1"]),
    ("rules.toml", "reviews = [\"r23\"]", "reviews = [\"r24\"]", &["r26", "reviews", "r24"]),
    ("rules.toml", "chips = [\"h20\"]", "chips = [\"h21\"]", &["told-off", "chips", "h21"]),
    ("models.toml", "source = \"sheet\"", "source = \"rumour\"", &["small", "source", "rumour"]),
    // Ids.
    ("chips.toml", "id = \"h20\"", "id = \"H20\"", &["id", "a-z"]),
    ("chips.toml", "id = \"h20\"", "id = \"-h20\"", &["id", "a-z"]),
    ("moments.toml", "[[moment]]", "[[moment]]\nid = \"today\"\ndate = \"2026-01-01\"\n[[moment]]", &["today", "id", "twice"]),
    ("sources.toml", "[[source]]", "[[source]]\nkey = \"sheet\"\ntitle = \"T\"\npublisher = \"P\"\npublished = \"2020\"\n[[source]]", &["sheet", "key", "twice"]),
    // Ranges.
    ("chips.toml", "low = \"400 W\"", "low = \"501 W\"", &["tdp", "low", "above `central`"]),
    ("chips.toml", "high = \"550 W\"", "high = \"499 W\"", &["tdp", "high", "below `central`"]),
    ("chips.toml", "low = \"400 W\", ", "", &["tdp", "low", "missing"]),
    ("chips.toml", "low = \"400 W\"", "value = \"400 W\", low = \"400 W\"", &["tdp", "low", "value"]),
    ("chips.toml", "tier = \"estimate\"", "tier = \"guess\"", &["price", "tier", "a figure nobody published is a range, tagged as a guess"]),
    ("chips.toml", "96 GB", "0 GB", &["memory", "above zero"]),
    ("chips.toml", "96 GB", "-96 GB", &["memory", "above zero"]),
    ("chips.toml", "96 GB", "1e999 GB", &["memory"]),
    ("nodes.toml", "1.2", "inf", &["speed_ratio", "out of bounds"]),
    ("systems.toml", "\"0 W\"", "\"-1 W\"", &["optics_power", "negative"]),
    ("places.toml", "1.5", "0.9", &["pue", "1 or above"]),
    ("stacks.toml", "value = 0.75", "value = 1.75", &["scale_up_efficiency", "0 to 1"]),
    ("stacks.toml", "value = 1.2", "value = 0.2", &["expert_imbalance", "1 or above"]),
    // Dates.
    ("chips.toml", "2023-11-01", "2023-11-31", &["launch", "no day"]),
    ("nodes.toml", "2022-01-01", "2022-1-1", &["since", "no day"]),
    ("doubts.toml", "node.defects", "node.defect", &["luck", "figures", "node.defect"]),
    ("doubts.toml", "log-uniform", "normal", &["luck", "kind", "log-triangular"]),
    ("moments.toml", "2026-09-28", "2025-02-29", &["today", "date", "no day"]),
    ("rules.toml", "2027-01-15", "2026-01-15", &["r26", "until", "not after"]),
    // Rules.
    ("rules.toml", "tpp >= 4800", "tpp => 4800", &["r23", "any", "tpp >= 4800"]),
    ("rules.toml", "tpp >= 4800", "tops >= 4800", &["r23", "any", "performance_density"]),
    ("rules.toml", "tpp >= 4800", "tpp >= many", &["r23", "any", "is no clause"]),
    ("rules.toml", "any = [[\"tpp < 21000\"]]", "any = [\"tpp < 21000\"]", &["r26", "any", "group"]),
    ("rules.toml", "any = [[\"tpp < 21000\"]]", "any = []", &["r26", "any", "catches nothing"]),
    ("rules.toml", "posture = \"case-by-case\"", "posture = \"perhaps\"", &["posture", "case-by-case"]),
    ("rules.toml", "reviews = [\"r23\"]\n", "", &["r26", "reviews", "review"]),
    ("rules.toml", "kind = \"item\"", "kind = \"item\"\nreviews = [\"r26\"]", &["r23", "reviews", "review"]),
    ("rules.toml", "kind = \"item\"", "kind = \"item\"\nduty_share = 0.25", &["r23", "duty_share", "tax"]),
    ("rules.toml", "status = \"law\"", "status = \"rumour\"", &["r23", "status", "bill"]),
    ("rules.toml", "buyers = [\"platform\"]", "buyers = [\"everybody\"]", &["told-off", "buyers", "platform"]),
    ("rules.toml", "gate = \"discouraged\"", "gate = \"ajar\"", &["told-off", "gate", "barred"]),
];

#[test]
fn every_slip_is_refused_by_name() {
    for (file, from, to, said) in SLIPS {
        let found = mistakes(file, from, to);
        let told = |message: &String| {
            message.contains(&format!("data/{file}"))
                && said.iter().all(|word| message.contains(word))
        };
        assert!(
            found.iter().any(told),
            "{file}: {from:?} → {to:?} should say {said:?}, not {found:#?}"
        );
    }
}

#[test]
fn all_mistakes_are_found_in_one_run() {
    let mut texts = good();
    texts.insert(
        "chips.toml",
        CHIPS.replace("96 GB", "96 W").replace("dies = 1\n", ""),
    );
    texts.insert("places.toml", PLACES.replace("560 g/kWh", "560"));
    let found = bake::bake(&texts).errors;
    for field in ["memory", "dies", "carbon"] {
        assert!(
            found.iter().any(|m| m.contains(field)),
            "{field} in {found:#?}"
        );
    }
}

#[test]
fn a_source_that_nothing_cites_is_named() {
    let mut texts = good();
    let idle =
        "[[source]]\nkey = \"idle\"\ntitle = \"T\"\npublisher = \"P\"\npublished = \"2020\"\n";
    texts.insert("sources.toml", format!("{SOURCES}{idle}"));
    let baked = bake::bake(&texts);
    assert_eq!(
        (baked.errors.len(), baked.uncited),
        (0, vec!["idle".to_owned()])
    );
}

#[test]
fn every_quantity_of_the_units_can_be_assumed() {
    for (quantity, unit) in units::QUANTITIES {
        let mut texts = good();
        let row = format!(
            "[x]\nquantity = \"{quantity}\"\nvalue = \"2 {unit}\"\nsource = \"sheet\"\ntier = \"vendor\"\n"
        );
        texts.insert("assumptions.toml", row);
        let baked = bake::bake(&texts);
        assert!(baked.errors.is_empty(), "{:?}", baked.errors);
        assert!(
            baked.code.contains(&format!("pub x: Figure<{quantity}>")),
            "{quantity}"
        );
    }
}

#[test]
fn a_slip_in_the_changelog_is_refused_by_name() {
    let good = "[[release]]\nversion = \"1.1\"\ndate = \"2026-12-01\"\ndata = \"2026-11-30\"\n\
        answers = [\"training\"]\nen = \"Heat.\"\nfr = \"La chaleur.\"\n";
    let older = good.replace("1.1", "1.0");
    let read = |text: &str| bake::releases::releases(text);
    let code = read(&[good, &older].concat()).expect("two good releases");
    assert!(code.contains("major: 1, minor: 1") && code.contains("La chaleur."));
    for (from, to, said) in [
        ("1.1", "one", "a version is like"),
        ("2026-12-01", "December", "`date`"),
        ("training", "weather", "weather"),
        ("fr = ", "de = ", "lacks `fr`"),
        ("[[release]]", "[release]", "no [[release]]"),
        ("\"Heat.\"", "\"Heat.\\tCold.\"", "without tabs"),
    ] {
        let refused = read(&good.replace(from, to)).expect_err(to);
        let named = refused.starts_with(&["data/", bake::releases::FILE].concat());
        assert!(named && refused.contains(said), "{to}: {refused}");
    }
    let refused = read(&[&older, good].concat()).expect_err("the older first");
    assert!(refused.contains("newest"), "{refused}");
}
