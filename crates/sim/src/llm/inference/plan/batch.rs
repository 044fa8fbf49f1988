//! How many sequences a layout serves at once: as many as keep the limit, and fit.

use crate::llm::Layout;
use crate::llm::inference::{Bench, Inference, Prefills};
use units::Time;

/// Sequences per replica between which the planner looks for the most that keep the
/// limit, and fit.
const LADDER: [f64; 24] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0,
    384.0, 512.0, 768.0, 1024.0, 1536.0, 2048.0, 3072.0, 4096.0,
];

impl Bench<'_> {
    /// Sequences per replica that the layout holds, of those that are tried.
    pub(super) fn rungs(&self, layout: Layout) -> &'static [f64] {
        let memory = self.memories(layout);
        let fits = |rung: f64| memory(rung).total() <= self.device.memory;
        let holds = |rung: &f64| *rung <= self.serving.most_sequences && fits(*rung);
        &LADDER[..LADDER.partition_point(holds)]
    }

    /// The most sequences per replica that the layout holds, of those that the ladder
    /// spans.
    pub(super) fn most_sequences(&self, layout: Layout) -> Option<f64> {
        // The cache grows by the same for each sequence.
        let memory = self.memories(layout);
        let [one, two] = [1.0, 2.0].map(|sequences| memory(sequences).total());
        let room = self.device.memory - one;
        let top = self.serving.most_sequences.min(LADDER[LADDER.len() - 1]);
        let most = (1.0 + (room / (two - one)).floor()).min(top.floor());
        // Where rounding put one too many.
        let fits = |sequences: f64| memory(sequences).total() <= self.device.memory;
        let holds = |sequences: &f64| *sequences >= 1.0 && fits(*sequences);
        Some(most).filter(holds).or(Some(most - 1.0).filter(holds))
    }

    /// The layout at the batch asked for, or at the one that serves most; where it
    /// cannot come before `other`, one near it.
    pub(super) fn best_batch(
        &self,
        layout: Layout,
        other: Option<&Inference>,
    ) -> Option<Inference> {
        let asked = self.serving.batch.map(|batch| {
            let replicas = f64::from(layout.dp);
            (batch / replicas).max(1.0)
        });
        if !self.fits(layout, asked.unwrap_or(1.0)) {
            return None;
        }
        let prefills = Prefills::of(self, layout);
        if let Some(per_replica) = asked {
            return Some(self.serve(layout, &prefills, per_replica));
        }
        // Memory and time per token grow along the ladder: the best is from the last
        // rung within the limit on, and the first one where none is.
        let rungs = self.rungs(layout);
        let mut best: Option<Inference> = None;
        let mut beyond: Option<Inference> = None;
        // Rungs below `low` keep the limit, those from `high` on do not.
        let (mut low, mut high) = (0, rungs.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let served = self.serve(layout, &prefills, rungs[middle]);
            if served.tpot <= self.serving.limit {
                low = middle + 1;
                best = Some(served);
            } else {
                high = middle;
                if middle == 0 {
                    best = Some(served);
                }
                beyond = Some(served);
            }
        }
        match best {
            Some(within) if within.tpot <= self.serving.limit => {
                Some(self.filled(layout, &prefills, within, beyond, other))
            }
            best => best,
        }
    }

    /// As many sequences more as keep the limit, and fit: `within` keeps it, and
    /// `beyond`, the next rung that fits, does not.
    fn filled(
        &self,
        layout: Layout,
        prefills: &Prefills,
        mut within: Inference,
        beyond: Option<Inference>,
        other: Option<&Inference>,
    ) -> Inference {
        let limit = self.serving.limit;
        let beyond = match beyond {
            Some(beyond) => beyond,
            None => match self.most_sequences(layout) {
                Some(most) if most > within.working.per_replica => {
                    let fullest = self.serve(layout, prefills, most);
                    if fullest.tpot <= limit {
                        return fullest;
                    }
                    fullest
                }
                _ => return within,
            },
        };
        // More sequences give more tokens a second: none on the way gives as many.
        let is_behind = |other: &Inference| {
            other.tpot <= limit && other.tokens_per_s_per_chip >= beyond.tokens_per_s_per_chip
        };
        if other.is_some_and(is_behind) {
            return within;
        }
        let (mut high, mut late) = (beyond.working.per_replica, beyond.tpot);
        // Between rungs the time grows by nearly the same for each sequence; where it
        // does not, every third trial halves what is left.
        let mut trial = 0;
        while high - within.working.per_replica > 1.0 {
            let low = within.working.per_replica;
            let share = match trial % 3 {
                2 => 0.5,
                _ => (limit - within.tpot) / (late - within.tpot),
            };
            let middle = (low + (share * (high - low)).floor())
                .max(low + 1.0)
                .min(high - 1.0);
            let served = self.serve(layout, prefills, middle);
            if served.tpot <= limit {
                within = served;
            } else {
                (high, late) = (middle, served.tpot);
            }
            trial += 1;
        }
        within
    }

    /// The time per token of the layout at the batch asked for, or at the one that is
    /// quickest; `None` where it does not fit.
    pub(super) fn shortest_tpot(&self, layout: Layout) -> Option<Time> {
        if self.serving.batch.is_some() {
            return Some(self.best_batch(layout, None)?.tpot);
        }
        // Time per token grows along the ladder, and one sequence alone waits for
        // nobody's prompt.
        let one = LADDER[0];
        (one <= self.serving.most_sequences && self.fits(layout, one)).then(|| {
            let step = self.decode(layout, one);
            Time::new(step.time.scaled(1.0 / self.accepted()).total())
        })
    }
}
