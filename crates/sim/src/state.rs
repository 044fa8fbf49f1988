//! What a reader chose: differences from a preset, as said and not yet as meant.
//!
//! [`State::scenario`] says what the choices mean.

use crate::catalogue::*;
use crate::controls::{CONTROLS, Kind, index, rounded};
use crate::date::Date;
use crate::scenario::{OWN_MODEL, OwnModel, Rows, Scenario, in_force};

/// What a control was set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// One of the control's names.
    Id(&'static str),
    /// A number within the control's range.
    Number(f64),
    /// A day.
    Day(Date),
}

/// What a reader did to a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Switch {
    /// In force, whatever its dates.
    On,
    /// Out of force, whatever its dates.
    Off,
    /// As its dates have it, with its lever at another threshold.
    Moved(f64),
}

/// A reader's choices.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    preset: &'static PresetRow,
    /// Choices over the preset's, by position in [`CONTROLS`].
    values: Vec<Option<Value>>,
    /// The preset's own choices, decoded once.
    base: Vec<Option<Value>>,
    /// Rules and measures that the reader changed, by [`rule_index`].
    rules: [Option<Switch>; RULES.len() + MEASURES.len()],
}

impl Default for State {
    /// The first preset, nothing changed.
    fn default() -> Self {
        Self::of_preset(&PRESETS[0])
    }
}

impl State {
    /// A preset, nothing changed.
    pub fn of_preset(preset: &'static PresetRow) -> Self {
        let mut base = vec![None; CONTROLS.len()];
        for (key, text) in preset
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
        {
            if let Some(i) = index(key) {
                base[i] = crate::link::value_of(i, text).map(|(value, _)| value);
            }
        }
        Self {
            preset,
            values: vec![None; CONTROLS.len()],
            base,
            rules: [None; RULES.len() + MEASURES.len()],
        }
    }

    /// The preset that the choices are differences from.
    pub fn preset(&self) -> &'static PresetRow {
        self.preset
    }

    /// These choices with the other's laid over them; `None` for choices over
    /// another preset.
    pub fn overlaid(&self, other: &Self) -> Option<Self> {
        let mut both = self.clone();
        for (value, over) in both.values.iter_mut().zip(&other.values) {
            *value = over.or(*value);
        }
        for (switch, over) in both.rules.iter_mut().zip(other.rules) {
            *switch = over.or(*switch);
        }
        (self.preset.id == other.preset.id).then_some(both)
    }

    /// What the control says, the reader's word before the preset's. A chip of
    /// the reader's own leaves behind what the preset said of its chip's
    /// silicon, and a system brings its own number of chips.
    pub fn value(&self, control: usize) -> Option<Value> {
        self.values[control].or_else(|| self.base[control].filter(|_| !self.left_behind(control)))
    }

    fn left_behind(&self, control: usize) -> bool {
        let Some(Value::Id(picked)) = index("chip").and_then(|i| self.values[i]) else {
            return false;
        };
        let key = CONTROLS[control].key;
        DESIGN_KEYS.contains(&key)
            || (key == "chips" && system(picked).is_some_and(|row| row.chip.is_some()))
    }

    /// What the reader set over the preset.
    pub fn own(&self, control: usize) -> Option<Value> {
        self.values[control]
    }

    /// The control of that key set by the reader.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.set(key, Some(value));
        self
    }

    /// Sets or resets the control of that key. A name or number that the
    /// control cannot hold is held to its range or ignored.
    pub fn set(&mut self, key: &str, value: Option<Value>) {
        let Some(i) = index(key) else { return };
        let control = &CONTROLS[i];
        self.values[i] = match value {
            Some(Value::Number(n)) if n.is_finite() => Some(Value::Number(control.tidy(n))),
            Some(Value::Number(_)) => None,
            other => other,
        };
    }

    /// Forgets what was said of the old chip's silicon, for a new chip.
    pub fn forget_design(&mut self) {
        for key in DESIGN_KEYS {
            self.set(key, None);
        }
    }

    /// What the reader did to the rule.
    pub fn rule(&self, rule: usize) -> Option<Switch> {
        self.rules[rule]
    }

    /// Switches a rule, moves its lever, or gives it back to the law. A threshold
    /// is held to what a lever can be; a rule without a lever keeps none.
    pub fn switch_rule(&mut self, rule: usize, switch: Option<Switch>) {
        self.rules[rule] = match switch {
            Some(Switch::Moved(threshold)) => RULES
                .get(rule)
                .and_then(RuleRow::lever)
                .filter(|_| threshold.is_finite())
                .map(|_| Switch::Moved(tidy_threshold(threshold))),
            other => other,
        };
    }

    /// Every control off: no rule, no measure, all tools let through.
    pub fn without_controls(mut self) -> Self {
        self.rules = [Some(Switch::Off); RULES.len() + MEASURES.len()];
        self.with("tools", Value::Id(REGIMES[0].id))
    }

    /// The law as it is: what the reader did to rules and tools undone.
    pub fn with_the_law(mut self) -> Self {
        self.rules = [None; RULES.len() + MEASURES.len()];
        self.set("tools", None);
        self
    }

    fn id(&self, key: &str) -> Option<&'static str> {
        match self.value(index(key)?) {
            Some(Value::Id(id)) => Some(id),
            _ => None,
        }
    }

    /// The day of the rules.
    pub fn date(&self) -> Date {
        match index("date").and_then(|i| self.value(i)) {
            Some(Value::Day(date)) => date,
            _ => DATA_DATE,
        }
    }

    /// The rows that the choices pick.
    pub fn rows(&self) -> Rows {
        let picked = self.id("chip").unwrap_or(CHIPS[0].id);
        // A system can be picked as a chip: it is its chip, so surrounded.
        let as_system = system(picked).filter(|row| row.chip.is_some());
        let chip_row = as_system
            .and_then(|row| row.chip)
            .and_then(chip)
            .or_else(|| chip(picked))
            .unwrap_or(&CHIPS[0]);
        let node_id = self.id("node").unwrap_or(chip_row.node);
        let stack_id = self.id("stack").unwrap_or(chip_row.stack);
        Rows {
            chip: chip_row,
            system: as_system
                .or_else(|| system(chip_row.system))
                .unwrap_or(&SYSTEMS[0]),
            node: node(node_id).unwrap_or(&NODES[0]),
            llm: self.id("llm").and_then(llm).unwrap_or(&LLMS[0]),
            place: self.id("place").and_then(place).unwrap_or(&PLACES[0]),
            stack: stack(stack_id).unwrap_or(&STACKS[0]),
            date: self.date(),
        }
    }

    /// What the choices mean.
    pub fn scenario(&self) -> Scenario {
        let rows = self.rows();
        let mut scenario = Scenario::from_rows(&rows);
        for (i, switch) in self.rules.into_iter().enumerate() {
            match switch {
                Some(Switch::On) => scenario.in_force[i] = true,
                Some(Switch::Off) => scenario.in_force[i] = false,
                Some(Switch::Moved(threshold)) => scenario.moved[i] = Some(threshold),
                None => {}
            }
        }
        for (i, control) in CONTROLS.iter().enumerate() {
            match (control.kind, self.value(i)) {
                (Kind::Number { write, .. }, Some(Value::Number(number))) => {
                    write(&mut scenario, number)
                }
                (Kind::Choice { write, .. }, Some(Value::Id(id))) => write(&mut scenario, id),
                (Kind::StackOrMaturity, Some(Value::Number(maturity))) => {
                    scenario.mature(maturity.clamp(0.0, 1.0));
                }
                _ => {}
            }
        }
        if rows.llm.id == OWN_MODEL {
            // No token passes more than there is.
            let all = scenario.own_model.parameters;
            let all = all.unwrap_or(rows.llm.parameters.central);
            let active = &mut scenario.own_model.active;
            *active = active.map(|active| active.min(all));
            scenario.shape = scenario
                .own_model
                .shape(&rows.llm.shape, rows.llm.parameters.central);
        } else {
            // What is said of a model of one's own means nothing for another.
            scenario.own_model = OwnModel::default();
        }
        if rows.chip.id == OWN_CHIP {
            describe_own_chip(&mut scenario, |key| {
                index(key).is_some_and(|i| self.value(i).is_some())
            });
        }
        scenario
    }

    /// The same choices without those that change nothing: what a link keeps.
    pub fn canonical(&self) -> Self {
        let mut kept = self.clone();
        for i in 0..CONTROLS.len() {
            if kept.values[i].is_some() {
                let mut without = kept.clone();
                without.values[i] = None;
                if without.scenario() == kept.scenario() {
                    kept = without;
                }
            }
        }
        let by_dates = in_force(kept.date());
        for (i, (switch, by_dates)) in kept.rules.iter_mut().zip(by_dates).enumerate() {
            let lever = RULES.get(i).and_then(RuleRow::lever);
            *switch = switch.filter(|switch| match switch {
                Switch::On => !by_dates,
                Switch::Off => by_dates,
                Switch::Moved(threshold) => lever.is_some_and(|l| l.threshold != *threshold),
            });
        }
        kept
    }
}

/// Most that a threshold can be moved to.
pub const MOST_THRESHOLD: f64 = 1e6;
/// Decimals of a threshold in links.
pub const THRESHOLD_DECIMALS: u8 = 2;

/// A threshold held to its range and to the decimals that links keep.
fn tidy_threshold(threshold: f64) -> f64 {
    rounded(threshold.clamp(0.0, MOST_THRESHOLD), THRESHOLD_DECIMALS)
}

/// The blank that a reader fills in.
pub const OWN_CHIP: &str = "custom";

/// Names of everything that can be switched: US rules, then China's measures.
pub fn rule_ids() -> impl Iterator<Item = &'static str> {
    RULES
        .iter()
        .map(|rule| rule.id)
        .chain(MEASURES.iter().map(|measure| measure.id))
}

/// Position of a rule or measure among [`rule_ids`].
pub fn rule_index(id: &str) -> Option<usize> {
    rule_ids().position(|known| known == id)
}

/// Controls that speak of one chip's silicon.
pub const DESIGN_KEYS: &[&str] = &[
    "node",
    "stack",
    "bf16",
    "fp8",
    "int8",
    "fp4",
    "mem",
    "bw",
    "tdp",
    "io",
    "domain",
    "dc",
    "transistors",
    "dies",
    "area",
    "d0",
    "spare",
    "wafer",
    "pack",
    "order",
    "link",
    "d2d",
    "hbm",
    "stacks",
    "share",
    "bank",
    "hbmstock",
    "hbmnew",
];

/// A reader's own chip is what the reader says it is: node, dies, area, cores,
/// links and memory describe it instead of moving it. 8-bit integers run twice as
/// fast as 16 bit where nothing else is said, and memory is what its stacks hold.
fn describe_own_chip(scenario: &mut Scenario, says: impl Fn(&str) -> bool) {
    let (design, making) = (&mut scenario.design, &mut scenario.making);
    let anchor = &mut scenario.anchor;
    anchor.node = design.node;
    anchor.dies = design.dies;
    anchor.die_area = design.die_area;
    anchor.controlled_area = Some(design.die_area * f64::from(design.dies));
    anchor.cores = design.cores;
    let stack = design.generation(anchor);
    let most = design.most_stacks(anchor, making);
    let stacks = design.stacks.unwrap_or(anchor.stacks.min(most));
    if design.memory.is_some() || design.stacks.is_some() {
        if !says("mem") {
            anchor.memory = stack.capacity * f64::from(stacks);
        }
        if !says("bw") {
            anchor.bandwidth = stack.bandwidth * f64::from(stacks);
        }
    }
    anchor.memory_stack = stack;
    anchor.stacks = stacks;
    design.memory = None;
    anchor.die_to_die = design.die_to_die(anchor, making);
    making.link_area_share = design.link_area_share(making);
    if let Some(link) = design.link {
        making.own_link_energy = link.energy;
    }
    (design.link, design.die_to_die) = (None, None);
    if !says("int8") && !says("fp8") {
        anchor.peaks.int8 = Some(anchor.peaks.bf16 * 2.0);
    }
}
