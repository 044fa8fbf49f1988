//! Places under a chip's roofline, and the published figures that its roof is.

use super::formula::Amount;
use super::{Book, Formula, Phase};
use sim::llm;
use sim::outcome::effective_format;
use units::OpRate;

impl Book<'_> {
    /// The roof of arithmetic: of the format in use, or of 16 bit, in which
    /// attention is computed, where that is higher.
    fn roof_of_arithmetic(&self) -> OpRate {
        let package = &self.outcome.package;
        let (_, peak) = effective_format(self.scenario.serving.weights, package);
        peak.max(package.peaks.bf16)
    }

    fn work(&self, phase: Phase) -> Option<llm::Phase> {
        let inference = self.outcome.inference.as_ref().ok()?;
        Some(match phase {
            Phase::Decode => inference.decode,
            Phase::Prefill => inference.prefill,
        })
    }

    fn peak_named(&self) -> Formula {
        self.named("explain.peak", Amount::OpRate(self.roof_of_arithmetic()))
    }

    fn bandwidth_named(&self) -> Formula {
        let bandwidth = Amount::Bandwidth(self.outcome.package.bandwidth);
        self.named("page.control.bw.name", bandwidth)
    }

    /// Operations for each byte.
    pub(super) fn intensity(&mut self, phase: Phase) {
        let Some(work) = self.work(phase) else { return };
        let formula = self.named("explain.step_ops", Amount::Number(work.ops.get()))
            / self.named("explain.step_reads", Amount::Bytes(work.bytes));
        let told = Amount::Number(work.intensity());
        self.step("figure.roofline.x", formula, told);
        self.cite(&["roofline-2009", "modelling-survey"]);
    }

    /// Operations in a second.
    pub(super) fn pace(&mut self, phase: Phase) {
        let Some(work) = self.work(phase) else { return };
        let formula = self.named("explain.step_ops", Amount::Number(work.ops.get()))
            / self.named("explain.step_time", Amount::Time(work.time));
        let told = Amount::OpRate(work.rate());
        self.step("figure.roofline.rate", formula, told);
        self.cite(&["roofline-2009", "modelling-survey"]);
        self.cite_stack();
    }

    /// The most that is possible there: what memory feeds, up to the peak.
    fn roof_at(&self, work: &llm::Phase) -> OpRate {
        let fed = OpRate::new(work.intensity() * self.outcome.package.bandwidth.get());
        fed.min(self.roof_of_arithmetic())
    }

    /// The roof over that work.
    pub(super) fn roof(&mut self, phase: Phase) {
        let Some(work) = self.work(phase) else { return };
        let told = self.roof_at(&work);
        if told == self.roof_of_arithmetic() {
            return self.roof_peak();
        }
        let intensity = Amount::Number(work.intensity());
        let formula = self.named("figure.roofline.x", intensity) * self.bandwidth_named();
        self.step("figure.roofline.roof", formula, Amount::OpRate(told));
        self.intensity(phase);
        self.cite_bandwidth();
    }

    /// How much of it is reached.
    pub(super) fn of_roof(&mut self, phase: Phase) {
        let Some(work) = self.work(phase) else { return };
        let roof = self.roof_at(&work);
        let formula = self.named("figure.roofline.rate", Amount::OpRate(work.rate()))
            / self.named("figure.roofline.roof", Amount::OpRate(roof));
        let told = Amount::Share(work.rate() / roof);
        self.step("figure.roofline.share", formula, told);
        self.pace(phase);
        self.roof(phase);
    }

    /// Where arithmetic and memory take as long as each other.
    pub(super) fn ridge(&mut self) {
        let formula = self.peak_named() / self.bandwidth_named();
        let told = self.roof_of_arithmetic().get() / self.outcome.package.bandwidth.get();
        self.step("explain.ridge", formula, Amount::Number(told));
        self.cite_peak();
        self.cite_bandwidth();
    }

    fn cite_bandwidth(&mut self) {
        if let Some(row) = self.chip_row() {
            self.cite(&[row.bandwidth.source]);
        }
    }

    /// A published figure and what the reader's choices make of it.
    fn moved(&mut self, key: &str, published: Amount, now: Amount) {
        let ratio = now.get() / published.get();
        let formula = self.named("explain.published", published);
        let formula = match ratio == 1.0 || !ratio.is_finite() {
            true => formula,
            false => formula * self.named("explain.change", Amount::Number(ratio)),
        };
        self.step(key, formula, now);
    }

    /// The peak of the format in use.
    pub(super) fn roof_peak(&mut self) {
        let (now, was) = (&self.outcome.package.peaks, &self.scenario.anchor.peaks);
        let peak = self.roof_of_arithmetic();
        let both = [
            (Some(now.bf16), Some(was.bf16)),
            (now.fp8, was.fp8),
            (now.int8, was.int8),
            (now.fp4, was.fp4),
        ];
        let found = both.into_iter().find(|(now, _)| *now == Some(peak));
        if let Some(published) = found.and_then(|(_, was)| was) {
            let now = Amount::OpRate(peak);
            self.moved("explain.peak", Amount::OpRate(published), now);
            self.cite_moved_peak(peak != published);
        }
    }

    /// The peak at 16 bit.
    pub(super) fn peak_16(&mut self) {
        let published = self.scenario.anchor.peaks.bf16;
        let now = self.outcome.package.peaks.bf16;
        self.moved(
            "explain.peak_16",
            Amount::OpRate(published),
            Amount::OpRate(now),
        );
        self.cite_moved_peak(now != published);
    }

    fn cite_moved_peak(&mut self, is_moved: bool) {
        if is_moved {
            self.cite(&["tsmc-claims"]);
        }
        self.cite_peak();
    }

    /// The memory's bandwidth.
    pub(super) fn bandwidth(&mut self) {
        let now = Amount::Bandwidth(self.outcome.package.bandwidth);
        let published = Amount::Bandwidth(self.scenario.anchor.bandwidth);
        self.moved("page.control.bw.name", published, now);
        self.cite_bandwidth();
    }

    /// The package's memory.
    pub(super) fn memory(&mut self) {
        let now = Amount::Bytes(self.outcome.package.memory);
        let published = Amount::Bytes(self.scenario.anchor.memory);
        self.moved("explain.memory", published, now);
        if let Some(row) = self.chip_row() {
            self.cite(&[row.memory.source]);
        }
    }

    /// The package's power limit.
    pub(super) fn power_limit(&mut self) {
        let now = Amount::Power(self.outcome.package.power);
        let published = Amount::Power(self.scenario.anchor.tdp);
        self.moved("explain.tdp", published, now);
        if let Some(row) = self.chip_row() {
            self.cite(&[row.tdp.source]);
        }
    }
}
