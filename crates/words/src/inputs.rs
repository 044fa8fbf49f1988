//! What the figures behind a scenario are called.

use crate::Lang;
use sim::inputs::Input;

/// Kernels come in classes with the same figures each.
const CLASSES: [&str; 4] = ["bf16", "eight_bit", "block", "four_bit"];

/// The name of an input: its control's, where one sets it.
pub fn name(lang: Lang, input: &Input) -> String {
    if let Some(control) = input.control
        && let Some(name) = lang.find(&format!("page.control.{control}.name"))
    {
        return name.to_owned();
    }
    let text = |key: &str| lang.find(&["page.figure.", key].concat()).unwrap_or("");
    match (input.table, input.field.split_once('.')) {
        (_, Some((class, part))) if CLASSES.contains(&class) => lang.fill(
            "page.figure.of_kernel",
            &[
                ("part", text(&["kernel_", part].concat())),
                ("class", text(&["class_", class].concat())),
            ],
        ),
        ("memory", _) => text(&["stack_", input.field].concat()).to_owned(),
        ("link", _) => text(&["way_", input.field].concat()).to_owned(),
        ("assumption", _) if input.field == "die_to_die" => text("assumed_link").to_owned(),
        _ => text(input.field).to_owned(),
    }
}

/// The unit of an input, as the language writes it.
pub fn unit(lang: Lang, input: &Input) -> String {
    match (lang, input.unit) {
        // “Transistors” stands before it.
        (Lang::Fr, "GTr") => "Md".to_owned(),
        (Lang::En, "GTr") => "bn".to_owned(),
        (Lang::Fr, "million") => "millions".to_owned(),
        (Lang::Fr, "bn$") => "Md$".to_owned(),
        (Lang::Fr, "d") => "j".to_owned(),
        // French counts octets.
        (Lang::Fr, unit) => unit.replace('B', "o"),
        (Lang::En, unit) => unit.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::catalogue::PRESETS;
    use sim::inputs::inputs;
    use sim::state::State;

    #[test]
    fn every_input_has_a_name() {
        let links = [
            "chip=b200&link=hybrid&engine=vllm",
            "engine=megatron&tools=free",
            "engine=trt-llm",
        ];
        let states = PRESETS.iter().map(State::of_preset);
        let mut unnamed = std::collections::BTreeSet::new();
        for state in states.chain(links.map(|link| sim::link::read(link).state)) {
            for input in inputs(&state) {
                for lang in Lang::ALL {
                    let name = name(lang, &input);
                    if name.is_empty() || name.contains('{') || name.starts_with([',', ' ']) {
                        unnamed.insert((input.table, input.field, input.control));
                    }
                }
            }
        }
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
}
