//! Which layout trains fastest.

use super::{
    Again, Recompute, Run, Schedule, SecondLayout, StepPart, Training, TrainingJob, TrainingStop,
};
use crate::llm::layout::Layout;
use crate::llm::parallel::Device;
use crate::llm::{Kernels, Shape, Software};
use units::*;

const TENSOR: [u32; 4] = [1, 2, 4, 8];
const PIPELINE: [u32; 6] = [1, 2, 4, 8, 16, 32];
const EXPERT: [u32; 6] = [1, 8, 16, 32, 64, 128];
/// Chunks per pipeline stage, beside one.
const CHUNKS: [f64; 4] = [2.0, 4.0, 8.0, 16.0];

/// The layout with the shortest step that fits in memory.
///
/// # Errors
/// [`TrainingStop`] where none does.
pub fn plan_training(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    job: &TrainingJob,
) -> Result<Training, TrainingStop> {
    let job = &held(job);
    let run = Run {
        shape,
        device,
        kernels,
        software,
        job,
        interleave: job.interleave.unwrap_or(1.0),
    };
    let (best, second, leanest) = run.search(&run.layouts());
    match (best, leanest) {
        (Some(first), _) => Ok(Training {
            runner_up: second.map(|second| lost(&first, &second)),
            ..first
        }),
        (None, Some(needed)) => Err(TrainingStop::Memory { needed }),
        (None, None) => Err(TrainingStop::Layout {
            nearest: run.nearest(),
        }),
    }
}

/// The fastest of those layouts; where none of them fits, of all, as
/// [`plan_training`] finds it. `None` where no run starts, without asking why.
/// They are layouts that it would look at.
pub fn train_among(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    job: &TrainingJob,
    layouts: &[Layout],
) -> Option<Training> {
    let job = &held(job);
    let run = Run {
        shape,
        device,
        kernels,
        software,
        job,
        interleave: job.interleave.unwrap_or(1.0),
    };
    let (best, ..) = run.search(layouts);
    if best.is_some() || (job.fixed.is_whole() && !layouts.is_empty()) {
        return best;
    }
    run.search(&run.layouts()).0
}

/// The job with a micro-batch that is part of the global batch.
fn held(job: &TrainingJob) -> TrainingJob {
    TrainingJob {
        micro_batch: job.micro_batch.min(job.batch),
        ..*job
    }
}

/// The second, and the part of a step by which it lost most.
fn lost(first: &Training, second: &Training) -> SecondLayout {
    let parts = |t: &Training| {
        let (bubble, network) = (t.step * t.bubble_share, t.step * t.network_share);
        [
            (StepPart::Compute, t.step - bubble - network),
            (StepPart::Bubble, bubble),
            (StepPart::Network, network),
        ]
    };
    let (before, after) = (parts(first), parts(second));
    let longer = |i: usize| after[i].1.get() - before[i].1.get();
    let most = (1..before.len()).fold(0, |a, b| if longer(b) > longer(a) { b } else { a });
    SecondLayout {
        layout: second.layout,
        step: second.step,
        lost: before[most].0,
    }
}

impl Run<'_> {
    /// The fastest of the layouts, the second, and the least memory that any asks
    /// for.
    fn search(&self, layouts: &[Layout]) -> (Option<Training>, Option<Training>, Option<Bytes>) {
        let mut leanest: Option<Bytes> = None;
        let mut best: Option<Training> = None;
        let mut second: Option<Training> = None;
        for layout in layouts {
            let Some(training) = self.interleaved(*layout, second.as_ref(), &mut leanest) else {
                continue;
            };
            if best.as_ref().is_none_or(|b| training.step < b.step) {
                second = best.replace(training);
            } else if second.as_ref().is_none_or(|s| training.step < s.step) {
                second = Some(training);
            }
        }
        (best, second, leanest)
    }

    /// The layout with as many chunks per stage as are fastest, if they are the
    /// planner's to choose; where none comes before `other`, one chunk.
    fn interleaved(
        &self,
        layout: Layout,
        other: Option<&Training>,
        leanest: &mut Option<Bytes>,
    ) -> Option<Training> {
        // More chunks keep more, so what does not fit with one never does.
        let one = self.fitting(layout, leanest)?;
        // Without a bubble, and with no more traffic than now.
        let soonest = one.step * (1.0 - one.bubble_share);
        let is_planned = self.job.interleave.is_none() && self.job.schedule == Schedule::OneForward;
        let waits = one.bubble_share > 0.0;
        if !is_planned || !waits || other.is_some_and(|other| soonest >= other.step) {
            return Some(one);
        }
        // A stage has no more chunks than layers, and those are tried too.
        let layers = f64::from(self.shape.layers / layout.pp);
        let more = CHUNKS
            .into_iter()
            .take_while(|chunks| *chunks < 2.0 * layers);
        let more = more.filter_map(|interleave| {
            let run = Run {
                interleave,
                ..*self
            };
            run.fitting(layout, leanest)
        });
        Some(more.fold(one, |a, b| if b.step < a.step { b } else { a }))
    }

    /// The layout with the least recomputation that fits.
    fn fitting(&self, layout: Layout, leanest: &mut Option<Bytes>) -> Option<Training> {
        let (recompute, again, used) = self.recomputation(layout, leanest)?;
        Some(self.train(layout, recompute, again, used))
    }

    /// The layout nearest to one that does not work.
    fn nearest(&self) -> Option<Layout> {
        let asked = self.job.fixed;
        let layouts = asked.relaxed().into_iter().flat_map(|fixed| {
            let job = TrainingJob { fixed, ..*self.job };
            Run { job: &job, ..*self }.layouts()
        });
        let fits = |layout: &Layout| {
            let leanest = self.recomputations().last();
            leanest.is_some_and(|r| self.memory_used(*layout, *r) <= self.device.memory)
        };
        asked.nearest(layouts.filter(fits))
    }

    /// The least recomputation with which the layout fits, and the memory then used;
    /// `None` where none does. Keeps the least memory of all in `leanest`.
    fn recomputation(
        &self,
        layout: Layout,
        leanest: &mut Option<Bytes>,
    ) -> Option<(Recompute, Again, Bytes)> {
        let mut more: Option<Bytes> = None;
        for &recompute in self.recomputations() {
            let used = self.memory_used(layout, recompute);
            *leanest = Some(leanest.map_or(used, |least| least.min(used)));
            if used > self.device.memory {
                more = Some(used);
                continue;
            }
            let again = Again::from(recompute);
            let (Recompute::Full, Some(more)) = (recompute, more) else {
                return Some((recompute, again, used));
            };
            // As many whole layers as memory asks for are computed again.
            let layers = f64::from(self.shape.layers);
            let short = (more - self.device.memory) / (more - used);
            let share = ((short * layers).ceil() / layers).min(1.0);
            let kept = used + (more - used) * (1.0 - share);
            // The others keep what the step before this one keeps.
            let again = Again {
                layers_share: share,
                scores: !self.software.fused_attention,
            };
            return Some((recompute, again, kept));
        }
        None
    }

    fn recomputations(&self) -> &'static [Recompute] {
        match self.job.recompute {
            Some(Recompute::None) => &[Recompute::None],
            Some(Recompute::Selective) => &[Recompute::Selective],
            Some(Recompute::Full) => &[Recompute::Full],
            // One kernel for attention keeps no scores to compute again.
            None if self.software.fused_attention => &[Recompute::None, Recompute::Full],
            None => &[Recompute::Selective, Recompute::Full],
        }
    }

    fn layouts(&self) -> Vec<Layout> {
        let fixed = &self.job.fixed;
        let own = |value: Option<u32>, choices: &[u32]| {
            value.map_or_else(|| choices.to_vec(), |v| vec![v])
        };
        let chips = self.job.chips;
        let mut layouts = Vec::new();
        for tp in own(fixed.tp, &TENSOR) {
            if fixed.tp.is_none() && tp > self.device.domain.max(1) {
                continue;
            }
            for pp in own(fixed.pp, &PIPELINE) {
                if pp > self.shape.layers || tp.saturating_mul(pp) > chips {
                    continue;
                }
                // Replicas beyond one sequence each have nothing to do.
                let most = (chips / (tp * pp)).min(self.most_replicas());
                // Chips that share a sequence are whole groups of the replicas.
                let group = (self.job.context_parallel as u32).max(1);
                let dp = fixed.dp.unwrap_or(most / group * group);
                if dp == 0 || dp > chips / (tp * pp) || !dp.is_multiple_of(group) {
                    continue;
                }
                for ep in self.expert_choices(tp * dp) {
                    let whole = Layout::whole(self.shape, tp, pp, ep, dp, fixed.dp.is_some());
                    layouts.extend(whole.filter(|layout| layout.dp.is_multiple_of(group)));
                }
            }
        }
        layouts
    }

    fn most_replicas(&self) -> u32 {
        (self.job.batch / self.job.micro_batch * self.job.context_parallel).clamp(1.0, 1e9) as u32
    }

    fn expert_choices(&self, most: u32) -> Vec<u32> {
        let Some(experts) = self.shape.experts else {
            return vec![1];
        };
        let top = most.min(experts.routed);
        match self.job.fixed.ep {
            Some(ep) => vec![ep],
            None => EXPERT.into_iter().filter(|ep| *ep <= top).collect(),
        }
    }
}
