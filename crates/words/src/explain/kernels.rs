//! A part of a token's time, kernel by kernel.

use super::formula::Amount;
use super::{Book, Formula};
use sim::llm::{Inference, KernelOf, KernelTime, Part, StepKernels};
use sim::outcome::kernels;
use units::Time;

/// Kernels that are told one by one.
const TOLD: usize = 3;

impl Book<'_> {
    /// A part of a token's time, and the kernels that take it.
    pub(super) fn token_part(&mut self, part: Part) {
        let outcome = self.outcome;
        let Ok(inference) = &outcome.inference else {
            return;
        };
        if part == Part::Prefill {
            self.others_prompts(inference);
        } else {
            let (step, constants) = kernels(self.scenario, &outcome.package, inference);
            let parts = inference.breakdown.parts();
            let found = parts.iter().find(|(found, _)| *found == part);
            let told = Amount::Time(Time::new(found.map_or(0.0, |(_, time)| *time)));
            let key = ["part.", part.name(), ".name"].concat();
            match part {
                Part::Network => {
                    if let Some(formula) = self.traffic(&step) {
                        let formula = self.of_a_token(formula, &step, inference);
                        self.step(&key, formula, told);
                    }
                }
                Part::Launches => {
                    let started = self.started(&step, constants.small);
                    let formula = self.starts(started, &step, inference);
                    self.step(&key, formula, told);
                }
                _ => self.kernels_of(part, (&key, told), &step, inference),
            }
        }
        self.cite(&["modelling-survey", "kernel-fits"]);
        self.cite_stack();
    }

    /// The sum of the kernels that this part is, and the longest of them.
    fn kernels_of(
        &mut self,
        part: Part,
        (key, told): (&str, Amount),
        step: &StepKernels,
        inference: &Inference,
    ) {
        let is_of = |kernel: &&KernelTime| match part {
            Part::Compute => kernel.computes(),
            Part::KvCache => !kernel.computes() && kernel.of == KernelOf::Cache,
            _ => !kernel.computes() && kernel.of != KernelOf::Cache,
        };
        let mut kernels: Vec<&KernelTime> = step.kernels.iter().filter(is_of).collect();
        let each = |kernel: &KernelTime| match part {
            Part::Compute => kernel.computing(),
            _ => kernel.reading(),
        };
        kernels.retain(|kernel| kernel.count > 0.0 && each(kernel).get() > 0.0);
        let all = |kernel: &KernelTime| {
            let stretch = step.fullest_ratio / inference.working.accepted;
            each(kernel) * (kernel.count * stretch)
        };
        kernels.sort_by(|a, b| all(b).get().total_cmp(&all(a).get()));
        let name = |kernel: &KernelTime| ["explain.kernel.", kernel.of.name()].concat();
        if kernels.len() > 1 {
            let named = kernels.iter().map(|kernel| {
                let time = Amount::Time(all(kernel));
                (self.inside(&name(kernel)), time)
            });
            if let Some(sum) = self.sum(named) {
                self.step(key, sum, told);
            }
        }
        for (i, kernel) in kernels.iter().take(TOLD).enumerate() {
            let formula = match part {
                Part::Compute => self.computing(kernel),
                _ => self.reading(kernel),
            };
            let formula = self.of_a_token(formula, step, inference);
            let alone = i == 0 && kernels.len() == 1;
            let key = if alone { key } else { &name(kernel) };
            self.step(key, formula, Amount::Time(all(kernel)));
        }
    }

    /// How often it runs.
    fn runs(&self, kernel: &KernelTime) -> Formula {
        self.named("explain.runs", Amount::Number(kernel.count))
    }

    /// Operations over the part of the peak that is reached.
    fn computing(&self, kernel: &KernelTime) -> Formula {
        let (peak, reached) = kernel.peak;
        let rate = self.named("explain.peak", Amount::OpRate(peak))
            * self.named("explain.reached", Amount::Share(reached));
        self.runs(kernel) * self.named("explain.kernel_ops", Amount::Number(kernel.ops.get()))
            / rate
    }

    /// Bytes over the part of the bandwidth that is reached.
    fn reading(&self, kernel: &KernelTime) -> Formula {
        let (bandwidth, reached) = kernel.bandwidth;
        let rate = self.named("page.control.bw.name", Amount::Bandwidth(bandwidth))
            * self.named("explain.reached", Amount::Share(reached));
        let formula = self.runs(kernel)
            * self.named("explain.kernel_reads", Amount::Bytes(kernel.bytes))
            / rate;
        match kernel.short_ratio {
            1.0 => formula,
            short => formula * self.named("explain.short_reads", Amount::Number(short)),
        }
    }

    /// Of a step's time what falls to each of the tokens that it gives.
    fn of_a_token(&self, formula: Formula, step: &StepKernels, served: &Inference) -> Formula {
        let formula = match step.fullest_ratio {
            1.0 => formula,
            fullest => formula * self.named("explain.fullest", Amount::Number(fullest)),
        };
        match served.working.accepted {
            1.0 => formula,
            accepted => formula / self.named("page.control.mtp.name", Amount::Number(accepted)),
        }
    }

    /// What passes links, without what is hidden.
    fn traffic(&self, step: &StepKernels) -> Option<Formula> {
        let sent = step
            .traffic
            .iter()
            .filter(|(_, count, each)| *count > 0.0 && each.get() > 0.0);
        let sent = sent.map(|(of, count, each)| {
            let name = ["explain.traffic.", of.name()].concat();
            self.named(&name, Amount::Number(*count))
                * self.named("explain.each", Amount::Time(*each))
        });
        let all = sent.reduce(|all, part| all + part)?;
        Some(match step.hidden.get() {
            0.0 => all,
            _ => all - self.named("explain.hidden", Amount::Time(step.hidden)),
        })
    }

    /// Kernels that are started, each class at its own time.
    fn started(&self, step: &StepKernels, small: Time) -> Formula {
        let class = |is_cache: bool| {
            let of = step.kernels.iter();
            let of = of.filter(move |kernel| (kernel.of == KernelOf::Cache) == is_cache);
            let launch = of.clone().next().map(|kernel| kernel.launch);
            let count: f64 = of.map(|kernel| kernel.count * kernel.kernels).sum();
            (count, launch.unwrap_or(small))
        };
        let [products, attention] = [class(false), class(true)];
        let of = |key: &str, (count, launch): (f64, Time)| {
            self.named(key, Amount::Number(count))
                * self.named("explain.each", Amount::Time(launch))
        };
        of("explain.started.products", products)
            + of("explain.started.attention", attention)
            + of("explain.started.small", (step.small_count, small))
    }

    /// The same for a token, with what a step takes outside of kernels.
    fn starts(&self, started: Formula, step: &StepKernels, served: &Inference) -> Formula {
        let software = &self.scenario.software;
        let outside = self.named(
            "explain.step_overhead",
            Amount::Time(software.step_overhead),
        );
        let sequences = Amount::Number(served.working.per_replica);
        let each = Amount::Time(software.sequence_overhead);
        let started = match step.fullest_ratio {
            1.0 => started,
            fullest => started * self.named("explain.fullest", Amount::Number(fullest)),
        };
        let all = started
            + outside
            + self.named("explain.sequences", sequences)
                * self.named("explain.sequence_overhead", each);
        match served.working.accepted {
            1.0 => all,
            accepted => all / self.named("page.control.mtp.name", Amount::Number(accepted)),
        }
    }
}
