//! How a model is laid over chips.

use super::Shape;

/// Parts of a layout that a reader fixes; `None`: the planner's.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct FixedLayout {
    /// Tensor parallel.
    pub tp: Option<u32>,
    /// Pipeline parallel.
    pub pp: Option<u32>,
    /// Expert parallel.
    pub ep: Option<u32>,
    /// Data parallel.
    pub dp: Option<u32>,
}

impl FixedLayout {
    /// Every part is fixed.
    pub fn is_whole(&self) -> bool {
        ![self.tp, self.pp, self.ep, self.dp].contains(&None)
    }

    /// With one part kept of what is fixed, each in turn, and with none.
    pub(super) fn relaxed(&self) -> [Self; 5] {
        let none = Self::default();
        [
            Self {
                tp: self.tp,
                ..none
            },
            Self {
                pp: self.pp,
                ..none
            },
            Self {
                ep: self.ep,
                ..none
            },
            Self {
                dp: self.dp,
                ..none
            },
            none,
        ]
    }

    /// Of those layouts the one nearest to what is fixed, in doublings.
    pub(super) fn nearest(&self, layouts: impl Iterator<Item = Layout>) -> Option<Layout> {
        let far = |asked: Option<u32>, got: u32| {
            asked.map_or(0.0, |asked| {
                libm::fabs(libm::log2(f64::from(asked.max(1)) / f64::from(got)))
            })
        };
        let distance = |l: &Layout| {
            far(self.tp, l.tp) + far(self.pp, l.pp) + far(self.ep, l.ep) + far(self.dp, l.dp)
        };
        layouts.reduce(|a, b| if distance(&b) < distance(&a) { b } else { a })
    }
}

/// A parallel layout: tp · pp · dp chips, experts over `ep` of the tp · dp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Tensor parallel.
    pub tp: u32,
    /// Pipeline parallel.
    pub pp: u32,
    /// Expert parallel.
    pub ep: u32,
    /// Data parallel.
    pub dp: u32,
}

impl Layout {
    /// The layout with whole groups of experts, fewer replicas if need be; `None`
    /// where it does not divide experts or heads, or where replicas may not be dropped. A model
    /// without experts has nothing to spread.
    pub(super) fn whole(
        shape: &Shape,
        tp: u32,
        pp: u32,
        ep: u32,
        dp: u32,
        keep: bool,
    ) -> Option<Self> {
        if tp == 0 || !shape.heads().is_multiple_of(tp) {
            return None;
        }
        let Some(experts) = shape.experts else {
            return Some(Self { tp, pp, ep: 1, dp });
        };
        let divides = ep.is_multiple_of(tp) || tp.is_multiple_of(ep);
        if ep == 0 || ep > experts.routed || ep > tp.saturating_mul(dp) || !divides {
            return None;
        }
        let ranks = (ep / tp).max(1);
        let whole = dp / ranks * ranks;
        (whole == dp || !keep).then_some(Self {
            tp,
            pp,
            ep,
            dp: whole,
        })
    }

    /// The same as a reader's wish.
    pub fn fixed(&self) -> FixedLayout {
        FixedLayout {
            tp: Some(self.tp),
            pp: Some(self.pp),
            ep: Some(self.ep),
            dp: Some(self.dp),
        }
    }

    /// Layers of the fullest pipeline stage over the mean: a layer is not cut.
    pub(super) fn fullest_stage(&self, shape: &Shape) -> f64 {
        let layers = shape.layers.div_ceil(self.pp);
        f64::from(layers * self.pp) / f64::from(shape.layers)
    }

    /// Experts of the fullest chip over the mean: an expert is not cut but among
    /// tensor ranks.
    pub(super) fn fullest_chip(&self, shape: &Shape) -> f64 {
        let Some(experts) = shape.experts.filter(|_| self.ep > 1) else {
            return 1.0;
        };
        let held = experts.routed.div_ceil(self.ep);
        f64::from(held * self.ep) / f64::from(experts.routed)
    }

    /// Tokens of the busiest chip over the mean: the imbalance between experts, and
    /// at least what the fullest chip holds.
    pub(super) fn busiest_chip(&self, shape: &Shape, imbalance: f64) -> f64 {
        if self.ep > 1 {
            imbalance.max(self.fullest_chip(shape))
        } else {
            1.0
        }
    }

    /// Experts stand on more chips than share each layer, so that tokens have to
    /// be sent to them.
    pub(super) fn sends_tokens(&self, shape: &Shape) -> bool {
        shape.experts.is_some() && self.ep > self.tp
    }

    /// Chips that one set of expert weights is spread over.
    pub fn expert_spread(&self) -> f64 {
        f64::from(self.ep.max(self.tp))
    }
}
