//! The whole answer as a file: the record that the terminal prints, under what it is,
//! where it is from and who may use it.

use super::{Spreadsheet, sheet};
use sim::answer::{Record, Value};
use sim::catalogue::{DATA_DATE, MODEL};
use words::Lang;
use words::cite::LICENCE;

/// The answer as JSON, of that address.
pub fn answer_json(lang: Lang, answer: Record, url: &str) -> String {
    let mut file = Record::default();
    file.word("title", lang.text("page.title"));
    file.text("address", url.to_owned());
    file.text("model", MODEL.to_string());
    file.text("data_date", DATA_DATE.to_string());
    file.word("licence", LICENCE);
    file.part("answer", Some(answer));
    file.json(true) + "\n"
}

/// The answer for a spreadsheet, of that address: a line for each name, with its value
/// and the unit that the name says.
pub fn answer_csv(lang: Lang, answer: &Record, url: &str, of: Spreadsheet) -> String {
    let head = ["figure.name_column", "figure.value_column", "figure.unit"];
    let mut records = vec![head.map(|key| lang.text(key).to_owned()).to_vec()];
    for (name, value) in answer.rows() {
        let (value, unit) = match value {
            Value::Number(number) => (of.number(*number), unit(&name)),
            Value::Flag(flag) => (flag.to_string(), String::new()),
            Value::Text(text) => (text.to_string(), String::new()),
            // Their own values are the rows.
            Value::List(_) | Value::Record(_) => continue,
        };
        records.push(vec![name, value, unit]);
    }
    sheet(&[lang.text("page.title"), url], &records, of)
}

/// How units in names are written elsewhere.
const UNITS: [(&str, &str); 20] = [
    ("mm2", "mm²"),
    ("cm2", "cm²"),
    ("tflops", "TFLOP/s"),
    ("tops", "TOP/s"),
    ("gb", "GB"),
    ("w", "W"),
    ("kw", "kW"),
    ("mw", "MW"),
    ("s", "s"),
    ("days", "d"),
    ("usd", "USD"),
    ("joules", "J"),
    ("kwh", "kWh"),
    ("mwh", "MWh"),
    ("tco2", "t CO2"),
    ("share", "1"),
    ("ratio", "1"),
    ("density", "TPP"),
    ("million_tokens", "million tokens"),
    ("token", "token"),
];

/// The unit that the end of a name says, or that of what it is a part of; empty where
/// it counts things, or is an index of the law.
pub(super) fn unit(name: &str) -> String {
    let mut steps = name.rsplit('.');
    let found = steps.by_ref().take(2).map(of_step);
    found
        .into_iter()
        .find(|unit| !unit.is_empty())
        .unwrap_or_default()
}

fn of_step(step: &str) -> String {
    let mut parts = step.split("_per_");
    let first = parts.next().unwrap_or_default();
    let last = first.rsplit('_').next().unwrap_or_default();
    let known = |word: &str| {
        UNITS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, unit)| *unit)
    };
    let per: Vec<&str> = parts.collect();
    let Some(over) = known(last).or((!per.is_empty()).then_some(last)) else {
        return String::new();
    };
    let mut unit = over.to_owned();
    for part in per {
        unit.push('/');
        unit.push_str(known(part).unwrap_or(part));
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn names_say_their_units() {
        for (name, said) in [
            ("chip.memory_gb_per_s", "GB/s"),
            ("export.performance_density_per_mm2", "TPP/mm²"),
            ("silicon.gross_dies_per_wafer", "dies/wafer"),
            ("silicon.defects_per_cm2", "defects/cm²"),
            ("inference.tokens_per_s_per_chip", "tokens/s/chip"),
            ("inference.breakdown_s.kv_cache", "s"),
            ("inference.tpot_uncalibrated_s.1", "s"),
            ("energy.total_usd_per_million_tokens", "USD/million tokens"),
            ("energy.joules_per_token", "J/token"),
            ("training.days", "d"),
            ("supply.quarters.2026-Q1.packages", ""),
            ("export.rules.r23.margin_ratio", "1"),
            ("chip.dies", ""),
            ("export.tpp", ""),
        ] {
            assert_eq!(unit(name), said, "{name}");
        }
    }
}
