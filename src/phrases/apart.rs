//! In what B differs, as a reader chose it: what follows from a choice is no
//! difference of its own.

use super::{control_name, law_name, number_with_unit, unit, value};
use crate::session::Answered;
use sim::controls::CONTROLS;
use sim::inputs::{Input, inputs};
use sim::state::{Value, rule_ids};
use words::Lang;

/// How many differences a line has room for.
const ROOM: usize = 3;

/// In what B differs from A: the first differences, and how many more there are.
/// Empty where there is none.
pub fn apart(lang: Lang, a: &Answered, b: &Answered) -> String {
    let all = differences(lang, a, b);
    let mut said = all[..all.len().min(ROOM)].join(lang.text("page.compare.and"));
    if all.len() > ROOM {
        let more = lang.count((all.len() - ROOM) as f64);
        said.push_str(&lang.fill("page.compare.more", &[("count", &more)]));
    }
    said
}

/// Each difference: controls, rules, figures.
fn differences(lang: Lang, a: &Answered, b: &Answered) -> Vec<String> {
    let mut all = Vec::new();
    let mut differ = |name: &str, [was, is]: [String; 2]| {
        let pairs = [("name", name), ("a", &was), ("b", &is)];
        all.push(lang.fill("page.compare.instead", &pairs));
    };
    for (i, control) in CONTROLS.iter().enumerate() {
        let key = control.key;
        let chosen = a.kept().value(i) != b.kept().value(i);
        if chosen && a.value(key) != b.value(key) {
            differ(named(lang, key), values(lang, key, a, b));
        }
    }
    for (i, id) in rule_ids().enumerate() {
        let [was, is] = [a, b].map(|of| rule(lang, of, i));
        if a.kept().rule(i) != b.kept().rule(i) && was != is {
            differ(law_name(lang, id), [was, is]);
        }
    }
    if a.state.figures() != b.state.figures() {
        let [before, after] = [a, b].map(|of| inputs(&of.state));
        let figure = |list: &[Input], key: &str| {
            let at = list.iter().position(|input| input.key == key)?;
            list[at].control.is_none().then_some(at)
        };
        for input in &after {
            let key = input.key.as_str();
            if let Some(at) = figure(&before, key)
                && before[at].row == input.row
                && before[at].value != input.value
            {
                let unit = words::inputs::unit(lang, input);
                let values = [
                    lang.number(before[at].value, 4),
                    lang.with_unit(input.value, 4, &unit),
                ];
                differ(&words::inputs::name(lang, input), values);
            }
        }
    }
    all
}

/// The control's name; its key in links, where the page shows no such control.
fn named(lang: Lang, key: &'static str) -> &'static str {
    match control_name(lang, key) {
        "" => key,
        name => name,
    }
}

/// What the control says in A and in B, the unit once, and not where the control's
/// name has it.
fn values(lang: Lang, key: &str, a: &Answered, b: &Answered) -> [String; 2] {
    let said = |of: &Answered| match of.value(key) {
        Some(_) => value(lang, of, key),
        None => lang.text("page.compare.open").to_owned(),
    };
    let (Some(Value::Number(was)), Some(Value::Number(is))) = (a.value(key), b.value(key)) else {
        return [said(a), said(b)];
    };
    if key == "stack" {
        return [said(a), said(b)];
    }
    let name = control_name(lang, key).to_ascii_lowercase();
    let unit = unit(lang, key);
    let [was, is] = [was, is].map(|n| number_with_unit(lang, key, n));
    let bare = |text: String| match text.strip_suffix(unit) {
        Some(number) => number.trim_end().to_owned(),
        None => text,
    };
    let is = if has(&name, unit) { bare(is) } else { is };
    [bare(was), is]
}

/// Whether the name says the unit; `contains` would bring a search for long texts.
fn has(name: &str, unit: &str) -> bool {
    let mut parts = name.as_bytes().windows(unit.len().max(1));
    unit.is_empty() || parts.any(|part| part == unit.as_bytes())
}

/// Whether the rule is in force, and with which threshold.
fn rule(lang: Lang, of: &Answered, rule: usize) -> String {
    let scenario = &of.scenario;
    match scenario.moved.get(rule).copied().flatten() {
        Some(threshold) => lang.number(threshold, 6),
        None if scenario.in_force[rule] => lang.text("page.switch.on").to_owned(),
        None => lang.text("page.switch.off").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::controls::Kind;
    use sim::state::State;

    fn said(lang: Lang, query: &str) -> String {
        let link = sim::link::read(query);
        assert_eq!(link.notices, []);
        let other = link.other.expect("a B");
        apart(lang, &Answered::to(link.state), &Answered::to(other))
    }

    #[test]
    fn the_first_differences_are_said_and_the_others_counted() {
        let article = "b.p=article";
        assert_eq!(said(Lang::En, article), "");
        let dies = said(Lang::En, "dies=2&b.dies=4");
        assert_eq!(dies, "Dies per chip: 4 instead of 2");
        let area = said(Lang::En, "chip=h20&area=600&b.area=800");
        assert_eq!(area, "Area of one die: 800\u{a0}mm² instead of 600");
        let many =
            "chip=h20&area=600&bw=2000&chips=8&b.area=800&b.bw=4000&b.chips=64&b.tp=8&b.temp=90";
        let many = said(Lang::En, many);
        assert!(many.ends_with("; and 2 more"), "{many}");
        let figure = said(Lang::Fr, "b.f.assumption.link_energy=20");
        assert!(figure.contains(" contre "), "{figure}");
        let ruled = State::default().scenario().in_force;
        let rule = ruled
            .iter()
            .position(|now| *now)
            .expect("a rule is in force");
        let id = rule_ids().nth(rule).expect("it has an id");
        let off = said(Lang::En, &["b.rule.", id, "=off"].concat());
        assert!(off.ends_with(": not in force instead of in force"), "{off}");
    }

    #[test]
    fn every_control_that_moved_is_named() {
        for lang in Lang::ALL {
            let a = Answered::to(State::default());
            for (i, control) in CONTROLS.iter().enumerate() {
                let Kind::Number { range, .. } = control.kind else {
                    continue;
                };
                for end in [range.0, range.1] {
                    let state = State::default().with(control.key, Value::Number(end));
                    let b = Answered::to(state);
                    let said = apart(lang, &a, &b);
                    let moved = a.value(control.key) != b.value(control.key)
                        && a.state.value(i) != b.state.value(i);
                    let name = named(lang, control.key);
                    assert_eq!(said.contains(name), moved, "{said}");
                    assert!(!said.contains('{'), "{said}");
                }
            }
        }
    }
}
