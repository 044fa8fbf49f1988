//! Length of a run, share of the peak, failures; bytes where it does not fit.

use super::formula::Amount;
use super::{Book, Formula, Loss};
use sim::llm::{Format, Reliability, Training, TrainingStop};
use units::{OpRate, Time};

impl Book<'_> {
    fn run(&self) -> Option<(Training, Reliability)> {
        let training = &self.outcome.training;
        Some((*training.plan.as_ref().ok()?, training.reliability?))
    }

    /// The peak that the share of it counts: the format's, or 16 bit's where that
    /// is higher.
    fn peak(&self) -> OpRate {
        let peaks = &self.outcome.package.peaks;
        let own = match self.outcome.training_format {
            Format::Fp8 => peaks.fp8,
            Format::Fp4 => peaks.fp4,
            Format::Int8 => peaks.int8,
            Format::Bf16 | Format::Int4 => None,
        };
        own.map_or(peaks.bf16, |own| own.max(peaks.bf16))
    }

    fn token_ops(&self) -> Formula {
        let ops = self
            .scenario
            .shape
            .training_ops_per_token(self.scenario.job.sequence);
        self.named("explain.token_ops", Amount::Number(ops))
    }

    /// Text times work over what the chips give; where it does not fit, the bytes.
    pub(super) fn training_days(&mut self) {
        let Some((plan, reliability)) = self.run() else {
            return self.training_bytes();
        };
        let (job, shape) = (&self.scenario.job, &self.scenario.shape);
        let rate = self.named("explain.chips", self.chips())
            * self.named("explain.peak", Amount::OpRate(self.peak()))
            * self.named("explain.mfu", Amount::Share(plan.mfu_share))
            * self.named("explain.goodput", Amount::Share(reliability.goodput_share));
        let work =
            self.named("page.control.tokens.name", Amount::Number(job.tokens)) * self.token_ops();
        self.step("explain.days", work / rate, Amount::Time(reliability.wall));
        let active = shape.active_parameters();
        let ops = shape.training_ops_per_token(job.sequence);
        let formula = self.bare(Amount::Count(6.0))
            * self.named("page.control.active.name", Amount::Number(active))
            + self.named("explain.attention", Amount::Number(ops - 6.0 * active));
        self.step("explain.token_ops", formula, Amount::Number(ops));
        self.cite(&["modelling-survey"]);
        self.cite_peak();
        if let Some(row) = sim::catalogue::llm(self.scenario.llm_id) {
            self.cite(&[row.active_parameters.source, row.training_tokens.source]);
        }
    }

    /// Share of the peak, and what a step's time goes to.
    pub(super) fn mfu(&mut self) {
        let Some((plan, _)) = self.run() else { return };
        let job = &self.scenario.job;
        let formula = self.named("explain.chip_ops", Amount::OpRate(plan.ops_per_chip))
            / self.named("explain.peak", Amount::OpRate(self.peak()));
        self.step("explain.mfu", formula, Amount::Share(plan.mfu_share));
        let tokens = job.batch * job.sequence;
        let formula = self.token_ops() * self.named("explain.step_tokens", Amount::Number(tokens))
            / (self.named("explain.step", Amount::Time(plan.step))
                * self.named("explain.chips", self.chips()));
        self.step(
            "explain.chip_ops",
            formula,
            Amount::OpRate(plan.ops_per_chip),
        );
        let computing = 1.0 - plan.bubble_share - plan.network_share;
        let shares = [
            ("layout.part.compute", computing),
            ("layout.part.bubble", plan.bubble_share),
            ("layout.part.network", plan.network_share),
        ];
        let parts = self.sum(shares.map(|(key, share)| {
            let time = Amount::Time(plan.step * share);
            (self.lang.text(key).to_owned(), time)
        }));
        if let Some(parts) = parts {
            self.step("explain.step", parts, Amount::Time(plan.step));
        }
        self.cite(&[
            "narayanan-2104.04473",
            "korthikanti-2205.05198",
            "modelling-survey",
        ]);
        self.cite_peak();
        self.cite_stack();
    }

    /// Tokens per second that a chip trains on.
    pub(super) fn training_rate(&mut self) {
        let Some((plan, _)) = self.run() else { return };
        let job = &self.scenario.job;
        let tokens = Amount::Number(job.batch * job.sequence);
        let formula = self.named("explain.step_tokens", tokens)
            / (self.named("explain.step", Amount::Time(plan.step))
                * self.named("explain.chips", self.chips()));
        let told = Amount::Rough(plan.tokens_per_s_per_chip);
        self.step("explain.training_rate", formula, told);
        self.cite(&["narayanan-2104.04473", "modelling-survey"]);
        self.cite_peak();
        self.cite_stack();
    }

    /// Time between failures of the cluster.
    pub(super) fn between_failures(&mut self) {
        if let Some(reliability) = self.outcome.training.reliability {
            self.between(&reliability);
            self.cite_failures();
        }
    }

    /// What one cause takes of the time.
    pub(super) fn lost_to(&mut self, loss: Loss) {
        let Some(reliability) = self.outcome.training.reliability else {
            return;
        };
        let between = reliability.between_failures;
        let again = || self.interval(&reliability) / self.bare(Amount::Count(2.0));
        let restart = || {
            let restart = Amount::Time(self.scenario.failures.restart);
            self.named("explain.restart", restart)
        };
        let from_failure_to_failure =
            || self.named("explain.between", Amount::Time(between)) + restart() + again();
        let (key, formula, told) = match loss {
            Loss::Checkpoints => {
                let goodput = Amount::Share(reliability.goodput_share);
                (
                    "figure.failures.checkpoints",
                    self.named("explain.checkpoint", self.checkpoint())
                        / self.interval(&reliability)
                        * self.named("explain.goodput", goodput),
                    reliability.lost.checkpoints_share,
                )
            }
            Loss::Redone => (
                "figure.failures.redone",
                again() / from_failure_to_failure(),
                reliability.lost.redone_share,
            ),
            Loss::Restarts => (
                "figure.failures.restarts",
                restart() / from_failure_to_failure(),
                reliability.lost.restarts_share,
            ),
        };
        self.step(key, formula, Amount::Share(told));
        if loss != Loss::Restarts {
            self.young(&reliability);
        }
        self.between(&reliability);
        self.cite_failures();
    }

    /// Time that checkpoints and failures leave.
    pub(super) fn goodput(&mut self) {
        let Some(reliability) = self.outcome.training.reliability else {
            return;
        };
        let between = reliability.between_failures;
        let lost = self.named(
            "explain.restart",
            Amount::Time(self.scenario.failures.restart),
        ) + self.interval(&reliability) / self.bare(Amount::Count(2.0));
        let losing = self.one() + lost / self.named("explain.between", Amount::Time(between));
        let formula = self.one() / (self.writing(&reliability) * losing);
        let told = Amount::Share(reliability.goodput_share);
        self.step("explain.goodput", formula, told);
        self.young(&reliability);
        self.between(&reliability);
        self.cite_failures();
    }

    /// Young's interval, where nothing holds it.
    fn young(&mut self, reliability: &Reliability) {
        let between = reliability.between_failures;
        let young = self.bare(Amount::Count(2.0))
            * self.named("explain.checkpoint", self.checkpoint())
            * self.named("explain.between", Amount::Time(between));
        let young = young.root();
        if (young.value / reliability.checkpoint_interval.get() - 1.0).abs() < 1e-9 {
            let told = Amount::Time(reliability.checkpoint_interval);
            self.step("explain.interval", young, told);
        }
    }

    /// What is left of the whole.
    pub(super) fn lost(&mut self) {
        let Some(reliability) = self.outcome.training.reliability else {
            return;
        };
        let goodput = reliability.goodput_share;
        let formula = self.one() - self.named("explain.goodput", Amount::Share(goodput));
        self.step("explain.lost", formula, Amount::Share(1.0 - goodput));
        self.goodput();
    }

    fn cite_failures(&mut self) {
        self.cite(&[
            "young-1974",
            "daly-2006",
            "llama3-2407.21783",
            "meta-rsc-2410.21680",
        ]);
    }

    fn one(&self) -> Formula {
        self.bare(Amount::Count(1.0))
    }

    fn checkpoint(&self) -> Amount {
        Amount::Time(self.scenario.failures.checkpoint.max(Time::new(1e-3)))
    }

    fn interval(&self, reliability: &Reliability) -> Formula {
        let interval = Amount::Time(reliability.checkpoint_interval);
        self.named("explain.interval", interval)
    }

    /// Time with checkpoints over time without.
    fn writing(&self, reliability: &Reliability) -> Formula {
        self.one()
            + self.named("explain.checkpoint", self.checkpoint()) / self.interval(reliability)
    }

    /// Failures a thousand chips and day, heat counted.
    fn failure_rate(&self) -> f64 {
        self.scenario.failures.rate.get() * self.scenario.heat.failure_ratio()
    }

    /// Time between failures of the cluster, if it ever fails.
    fn between(&mut self, reliability: &Reliability) {
        let rate = self.failure_rate();
        if rate <= 0.0 {
            return;
        }
        let formula = self.bare(Amount::Time(Time::from_days(1.0)))
            * self.bare(Amount::Count(1000.0))
            / (self.named("explain.failure_rate", Amount::Number(rate))
                * self.named("explain.chips", self.chips()));
        let told = Amount::Time(reliability.between_failures);
        self.step("explain.between", formula, told);
        let ratio = self.scenario.heat.failure_ratio();
        if ratio != 1.0 {
            let rated = Amount::Number(self.scenario.failures.rate.get());
            let formula = self.named("explain.rated_failures", rated)
                * self.named("explain.heat", Amount::Number(ratio));
            self.step("explain.failure_rate", formula, Amount::Number(rate));
            self.cite(&["jedec-jep122"]);
        }
    }

    /// Failures to expect.
    pub(super) fn failures(&mut self) {
        let Some((_, reliability)) = self.run() else {
            return;
        };
        let formula = self.named("explain.days", Amount::Time(reliability.wall))
            * self.named("explain.goodput", Amount::Share(reliability.goodput_share))
            * self.writing(&reliability)
            / self.named(
                "explain.between",
                Amount::Time(reliability.between_failures),
            );
        let result = crate::sentences::failures(self.lang, reliability.failures);
        let told = Amount::Rough(reliability.failures);
        self.step_as("explain.failures", formula, told, result);
        self.between(&reliability);
        self.cite_failures();
    }

    /// What a chip would have to hold.
    pub(super) fn training_bytes(&mut self) {
        let Err(TrainingStop::Memory { needed }) = self.outcome.training.plan else {
            return;
        };
        let (job, memory) = (&self.scenario.job, self.outcome.package.memory);
        let formula = self.named("explain.needed", Amount::Bytes(needed))
            / self.named("explain.memory", Amount::Bytes(memory));
        self.step("explain.short", formula, Amount::Number(needed / memory));
        let parameters = self.scenario.shape.parameters();
        let each = job.weight_state + job.gradient_state + job.optimiser_state;
        let formula = self.named("page.control.params.name", Amount::Number(parameters))
            * (self.named("explain.weight", Amount::Bytes(job.weight_state))
                + self.named("explain.gradient", Amount::Bytes(job.gradient_state))
                + self.named("explain.optimiser", Amount::Bytes(job.optimiser_state)));
        self.step("explain.state", formula, Amount::Bytes(each * parameters));
        let formula = self.named("explain.memory", Amount::Bytes(memory))
            * self.named("explain.chips", self.chips());
        let told = memory * f64::from(job.chips);
        self.step("explain.all_memory", formula, Amount::Bytes(told));
        self.cite(&["korthikanti-2205.05198"]);
        if let Some(row) = self.chip_row() {
            self.cite(&[row.memory.source]);
        }
    }
}
