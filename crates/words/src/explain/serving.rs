//! Time per token, first token, tokens per second; bytes where nothing fits.

use super::formula::Amount;
use super::{Book, Formula};
use sim::llm::{Inference, InferenceStop, ServeMode, TokenTime};
use units::{Bytes, Time};

impl Book<'_> {
    /// The parts of a token's time; where nothing fits, the bytes.
    pub(super) fn time_per_token(&mut self) {
        let inference = match &self.outcome.inference {
            Ok(inference) => inference,
            Err(InferenceStop::Memory { .. }) => return self.bytes(),
            Err(InferenceStop::Layout { .. } | InferenceStop::NotMade) => return,
        };
        let tpot = Amount::Time(inference.tpot);
        if let Some(parts) = self.parts(&inference.breakdown) {
            self.step("explain.tpot", parts, tpot);
        }
        self.others_prompts(inference);
        let working = &inference.working;
        let floor = self.named("explain.step_bytes", Amount::Bytes(working.step_bytes))
            / self.named(
                "page.control.bw.name",
                Amount::Bandwidth(self.outcome.package.bandwidth),
            );
        let floor = if working.accepted > 1.0 {
            floor / self.named("page.control.mtp.name", Amount::Number(working.accepted))
        } else {
            floor
        };
        let told = working.step_bytes / self.outcome.package.bandwidth / working.accepted;
        self.step("explain.memory_floor", floor, Amount::Time(told));
        self.reader_step(inference);
        self.cite(&["modelling-survey", "kernel-fits"]);
        if let Some(row) = self.chip_row() {
            self.cite(&[row.bandwidth.source]);
        }
        self.cite_stack();
    }

    fn parts(&self, time: &TokenTime) -> Option<Formula> {
        self.sum(time.parts().map(|(part, seconds)| {
            let name = self.inside(&["part.", part.name(), ".name"].concat());
            (name, Amount::Time(Time::new(seconds)))
        }))
    }

    /// What the prompts of others take of a token's time.
    pub(super) fn others_prompts(&mut self, inference: &Inference) {
        let working = &inference.working;
        if inference.breakdown.prefill <= 0.0 {
            return;
        }
        let others = self.named("explain.sequences", Amount::Number(working.per_replica))
            - self.bare(Amount::Count(1.0));
        let formula = others * self.named("explain.prompt_time", Amount::Time(working.prompt_time))
            / self.answer();
        let told = Amount::Time(Time::new(inference.breakdown.prefill));
        self.step("explain.others", formula, told);
    }

    fn answer(&self) -> Formula {
        self.named(
            "page.control.out.name",
            Amount::Count(self.scenario.serving.answer),
        )
    }

    /// Tokens per second for one reader, and the parts of a token's time.
    pub(super) fn reader_rate(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        self.reader_step(inference);
        if let Some(parts) = self.parts(&inference.breakdown) {
            self.step("explain.tpot", parts, Amount::Time(inference.tpot));
        }
        self.cite(&["modelling-survey", "kernel-fits"]);
        self.cite_stack();
    }

    fn reader_step(&mut self, inference: &Inference) {
        let second = self.bare(Amount::Time(Time::new(1.0)));
        let tpot = self.named("explain.tpot", Amount::Time(inference.tpot));
        let told = Amount::Rough(1.0 / inference.tpot.get());
        self.step("explain.reader_rate", second / tpot, told);
    }

    /// The parts of the time to the first token.
    pub(super) fn first_token(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        if let Some(parts) = self.parts(&inference.working.first_token) {
            self.step("explain.ttft", parts, Amount::Time(inference.ttft));
        }
        self.cite(&["modelling-survey", "kernel-fits"]);
        self.cite_peak();
        self.cite_stack();
    }

    /// Tokens per second of all chips, and of one.
    pub(super) fn rate(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        let rate = inference.tokens_per_s_per_chip;
        let all = rate * f64::from(self.scenario.serving.chips);
        let formula = self.named("explain.chip_rate", Amount::Rate(rate))
            * self.named("explain.chips", self.chips());
        self.step("explain.system_rate", formula, Amount::Rough(all));
        self.chip_rate();
    }

    /// Tokens per second of one chip.
    pub(super) fn chip_rate(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        let (serving, working) = (&self.scenario.serving, &inference.working);
        let rate = inference.tokens_per_s_per_chip;
        let itl = self.named("explain.itl", Amount::Time(inference.itl));
        let sequences = || self.named("explain.sequences", Amount::Number(working.per_replica));
        let cycle = if serving.mode == ServeMode::DecodeOnly {
            itl
        } else {
            let prompt = self.named("explain.prompt_time", Amount::Time(working.prompt_time));
            itl + sequences() * prompt / self.answer()
        };
        let copy = f64::from(inference.layout.tp * inference.layout.pp);
        let formula = sequences() / cycle / self.named("explain.copy_chips", Amount::Count(copy));
        let formula = if inference.busy_share < 1.0 {
            formula * self.named("explain.busy", Amount::Share(inference.busy_share))
        } else {
            formula
        };
        self.step("explain.chip_rate", formula, Amount::Rough(rate));
        if inference.breakdown.prefill > 0.0 {
            self.itl_step(inference);
        }
        self.cite(&["modelling-survey"]);
        self.cite_stack();
    }

    fn itl_step(&mut self, inference: &Inference) {
        let prefill = Amount::Time(Time::new(inference.breakdown.prefill));
        let formula = self.named("explain.tpot", Amount::Time(inference.tpot))
            - self.named("explain.others", prefill);
        self.step("explain.itl", formula, Amount::Time(inference.itl));
    }

    /// Time between two tokens while nobody's prompt is read.
    pub(super) fn between_tokens(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        self.itl_step(inference);
        self.others_prompts(inference);
        self.cite(&["modelling-survey"]);
    }

    /// The weights that the fullest chip holds.
    pub(super) fn weights_memory(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        let parameters = inference.working.held.parameters;
        let width = Amount::Bytes(self.outcome.format.width());
        let formula = self.named("explain.held_weights", Amount::Number(parameters))
            * self.named("explain.width", width);
        let told = Amount::Bytes(inference.memory.weights);
        self.step("figure.latency.memory_weights", formula, told);
        self.cite(&["modelling-survey"]);
    }

    /// The cache of all sequences that the fullest chip holds.
    pub(super) fn cache_memory(&mut self) {
        let Ok(inference) = &self.outcome.inference else {
            return;
        };
        let working = &inference.working;
        let sequences = Amount::Number(working.per_replica);
        let each = Amount::Bytes(working.held.cache);
        let formula =
            self.named("explain.sequences", sequences) * self.named("explain.held_cache", each);
        let told = Amount::Bytes(inference.memory.cache);
        self.step("figure.latency.memory_cache", formula, told);
        self.cite(&["modelling-survey"]);
    }

    /// What the model and a conversation take, and what room there is.
    fn bytes(&mut self) {
        let (shape, serving) = (&self.scenario.shape, &self.scenario.serving);
        let width = |format: sim::llm::Format| Amount::Bytes(format.width());
        let weights = self.outcome.format.width() * shape.parameters();
        let formula = self.named(
            "page.control.params.name",
            Amount::Number(shape.parameters()),
        ) * self.named("explain.width", width(self.outcome.format));
        self.step("explain.model_weights", formula, Amount::Bytes(weights));
        let tokens = serving.prompt + serving.answer;
        let told = serving.cache.width() * (tokens * shape.cached_per_token());
        let formula = (self.named("page.control.in.name", Amount::Count(serving.prompt))
            + self.answer())
            * self.named("explain.cached", Amount::Number(shape.cached_per_token()))
            * self.named("explain.width", width(serving.cache));
        self.step("explain.conversation", formula, Amount::Bytes(told));
        let memory = self.outcome.package.memory;
        let room = (memory - serving.reserve).max(Bytes::new(0.0));
        let told = room * f64::from(serving.chips);
        if memory > serving.reserve {
            let formula = (self.named("explain.memory", Amount::Bytes(memory))
                - self.named("explain.reserve", Amount::Bytes(serving.reserve)))
                * self.named("explain.chips", self.chips());
            self.step("explain.room", formula, Amount::Bytes(told));
        }
        if let Some(row) = self.chip_row() {
            self.cite(&[row.memory.source]);
        }
        if let Some(row) = sim::catalogue::llm(self.scenario.llm_id) {
            self.cite(&[row.parameters.source]);
        }
    }

    pub(super) fn cite_peak(&mut self) {
        if let Some(row) = self.chip_row() {
            self.cite(&[row.bf16.source]);
        }
    }

    pub(super) fn cite_stack(&mut self) {
        let stack = sim::catalogue::stack(self.scenario.stack_id);
        if let (Some(chip), Some(stack)) = (self.chip_row(), stack) {
            let kernels = sim::scenario::kernels_row(chip, stack);
            self.cite(&[kernels.bf16.compute.source, stack.step_overhead.source]);
        }
    }
}
