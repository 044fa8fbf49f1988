//! What a figure shows of the reader's scenario is what the formulas under it give.

use figures::{all, explains};
use sim::outcome::simulate;
use sim::state::State;
use words::Lang;
use words::explain::{Subject, explain};

#[test]
fn digits_of_a_figure_are_those_of_its_formulas() {
    let (mut missing, mut compared) = (Vec::new(), 0);
    for preset in sim::catalogue::PRESETS {
        let state = State::of_preset(preset);
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        for figure in all(Lang::En, &state, None, 640) {
            let cells = figure.table.rows.concat();
            let cells: Vec<&str> = cells.iter().map(|cell| &**cell).collect();
            let shown = [&cells.join("\n"), &figure.caption]
                .map(String::as_str)
                .join("\n");
            for subject in explains(figure.id) {
                let Some(explanation) = explain(Lang::En, *subject, &scenario, &outcome) else {
                    continue;
                };
                // What does not fit is explained in bytes, and shown in words.
                if *subject == Subject::TrainingDays && outcome.training.plan.is_err() {
                    continue;
                }
                compared += 1;
                let result = &explanation.steps[0].result;
                let there = shown.contains(result.as_str());
                if !there {
                    missing.push(format!(
                        "{} {}: {subject:?} {:?} not in {shown:?}",
                        preset.id, figure.id, result
                    ));
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
