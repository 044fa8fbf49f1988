//! What a reader chose: differences from a preset, as said and not yet as meant.
//!
//! [`State::scenario`] says what the choices mean.

mod kept;
mod own_chip;

use crate::catalogue::*;
use crate::controls::{CONTROLS, Kind, at, index, rounded};
use crate::date::Date;
use crate::inputs::{FigureId, tidy};
use crate::scenario::{Held, OWN_MODEL, OwnModel, Rows, Scenario, in_force, kernels_row};

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
    /// Figures that the reader put in the place of rows' own, in their order.
    figures: Vec<(FigureId, f64)>,
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
            figures: Vec::new(),
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
        for (id, number) in &other.figures {
            both.put_figure(*id, Some(*number));
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
        let Some(Value::Id(picked)) = self.values[const { at("chip") }] else {
            return false;
        };
        IS_DESIGN[control]
            || (control == const { at("chips") }
                && system(picked).is_some_and(|row| row.chip.is_some()))
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
        self.figures
            .retain(|(id, _)| !DESIGN_TABLES.contains(&id.table()));
    }

    /// Changes the input of that key (see [`inputs`](crate::inputs)), or gives it
    /// back to its row; a figure is held to its limits where rows are read.
    pub fn set_input(&mut self, key: &str, number: Option<f64>) {
        match FigureId::of_key(key) {
            Some(id) => self.put_figure(id, number),
            None => self.set(key, number.map(Value::Number)),
        }
    }

    fn put_figure(&mut self, id: FigureId, number: Option<f64>) {
        let at = self.figures.binary_search_by_key(&id, |(known, _)| *known);
        match (at, number.filter(|number| number.is_finite()).map(tidy)) {
            (Ok(at), Some(number)) => self.figures[at].1 = number,
            (Err(at), Some(number)) => self.figures.insert(at, (id, number)),
            (Ok(at), None) => drop(self.figures.remove(at)),
            (Err(_), None) => {}
        }
    }

    /// The figures that the reader changed, in the order of links.
    pub fn figures(&self) -> &[(FigureId, f64)] {
        &self.figures
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

    /// Whether the reader switched or moved a rule, or lets other tools through than
    /// the day's.
    pub fn bends_the_law(&self) -> bool {
        self.rules.iter().any(Option::is_some) || self.own(const { at("tools") }).is_some()
    }

    /// The law as it is: what the reader did to rules and tools undone.
    pub fn with_the_law(mut self) -> Self {
        self.rules = [None; RULES.len() + MEASURES.len()];
        self.set("tools", None);
        self
    }

    fn id(&self, control: usize) -> Option<&'static str> {
        match self.value(control) {
            Some(Value::Id(id)) => Some(id),
            _ => None,
        }
    }

    /// The day of the rules.
    pub fn date(&self) -> Date {
        match self.value(const { at("date") }) {
            Some(Value::Day(date)) => date,
            _ => DATA_DATE,
        }
    }

    /// The day of the fabs: what runs, what is stocked, and from when chips are
    /// gathered. That of the rules, unless the reader parts them.
    pub fn fabs(&self) -> Date {
        match self.value(const { at("fabs") }) {
            Some(Value::Day(day)) => day,
            _ => self.date(),
        }
    }

    /// The rows that the choices pick, with the reader's figures.
    pub fn rows(&self) -> Rows {
        let mut rows = self.published_rows();
        for (id, number) in &self.figures {
            id.put(&mut rows, *number);
        }
        rows
    }

    /// The rows that the choices pick, as published.
    pub fn published_rows(&self) -> Rows {
        let picked = self.id(const { at("chip") }).unwrap_or(CHIPS[0].id);
        // A system can be picked as a chip: it is its chip, so surrounded.
        let as_system = system(picked).filter(|row| row.chip.is_some());
        let chip_row = as_system
            .and_then(|row| row.chip)
            .and_then(chip)
            .or_else(|| chip(picked))
            .unwrap_or(&CHIPS[0]);
        let node_id = self.id(const { at("node") }).unwrap_or(chip_row.node);
        let memory_id = self.id(const { at("hbm") }).unwrap_or(chip_row.memory_kind);
        let stack_id = self.id(const { at("stack") }).unwrap_or(chip_row.stack);
        let stack = stack(stack_id).unwrap_or(&STACKS[0]);
        let system = as_system.or_else(|| system(chip_row.system));
        let date = self.date();
        let regime = self.id(const { at("tools") }).and_then(regime);
        Rows {
            chip: chip_row.into(),
            system: system.unwrap_or(&SYSTEMS[0]).into(),
            node: node(node_id).unwrap_or(&NODES[0]).into(),
            memory: memory(memory_id).unwrap_or(&MEMORIES[0]).into(),
            link: self.id(const { at("link") }).and_then(link).map(Held::from),
            family: chip_row.family.and_then(family).map(Held::from),
            llm: self
                .id(const { at("llm") })
                .and_then(llm)
                .unwrap_or(&LLMS[0])
                .into(),
            place: self
                .id(const { at("place") })
                .and_then(place)
                .unwrap_or(&PLACES[0])
                .into(),
            stack: stack.into(),
            kernels: kernels_row(chip_row, stack).into(),
            engine: self
                .id(const { at("engine") })
                .and_then(engine)
                .map(Held::from),
            regime: regime.unwrap_or_else(|| RegimeRow::of(date)).into(),
            assumptions: (&ASSUMPTIONS).into(),
            waived: self.is_in_force(WAIVER, date),
            date,
            fabs: self.fabs(),
        }
    }

    /// Whether that rule or measure is in force, by its dates or the reader's switch.
    fn is_in_force(&self, id: &str, date: Date) -> bool {
        rule_index(id).is_some_and(|i| match self.rules[i] {
            Some(Switch::On) => true,
            Some(Switch::Off) => false,
            Some(Switch::Moved(_)) | None => in_force(date)[i],
        })
    }

    /// What the choices mean.
    pub fn scenario(&self) -> Scenario {
        self.scenario_of(self.rows())
    }

    /// What the choices mean of those rows, which are the ones that they pick.
    fn scenario_of(&self, rows: Rows) -> Scenario {
        let said = (0..CONTROLS.len()).filter_map(|i| Some((i, self.value(i)?)));
        let mut scenario = Scenario::from_rows(rows);
        self.write_to(&mut scenario, said);
        scenario
    }

    /// Writes to the scenario of its rows what tools and controls say, in their order,
    /// whatever the state has of those that hold numbers.
    pub(crate) fn write_to(
        &self,
        scenario: &mut Scenario,
        said: impl Iterator<Item = (usize, Value)>,
    ) {
        scenario.work_with(scenario.tools);
        for (i, switch) in self.rules.into_iter().enumerate() {
            match switch {
                Some(Switch::On) => scenario.in_force[i] = true,
                Some(Switch::Off) => scenario.in_force[i] = false,
                Some(Switch::Moved(threshold)) => scenario.moved[i] = Some(threshold),
                None => {}
            }
        }
        for (i, value) in said {
            match (CONTROLS[i].kind, value) {
                (Kind::Number { write, .. }, Value::Number(number)) => {
                    write(scenario, number);
                }
                (Kind::Choice { write, .. }, Value::Id(id)) => write(scenario, id),
                (Kind::StackOrMaturity, Value::Number(maturity)) => {
                    scenario.mature(maturity.clamp(0.0, 1.0));
                }
                _ => {}
            }
        }
        if scenario.llm_id == OWN_MODEL {
            // No token passes more than there is.
            let all = scenario.own_model.parameters;
            let all = all.unwrap_or(scenario.rows.llm.parameters.central);
            let active = &mut scenario.own_model.active;
            *active = active.map(|active| active.min(all));
            let llm = &scenario.rows.llm;
            scenario.shape = scenario.own_model.shape(&llm.shape, llm.parameters.central);
        } else {
            // What is said of a model of one's own means nothing for another.
            scenario.own_model = OwnModel::default();
        }
        if scenario.chip_id == OWN_CHIP {
            own_chip::describe(scenario, |key| {
                index(key).is_some_and(|i| self.value(i).is_some())
            });
        }
    }
}

/// Whether each control is one of [`DESIGN_KEYS`].
const IS_DESIGN: [bool; CONTROLS.len()] = {
    let mut design = [false; CONTROLS.len()];
    let mut i = 0;
    while i < DESIGN_KEYS.len() {
        design[at(DESIGN_KEYS[i])] = true;
        i += 1;
    }
    design
};

/// Tables whose figures speak of one chip's silicon.
pub(crate) const DESIGN_TABLES: [&str; 5] = ["chip", "system", "node", "memory", "family"];

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

/// The measure that waives a part of the electricity bill.
const WAIVER: &str = "power";

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
