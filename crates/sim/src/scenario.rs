//! What a reader's choices mean: plain values, ready to compute with.
//!
//! A scenario is built from catalogue rows ([`Rows`]) and then written to by
//! the controls. It knows neither links nor sliders.

mod computing;
mod rows;
mod silicon;
mod supply;

use computing::is_calibrated;
pub use computing::{
    KernelSet, OWN_MODEL, OwnModel, Quantisation, kernel_set, kernels_row, software,
};
pub use rows::{Changeable, FIGURES, Held, Known, Rows, held_or};
pub use silicon::{anchor, making};
pub use supply::{resources, wafers_of};

use crate::catalogue::*;
use crate::date::Date;
use crate::energy::{Capital, Place, PowerCurve, Surroundings};
use crate::export::Law;
use crate::llm::*;
use crate::silicon::{Chip, Design, Making, Node};
use crate::supply::{Order, Ranged, Resources};
use units::*;

/// The name of the link that a chip is sold with.
pub const OWN_LINK: &str = "own";

/// What a run must keep to count as feasible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Longest time a training run may take.
    pub patience: Time,
    /// Power that the site has.
    pub site_power: Power,
    /// Least share of the time that makes progress.
    pub goodput_share: f64,
    /// A bar missed by less than this ratio is strained, not broken.
    pub strained_ratio: f64,
}

/// Whether each rule, then each measure, is in force.
pub type InForce = [bool; RULES.len() + MEASURES.len()];

/// Where a reader put each rule's threshold.
pub type Moved = [Option<f64>; RULES.len()];

/// The rules and measures in force that day.
pub fn in_force(date: Date) -> InForce {
    std::array::from_fn(|i| match RULES.get(i) {
        Some(rule) => rule.in_force(date),
        None => MEASURES[i - RULES.len()].in_force(date),
    })
}

/// Everything the simulation needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The rows it was made of.
    pub rows: Rows,
    /// Names for the answer; no domain looks at them.
    pub chip_id: &'static str,
    /// The node's name: the one in use, and the chip's own.
    pub node_id: &'static str,
    /// The chip's own node's name.
    pub own_node_id: &'static str,
    /// The name of the fabs whose wafers the node shares.
    pub pool_id: &'static str,
    /// First day of the node's volume products.
    pub node_since: Date,
    /// Its class in nanometres.
    pub node_class_nm: u32,
    /// What tools let Chinese fabs do.
    pub tools: &'static RegimeRow,
    /// What is defended of its killing defects.
    pub defects: Ranged<DefectDensity>,
    /// The memory's name: the one in use, and the chip's own.
    pub memory_id: &'static str,
    /// The chip's own memory's name.
    pub own_memory_id: &'static str,
    /// The name of the link between dies, `own` for the published one.
    pub link_id: &'static str,
    /// The language model's name.
    pub llm_id: &'static str,
    /// The software stack's name.
    pub stack_id: &'static str,
    /// The place's name.
    pub place_id: &'static str,
    /// Day of the rules.
    pub date: Date,
    /// Day of the fabs: what runs, what is stocked, from when chips are gathered.
    pub fabs: Date,
    /// Whose design the chip is.
    pub origin: Origin,
    /// Day its designer was listed.
    pub entity_listed: Option<Date>,
    /// Marketed for data centres.
    pub data_centre: bool,
    /// Whether each rule, then each measure, is in force, in the tables' order.
    pub in_force: InForce,
    /// Where the reader put each rule's threshold, in the table's order.
    pub moved: Moved,
    /// Who buys.
    pub buyer: Buyer,
    /// A chip made abroad is put together in China.
    pub packaged_in_china: bool,
    /// The fab stands outside China.
    pub fab_abroad: bool,
    /// Its process counts as advanced in the rules.
    pub node_advanced: bool,
    /// The chip as published.
    pub anchor: Chip,
    /// What the reader makes of it.
    pub design: Design,
    /// Constants of chip making.
    pub making: Making,
    /// What there is of wafers, memory and interposers; `None` for a foreign
    /// chip, of which makers abroad make as many as they may sell.
    pub resources: Option<Resources>,
    /// How many packages, and from when.
    pub order: Order,
    /// Chips in a scale-up domain.
    pub domain: u32,
    /// Price of the chip as sold.
    pub price: Money,
    /// What stands around it.
    pub surroundings: Surroundings,
    /// The engine's name, if the reader picked one.
    pub engine_id: Option<&'static str>,
    /// What a reader says of a model of their own.
    pub own_model: OwnModel,
    /// The language model.
    pub shape: Shape,
    /// Kernel constants.
    pub kernels: KernelSet,
    /// How activations are quantised.
    pub quantisation: Quantisation,
    /// The stack's constants.
    pub software: Software,
    /// Inference.
    pub serving: Serving,
    /// Training.
    pub job: TrainingJob,
    /// Failures.
    pub failures: Failures,
    /// What heat does to the chips.
    pub heat: Heat,
    /// The bar for a run.
    pub bar: Bar,
    /// Where it stands.
    pub place: Place,
    /// Chips' power under load.
    pub power_curve: PowerCurve,
    /// How capital is spread.
    pub capital: Capital,
}

impl Scenario {
    /// The United States rules as they stand.
    pub fn law(&self) -> Law<'_> {
        Law {
            rules: RULES,
            in_force: &self.in_force[..RULES.len()],
            moved: &self.moved,
        }
    }

    /// Failures at the temperature at which the chips work.
    pub fn failures_at_work(&self) -> Failures {
        Failures {
            rate: self.failures.rate * self.heat.failure_ratio(),
            ..self.failures
        }
    }

    /// The scenario of these rows, before [`Self::work_with`] and what controls
    /// write: those who change it make it where they keep it, and nobody copies it.
    pub fn from_rows(made_of: Rows) -> Self {
        let rows = &made_of;
        let a = &*rows.assumptions;
        let anchor = anchor(rows);
        let chinese = rows.chip.origin == Origin::Chinese;
        let failure_rate = if chinese {
            a.failure_rate_chinese
        } else {
            a.failure_rate_foreign
        };
        let domestic = rows.place.domestic_price.filter(|_| chinese && rows.waived);
        Self {
            chip_id: rows.chip.id,
            node_id: rows.node.id,
            own_node_id: rows.chip.node,
            pool_id: rows.node.pool,
            node_since: rows.node.since,
            node_class_nm: rows.node.class_nm,
            tools: RegimeRow::of(rows.date),
            defects: supply::ranged(&rows.node.defects),
            llm_id: rows.llm.id,
            stack_id: rows.stack.id,
            place_id: rows.place.id,
            date: rows.date,
            fabs: rows.fabs,
            origin: rows.chip.origin,
            entity_listed: rows.chip.entity_listed,
            data_centre: rows.chip.data_centre,
            in_force: in_force(rows.date),
            moved: [None; RULES.len()],
            buyer: Buyer::Platform,
            packaged_in_china: false,
            memory_id: rows.chip.memory_kind,
            own_memory_id: rows.chip.memory_kind,
            link_id: OWN_LINK,
            fab_abroad: rows.node.country == Country::Abroad,
            node_advanced: rows.node.advanced,
            resources: resources(rows),
            order: Order {
                packages: f64::from(rows.system.chips),
                buyer_share: a.buyer_share.central,
                from: rows.fabs,
                patience: a.gather_patience.central,
            },
            design: Design {
                node: Node::from(&*rows.node),
                ..anchor.as_design()
            },
            making: making(rows.chip.packaging, a),
            domain: rows.chip.domain,
            price: rows.chip.price.central,
            anchor,
            surroundings: Surroundings {
                host_power: rows.system.host_power.central,
                optics_power: rows.system.optics_power.central,
                host_price: rows.system.host_price.central,
            },
            engine_id: None,
            own_model: OwnModel::default(),
            shape: rows.llm.shape,
            kernels: KernelSet {
                calibrated: is_calibrated(rows),
                ..kernel_set(rows, |f| f.central, |f| f.central)
            },
            quantisation: Quantisation::of(&rows.llm),
            software: software(rows, |f| f.central, |f| f.central, |f| f.central),
            serving: serving(rows),
            job: job(rows),
            failures: Failures {
                rate: failure_rate.central,
                restart: a.restart_time.central,
                checkpoint: a.checkpoint_time.central,
            },
            heat: Heat {
                junction: a.junction.central,
                reference: a.junction.central,
                activation: a.activation_energy.central,
                limit: a.throttle_from.central,
                loss_per_degree_share: a.throttle_loss.central,
                least_clock_share: a.least_clock.central,
            },
            bar: Bar {
                patience: a.patience.central,
                site_power: a.site_power.central,
                goodput_share: a.goodput_floor.central,
                strained_ratio: a.strained_ratio.central,
            },
            place: Place {
                price: domestic.unwrap_or(rows.place.price).central,
                carbon: rows.place.carbon.central,
                pue: rows.place.pue.central,
            },
            power_curve: PowerCurve {
                idle_share: a.power_idle_share.central,
                base_share: a.power_base_share.central,
                compute_share: a.power_compute_share.central,
                memory_energy: rows.own_memory().energy.central,
                link_energy: a.link_energy.central,
            },
            capital: Capital {
                lifetime: a.capital_lifetime.central,
                in_use_share: a.in_use_share.central,
            },
            rows: made_of,
        }
    }
}

fn serving(rows: &Rows) -> Serving {
    let a = &*rows.assumptions;
    Serving {
        chips: rows.system.chips,
        weights: Format::Fp8,
        cache: Format::Bf16,
        prompt: a.prompt_tokens.central,
        answer: a.answer_tokens.central,
        batch: None,
        accepted: 1.0,
        draft_acceptance: a.draft_acceptance.central,
        mode: ServeMode::Mixed,
        limit: a.token_time_limit.central,
        fixed: FixedLayout::default(),
        reserve: a.runtime_memory.central,
        most_sequences: a.most_sequences.central,
        reserves_answers: false,
        chunk: a.prefill_chunk.central,
        overlap_share: 0.0,
    }
}

fn job(rows: &Rows) -> TrainingJob {
    let a = &*rows.assumptions;
    TrainingJob {
        chips: rows.system.chips,
        tokens: rows.llm.training_tokens.central,
        sequence: f64::from(rows.llm.training_sequence),
        batch: rows.llm.training_batch.central,
        micro_batch: 1.0,
        interleave: None,
        context_parallel: 1.0,
        format: Format::Bf16,
        recompute: None,
        fixed: FixedLayout::default(),
        reserve: a.runtime_memory.central,
        schedule: Schedule::OneForward,
        sharding: Sharding::Optimiser,
        sequence_parallel: true,
        weight_state: a.weight_state.central,
        gradient_state: a.gradient_state.central,
        optimiser_state: a.optimiser_state.central,
        data_exposed_share: a.data_exposed_share.central,
        score_traffic: a.score_traffic.central,
        copy_passes_count: a.copy_passes.central,
        dual_pipe_exposed_share: a.dual_pipe_exposed_share.central,
        straggler_ratio: a.straggler_ratio.central,
        straggler_chips: a.straggler_chips.central,
    }
}
