//! Margins: what there is over what is needed; 1 just passes.

use super::formula::Amount;
use super::{Book, Formula};
use sim::llm::TrainingStop;
use sim::outcome::{SHORTEST_WAIT, TrainingGate};
use sim::supply::DAYS_PER_MONTH;
use units::Time;

impl Book<'_> {
    fn margin_ratio(&self, gate: TrainingGate) -> Option<f64> {
        let mut gates = self.outcome.training.gates.iter();
        gates.find(|found| found.gate == gate)?.margin_ratio
    }

    /// What there is over what is needed.
    fn over(&self, gate: TrainingGate) -> Option<Formula> {
        let (training, bar) = (&self.outcome.training, &self.scenario.bar);
        let reliability = training.reliability;
        let [(key, is), (other, needed)] = match gate {
            TrainingGate::Supply => {
                let wait = &self.outcome.supplied.as_ref()?.supply.wait;
                let months = wait.months_to_cluster?.max(SHORTEST_WAIT);
                let wait = Time::from_days(months * DAYS_PER_MONTH);
                [
                    (
                        "explain.patience",
                        Amount::Time(self.scenario.order.patience),
                    ),
                    ("explain.wait", Amount::Time(wait)),
                ]
            }
            TrainingGate::Memory => {
                let needed = match &training.plan {
                    Ok(plan) => plan.memory_used,
                    Err(TrainingStop::Memory { needed }) => *needed,
                    Err(_) => return None,
                };
                [
                    ("explain.memory", Amount::Bytes(self.outcome.package.memory)),
                    ("explain.needed", Amount::Bytes(needed)),
                ]
            }
            TrainingGate::Time => [
                ("explain.run_patience", Amount::Time(bar.patience)),
                ("explain.days", Amount::Time(reliability?.wall)),
            ],
            TrainingGate::Reliability => [
                ("explain.goodput", Amount::Share(reliability?.goodput_share)),
                ("explain.least_goodput", Amount::Share(bar.goodput_share)),
            ],
            TrainingGate::Power => [
                ("explain.site_limit", Amount::Power(bar.site_power)),
                ("explain.site", Amount::Power(self.outcome.energy.site)),
            ],
        };
        Some(self.named(key, is) / self.named(other, needed))
    }

    fn margin_step(&mut self, gate: TrainingGate) {
        let Some((told, formula)) = self.margin_ratio(gate).zip(self.over(gate)) else {
            return;
        };
        let name = crate::sentences::gate_name(self.lang, gate);
        let what = self.lang.fill("explain.margin", &[("gate", name)]);
        let result = self.lang.number(told, 2);
        self.step_of(what, formula, Amount::Number(told), result);
    }

    /// A gate's margin, and what that is made of.
    pub(super) fn margin(&mut self, gate: TrainingGate) {
        self.margin_step(gate);
        match gate {
            TrainingGate::Supply => self.wait(),
            TrainingGate::Memory => self.training_bytes(),
            TrainingGate::Time => self.training_days(),
            TrainingGate::Reliability => self.goodput(),
            TrainingGate::Power => self.system_power(),
        }
    }

    /// A token's time and the run against their limits; where the chip cannot be
    /// made, by how much not.
    pub(super) fn works(&mut self) {
        if !self.outcome.package.is_manufacturable() {
            return self.limit();
        }
        if let Ok(inference) = &self.outcome.inference {
            let limit = self.scenario.serving.limit;
            let formula = self.named("explain.tpot_limit", Amount::Time(limit))
                / self.named("explain.tpot", Amount::Time(inference.tpot));
            let told = limit / inference.tpot;
            let result = self.lang.number(told, 2);
            let what = self.lang.text("explain.serves").to_owned();
            self.step_of(what, formula, Amount::Number(told), result);
        }
        for gate in [
            TrainingGate::Memory,
            TrainingGate::Time,
            TrainingGate::Reliability,
            TrainingGate::Power,
        ] {
            self.margin_step(gate);
        }
        self.cite(&["modelling-survey", "kernel-fits"]);
        self.cite_stack();
    }
}
