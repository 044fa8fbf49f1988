//! Which numbers of a figure have a formula.

use words::explain::Subject;

/// The numbers of the reader's own scenario that the figure of that id shows and
/// a formula gives.
pub fn explains(id: &str) -> &'static [Subject] {
    match id.trim_start_matches("figure-") {
        "latency" => &[Subject::TimePerToken],
        "roofline" => &[Subject::Ridge],
        "gates" => &[Subject::Wait, Subject::TrainingDays],
        "failures" => &[Subject::Lost],
        "bill" => &[Subject::CostPerMillion, Subject::EnergyPerToken],
        "watts" => &[Subject::EnergyPerToken, Subject::SystemPower],
        "cost" => &[Subject::PackageCost],
        "silicon" => &[Subject::DieYield, Subject::PackageCost],
        "adding" => &[Subject::PackageCost],
        "ways" => &[Subject::PackageCost, Subject::DieYield],
        "supply" => &[Subject::Wait],
        "law" => &[Subject::Tpp, Subject::PerformanceDensity],
        _ => &[],
    }
}
