//! What a passage reads of a scenario, with the words that it needs.

use crate::Lang;
use crate::explain::Subject;
use crate::sentences::bottleneck;
use sim::export::{Gate, Posture, Route};
use sim::llm::InferenceStop;
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use sim::supply::{DAYS_PER_MONTH, Output, wafers_for_money};
use units::Time;

/// A scenario and what follows from it.
pub(super) struct Told {
    pub(super) scenario: Scenario,
    pub(super) outcome: Outcome,
}

impl Told {
    pub(super) fn of(state: &State) -> Self {
        let scenario = state.scenario();
        Self {
            outcome: simulate(&scenario),
            scenario,
        }
    }

    /// The last quarter that is counted, the end of 2028.
    fn last(&self) -> Option<&Output> {
        self.outcome.supplied.as_ref()?.supply.quarters.last()
    }
}

/// The reading of that name; `None` where there is no such reading.
pub(super) fn read(lang: Lang, reading: &str, told: &Told) -> Option<String> {
    let Told { scenario, outcome } = told;
    let run = outcome.training.reliability.as_ref();
    let supply = outcome.supplied.as_ref().map(|supplied| &supplied.supply);
    Some(match reading {
        "chips" => lang.count(f64::from(scenario.serving.chips)),
        "buyer" => lang.percent(scenario.order.buyer_share),
        "month" => lang.month(scenario.date),
        "fabs" => lang.month(scenario.fabs),
        "washington" => washington(lang, outcome),
        "beijing" => lang
            .text(match outcome.china {
                Gate::Open => "story.say.yes",
                Gate::Discouraged => "story.say.better_not",
                Gate::Barred => "story.say.no",
            })
            .to_owned(),
        "served" => served(lang, told, false),
        "system" => served(lang, told, true),
        "power" => lang.power(outcome.energy.system),
        "package" => package(lang, outcome),
        "fab" => fab(lang, outcome),
        "door" => lang
            .text(match outcome.route {
                Some(Route::Open) => "story.say.open",
                _ => "story.say.closed",
            })
            .to_owned(),
        "days" => duration(lang, run.map(|run| run.wall)),
        "temp" => lang.with_unit(scenario.heat.junction.get(), 3, "°C"),
        "breaks" => breaks(lang, run.map_or(0.0, |run| run.failures)),
        "goodput" => lang.percent(run.map_or(0.0, |run| run.goodput_share)),
        "monthly" => packages(lang, supply.map_or(0.0, |supply| supply.packages_per_month)),
        "wait" => duration(
            lang,
            supply
                .and_then(|supply| supply.months_to_cluster)
                .map(|months| Time::from_days((months * DAYS_PER_MONTH).max(1.0).round())),
        ),
        "short" => bottleneck(lang, supply?.bottleneck).to_owned(),
        "late" => packages(lang, told.last().map_or(0.0, |last| last.packages / 3.0)),
        "late_short" => bottleneck(lang, told.last()?.bottleneck).to_owned(),
        "wafers" => wafers(lang, scenario)?,
        _ => return None,
    })
}

/// The numbers that a reading says, each with an explanation.
pub(super) fn subjects(reading: &str) -> &'static [Subject] {
    match reading {
        // Where nothing is served, the time or the bytes say why.
        "served" => &[
            Subject::TimePerToken,
            Subject::Rate,
            Subject::CostPerMillion,
        ],
        "system" => &[
            Subject::TimePerToken,
            Subject::Rate,
            Subject::EnergyPerToken,
        ],
        "power" => &[Subject::SystemPower],
        "fab" => &[Subject::PackageCost],
        "days" => &[Subject::TrainingDays],
        "breaks" => &[Subject::Failures],
        "goodput" => &[Subject::Goodput],
        "monthly" => &[Subject::PackagesPerMonth],
        "wait" => &[Subject::Wait],
        _ => &[],
    }
}

fn washington(lang: Lang, outcome: &Outcome) -> String {
    let key = match outcome.us.posture {
        Some(Posture::Free) => "story.say.yes",
        Some(Posture::LicenceException) => "story.say.notice",
        Some(Posture::CaseByCase) => "story.say.case_by_case",
        Some(Posture::PresumptionOfDenial) => "story.say.no",
        None => "story.say.unpublished",
    };
    lang.text(key).to_owned()
}

/// What chips write, each with its money, or all with their energy.
fn served(lang: Lang, told: &Told, system: bool) -> String {
    let Told { scenario, outcome } = told;
    let key = match &outcome.inference {
        Ok(inference) if inference.tpot <= scenario.serving.limit => {
            let rate = inference.tokens_per_s_per_chip;
            let energy = &outcome.energy;
            let chips = f64::from(scenario.serving.chips);
            let (key, rate, price) = if system {
                let joules = energy.per_token.map(|joules| lang.energy(joules));
                ("story.say.system", rate * chips, joules)
            } else {
                let money = energy.total_per_million.map(|money| lang.money(money));
                ("story.say.served", rate, money)
            };
            let rate = lang.number(rate, 2);
            let price = price.unwrap_or_default();
            return lang.fill(key, &[("rate", &rate), ("price", &price)]);
        }
        Ok(_) => "story.say.too_slow",
        Err(InferenceStop::NotMade) => "story.say.not_made",
        Err(_) => "story.say.no_memory",
    };
    lang.text(key).to_owned()
}

fn package(lang: Lang, outcome: &Outcome) -> String {
    let package = &outcome.package;
    if !package.is_manufacturable() {
        return lang.text("story.say.no_package").to_owned();
    }
    lang.fill(
        "story.say.package",
        &[
            ("memory", &lang.bytes(package.memory)),
            ("power", &lang.power(package.power)),
        ],
    )
}

/// What a wafer gives, and at which cost.
fn fab(lang: Lang, outcome: &Outcome) -> String {
    let foundry = &outcome.foundry;
    if !outcome.package.is_manufacturable() {
        return lang.text("story.say.no_die").to_owned();
    }
    lang.fill(
        "story.say.fab",
        &[
            ("chips", &lang.number(foundry.good_packages_per_wafer, 2)),
            (
                "cost",
                &lang.money(units::Money::new(foundry.package_cost_usd)),
            ),
        ],
    )
}

fn duration(lang: Lang, time: Option<Time>) -> String {
    match time {
        Some(time) => lang.time(time),
        None => lang.text("story.say.eternity").to_owned(),
    }
}

fn breaks(lang: Lang, failures: f64) -> String {
    let count = crate::sentences::failures(lang, failures);
    let key = match failures {
        f if f < 0.5 => "story.say.unbroken",
        f if f < 1.5 => "story.say.once",
        _ => "story.say.breaks",
    };
    lang.fill(key, &[("count", &count)])
}

fn packages(lang: Lang, count: f64) -> String {
    if count < 1.5 {
        return lang.text("story.say.none").to_owned();
    }
    lang.fill("story.say.packages", &[("count", &lang.number(count, 2))])
}

/// Wafers a month that the fund pays for.
fn wafers(lang: Lang, scenario: &Scenario) -> Option<String> {
    let expansion = &scenario.resources.as_ref()?.expansion;
    let wafers = wafers_for_money(
        expansion.fund,
        expansion.fab_share,
        expansion.leverage_ratio,
        expansion.fab_price,
    );
    Some(match wafers.get() {
        w if w < 0.5 => lang.text("story.say.no_wafer").to_owned(),
        w => lang.fill("story.say.wafers", &[("count", &lang.number(w, 2))]),
    })
}
