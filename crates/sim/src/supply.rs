//! From wafers, memory stacks and interposers to packages, quarter by quarter.
//!
//! What a designer can have in a quarter is the least of three: good dies (its
//! part of the wafers of its node, and dies that it had made abroad before),
//! memory stacks (a stock bought before they were barred and laid out over
//! some years, and what is made at home), and interposers. Dies and stacks that
//! one quarter leaves over are there in the next. The domain knows neither chips
//! nor nodes by name.
//! Sources: [semianalysis-ascend-production] for the argument that memory
//! binds, [silicon-gap] for the identity.

mod band;
mod path;
mod stocked;
mod wait;

pub use band::{Band, band};
pub use path::{Path, QUARTERS, Quarter, YearTotals};
pub use stocked::{Stocked, stocked};
use wait::made_until;
pub use wait::{Wait, wait};

use crate::date::Date;
use units::*;

/// A figure with the range that somebody defends; a reader's own has none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged<T> {
    /// Lowest.
    pub low: T,
    /// In use.
    pub central: T,
    /// Highest.
    pub high: T,
}

impl<T: Copy> Ranged<T> {
    /// A value without doubt.
    pub fn pinned(value: T) -> Self {
        Self {
            low: value,
            central: value,
            high: value,
        }
    }

    /// The value at that end.
    pub fn at(&self, level: Level) -> T {
        match level {
            Level::Low => self.low,
            Level::Central => self.central,
            Level::High => self.high,
        }
    }

    /// Each of the three, changed alike.
    pub fn map<U>(self, of: impl Fn(T) -> U) -> Ranged<U> {
        Ranged {
            low: of(self.low),
            central: of(self.central),
            high: of(self.high),
        }
    }
}

/// An end of a range, or its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Lowest.
    Low,
    /// In use.
    Central,
    /// Highest.
    High,
}

/// Money turned into wafers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expansion {
    /// The fund that the reader imagines.
    pub fund: Money,
    /// The fund that the planned capacity already counts on.
    pub planned_fund: Money,
    /// Part of a fund that becomes fabs.
    pub fab_share: f64,
    /// Money that follows a dollar of it, itself included.
    pub leverage_ratio: f64,
    /// Price of a fab by its wafers.
    pub fab_price: MoneyPerWaferRate,
    /// Day the money is there.
    pub paid: Date,
    /// From money to wafers.
    pub delay: Time,
    /// New wafers for which tools can be had in a year, beyond the plan.
    pub tool_cap: WaferRate,
}

/// What there is to be shared, and the reader's part in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resources {
    /// Wafers a month of the node's fabs.
    pub wafers: Ranged<Path>,
    /// Part of them for AI chips.
    pub ai_share: Ranged<f64>,
    /// The designer's part of that, and of memory and interposers.
    pub designer_share: Ranged<f64>,
    /// First day of the node's volume products.
    pub node_since: Date,
    /// From that day to the node's full part of the fabs.
    pub node_ramp: Time,
    /// The fabs stand in China, where a fund can add to them.
    pub at_home: bool,
    /// What a fund changes there.
    pub expansion: Expansion,
    /// What a year adds to the planned wafers, or takes, as tools allow.
    pub growth: Ranged<f64>,
    /// Day from which it does.
    pub growth_from: Date,
    /// Good dies from abroad.
    pub bank: Ranged<f64>,
    /// Area of one of them.
    pub bank_die: Area,
    /// Day from which they are used up.
    pub bank_opens: Date,
    /// Quarters over which they are.
    pub bank_quarters_count: f64,
    /// Memory stacks bought before they were barred.
    pub stock: Ranged<f64>,
    /// Quarters, from the first of the series, over which the stock is laid out.
    pub stock_quarters_count: Ranged<f64>,
    /// Stacks of the generation made in China in a year, for everybody.
    pub domestic: Ranged<YearTotals>,
    /// Wafers a month of interposers.
    pub layer_wafers: Ranged<Path>,
}

/// What a package takes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Dies of a wafer that can be sold.
    pub sold_dies_per_wafer: Ranged<f64>,
    /// Dies in a package.
    pub dies: u32,
    /// Share of dies that end in a package that works.
    pub assembled_share: f64,
    /// Memory stacks in a package; 0 where any number may be bought.
    pub stacks: u32,
    /// Packages that a wafer of good layers carries; 0 for one without a layer.
    pub packages_per_layer_wafer: f64,
    /// The dies made abroad are of this design.
    pub uses_bank: bool,
}

/// What a reader wants of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Packages of the cluster.
    pub packages: f64,
    /// The buyer's part of the designer's packages.
    pub buyer_share: f64,
    /// Day on which gathering begins.
    pub from: Date,
    /// Longest wait.
    pub patience: Time,
}

/// What stops a quarter's output from being larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bottleneck {
    /// Good dies.
    Logic,
    /// Memory stacks.
    Memory,
    /// Interposers.
    Interposer,
    /// The node makes nothing in volume yet.
    Node,
}

/// One quarter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Output {
    /// Packages.
    pub packages: f64,
    /// What binds.
    pub bottleneck: Bottleneck,
}

/// A designer's output, and the reader's cluster in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// The series, from the first quarter of 2024.
    pub quarters: [Output; QUARTERS],
    /// What it is to the reader.
    pub wait: Wait,
}

/// Inputs of which people disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Wafers of the node's fabs.
    Wafers,
    /// Part of them for AI.
    AiShare,
    /// The designer's part.
    DesignerShare,
    /// Yield of its dies.
    DieYield,
    /// Dies from abroad.
    Bank,
    /// Stacks bought before.
    Stock,
    /// How long they are laid out for.
    StockQuarters,
    /// Stacks made at home.
    DomesticMemory,
    /// Interposers.
    Layers,
    /// What tools add to wafers or take.
    Growth,
}

impl Input {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Wafers,
        Self::AiShare,
        Self::DesignerShare,
        Self::DieYield,
        Self::Bank,
        Self::Stock,
        Self::StockQuarters,
        Self::DomesticMemory,
        Self::Layers,
        Self::Growth,
    ];
}

/// Wafers a month that money buys: fund × part for fabs × leverage ÷ price.
/// Source: [press-fab-capex].
pub fn wafers_for_money(
    fund: Money,
    fab_share: f64,
    leverage_ratio: f64,
    price: MoneyPerWaferRate,
) -> WaferRate {
    fund * (fab_share * leverage_ratio) / price
}

impl Expansion {
    /// Wafers a month that the reader's fund adds to the plan, or takes from it,
    /// in the middle of a quarter. The planned fund is in the plan: only the
    /// difference counts, and no fund on top of the one that feeds it. New
    /// wafers come no faster than tools do.
    pub fn added(&self, quarter: Quarter) -> WaferRate {
        WaferRate::new(self.adding()(quarter))
    }

    /// [`Self::added`] as a number, for many quarters.
    fn adding(&self) -> impl Fn(Quarter) -> f64 {
        let bought = |fund| {
            wafers_for_money(fund, self.fab_share, self.leverage_ratio, self.fab_price).get()
        };
        let change = bought(self.fund) - bought(self.planned_fund);
        let ready = Quarter::position(self.paid) + self.delay.days() / DAYS_PER_QUARTER;
        let tool_cap = self.tool_cap.get();
        move |quarter| {
            let years = ((quarter.middle() - ready) / 4.0).max(0.0);
            let most = tool_cap * years;
            within(change, -most, most)
        }
    }
}

impl Resources {
    /// How much of its full part the node makes in each quarter: it grows evenly
    /// from its first products on.
    fn ramp(&self) -> impl Fn(Quarter) -> f64 {
        let since = Quarter::position(self.node_since);
        let quarters = (self.node_ramp.days() / DAYS_PER_QUARTER).max(1e-9);
        move |quarter| ((quarter.middle() - since) / quarters).clamp(0.0, 1.0)
    }
}

/// Days of a quarter, on average.
const DAYS_PER_QUARTER: f64 = 365.25 / 4.0;
/// Months of a quarter.
const MONTHS: f64 = 3.0;
/// Days of a month, on average.
pub const DAYS_PER_MONTH: f64 = DAYS_PER_QUARTER / MONTHS;

/// The series with every input at the level that `at` names.
///
/// packages = min(dies · y_asm / n_die, stacks · y_asm / n_stack, layers · y_asm),
/// dies = bank + wafers · months · shares · good dies a wafer. What assembly
/// loses, it loses of dies, stacks and layers alike. Source: [silicon-gap].
pub fn series(
    resources: &Resources,
    recipe: &Recipe,
    at: impl Fn(Input) -> Level,
) -> [Output; QUARTERS] {
    let mut next = quarter_by_quarter(resources, recipe, at, |_| ());
    std::array::from_fn(|i| next(Quarter::at(i)))
}

/// [`series`], to be asked for its quarters in their order; `tell` hears what there
/// was in each.
fn quarter_by_quarter(
    resources: &Resources,
    recipe: &Recipe,
    at: impl Fn(Input) -> Level,
    mut tell: impl FnMut(Stocked),
) -> impl FnMut(Quarter) -> Output {
    let r = resources;
    let ours = r.designer_share.at(at(Input::DesignerShare));
    let wafers = r.wafers.at(at(Input::Wafers));
    let layer_wafers = r.layer_wafers.at(at(Input::Layers));
    let domestic = r.domestic.at(at(Input::DomesticMemory));
    let ai = r.ai_share.at(at(Input::AiShare));
    let sold = recipe.sold_dies_per_wafer.at(at(Input::DieYield));
    let per_quarter = r.bank.at(at(Input::Bank)) / r.bank_quarters_count.max(1.0);
    let stock = r.stock.at(at(Input::Stock));
    let pace = stock / r.stock_quarters_count.at(at(Input::StockQuarters)).max(1.0);
    let (mut dies, mut stacks, mut laid_out) = (0.0, 0.0, 0.0);
    let kept = recipe.assembled_share;
    let opens = Quarter::position(r.bank_opens);
    let growth = libm::log1p(r.growth.at(at(Input::Growth)));
    let grows = Quarter::position(r.growth_from);
    let (adding, ramp) = (r.expansion.adding(), r.ramp());
    move |quarter| {
        let added = if r.at_home { adding(quarter) } else { 0.0 };
        let years = (quarter.middle() - grows) / 4.0;
        let grown = if years > 0.0 {
            libm::exp(growth * years)
        } else {
            1.0
        };
        let monthly = (wafers.middle_of(quarter) * grown + added).max(0.0);
        let ramped = ramp(quarter);
        let made_dies = monthly * MONTHS * ai * ours * sold * ramped;
        dies += made_dies;
        let since_bank = quarter.middle() - opens;
        if recipe.uses_bank && since_bank > 0.0 && since_bank < r.bank_quarters_count {
            dies += per_quarter;
        }
        // Who knows that no more will come does not use it all up at once.
        let by_now = stock.min(pace * quarter.end());
        stacks += by_now - laid_out;
        laid_out = by_now;
        stacks += domestic.of(quarter) * ours;
        let by_logic = dies * kept / f64::from(recipe.dies.max(1));
        let by_memory = if recipe.stacks == 0 {
            f64::INFINITY
        } else {
            stacks * kept / f64::from(recipe.stacks)
        };
        let layers = if recipe.packages_per_layer_wafer > 0.0 {
            layer_wafers.middle_of(quarter) * MONTHS * ours * recipe.packages_per_layer_wafer
        } else {
            f64::INFINITY
        };
        let by_layers = layers * kept;
        tell(Stocked {
            dies,
            made_dies,
            wafers: monthly,
            ramp_share: ramped,
            stacks,
            layers,
            allowed: [by_logic, by_memory, by_layers],
        });
        let (packages, bottleneck) = [
            (
                by_logic,
                if dies > 0.0 || ramped > 0.0 {
                    Bottleneck::Logic
                } else {
                    Bottleneck::Node
                },
            ),
            (by_memory, Bottleneck::Memory),
            (by_layers, Bottleneck::Interposer),
        ]
        .into_iter()
        .reduce(|a, b| if b.0 < a.0 { b } else { a })
        .unwrap_or((0.0, Bottleneck::Logic));
        if kept > 0.0 {
            // What is left is never less than nothing, whatever rounding says.
            dies = (dies - packages * f64::from(recipe.dies) / kept).max(0.0);
            if by_memory.is_finite() {
                stacks = (stacks - packages * f64::from(recipe.stacks) / kept).max(0.0);
            }
        }
        Output {
            packages,
            bottleneck,
        }
    }
}

/// The designer's output and the reader's wait.
pub fn supply(resources: &Resources, recipe: &Recipe, order: &Order) -> Supply {
    let (made, wait) = made_until(resources, recipe, order, QUARTERS);
    Supply {
        quarters: std::array::from_fn(|i| made[i]),
        wait,
    }
}

impl std::ops::Deref for Supply {
    type Target = Wait;
    fn deref(&self) -> &Wait {
        &self.wait
    }
}

impl Supply {
    /// Packages made from January 2024 to the end of each quarter.
    pub fn cumulative(&self) -> [f64; QUARTERS] {
        let mut sum = 0.0;
        self.quarters.map(|quarter| {
            sum += quarter.packages;
            sum
        })
    }
}
