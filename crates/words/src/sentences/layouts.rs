//! How a model is laid over chips, and why another way lost.

use crate::Lang;
use sim::llm::{Inference, Layout, Lost, StepPart, Training};

/// The layout that would do where the one asked for does not.
pub(super) fn nearest_layout(lang: Lang, nearest: Option<Layout>) -> Option<String> {
    nearest.map(|layout| {
        lang.fill(
            "answer.nearest_layout",
            &[("layout", &layout_name(&layout))],
        )
    })
}

/// A layout as engineers write it.
pub fn layout_name(layout: &Layout) -> String {
    let Layout { tp, pp, ep, dp } = layout;
    format!("TP {tp} · PP {pp} · EP {ep} · DP {dp}")
}

/// Shares below which two layouts are told as equals.
const NO_DIFFERENCE: f64 = 0.02;

/// How it is served, and the layout that came second.
pub fn serving_layout(lang: Lang, served: &Inference) -> String {
    let here = lang.fill(
        "layout.serving",
        &[
            ("layout", &layout_name(&served.layout)),
            ("batch", &lang.count(served.batch)),
        ],
    );
    let Some(second) = served.runner_up else {
        return here;
    };
    let why = match second.lost {
        Lost::Limit => lang.text("layout.lost.limit").to_owned(),
        Lost::Idle(chips) => lang.fill(
            "layout.lost.idle",
            &[("chips", &lang.count(f64::from(chips)))],
        ),
        Lost::Time(part) => {
            // Fewer tokens where both keep the limit, else more time for one.
            let fewer = 1.0 - second.tokens_per_s_per_chip / served.tokens_per_s_per_chip;
            let longer = second.tpot / served.tpot - 1.0;
            let (key, share) = if fewer > 0.0 {
                ("layout.lost.tokens", fewer)
            } else {
                ("layout.lost.time", longer)
            };
            if share < NO_DIFFERENCE {
                return with_second(lang, here, &second.layout, lang.text("layout.lost.nearly"));
            }
            let part = lang
                .text(&format!("part.{}.goes_to", part.name()))
                .to_owned();
            lang.fill(key, &[("share", &lang.percent(share)), ("part", &part)])
        }
    };
    with_second(lang, here, &second.layout, &why)
}

/// How a run is laid out, and the layout that came second.
pub fn training_layout(lang: Lang, plan: &Training) -> String {
    let layout = layout_name(&plan.layout);
    let layout = match plan.chunks > 1.0 {
        true => [&layout, " · VP ", &lang.count(plan.chunks)].concat(),
        false => layout,
    };
    let here = lang.fill("layout.training", &[("layout", &layout)]);
    let Some(second) = plan.runner_up else {
        return here;
    };
    let part = lang.text(match second.lost {
        StepPart::Compute => "layout.part.compute",
        StepPart::Bubble => "layout.part.bubble",
        StepPart::Network => "layout.part.network",
    });
    let longer = second.step / plan.step - 1.0;
    if longer < NO_DIFFERENCE {
        return with_second(lang, here, &second.layout, lang.text("layout.lost.nearly"));
    }
    let why = lang.fill(
        "layout.lost.time",
        &[("share", &lang.percent(longer)), ("part", part)],
    );
    with_second(lang, here, &second.layout, &why)
}

fn with_second(lang: Lang, here: String, second: &Layout, why: &str) -> String {
    let second = lang.fill(
        "layout.second",
        &[("layout", &layout_name(second)), ("why", why)],
    );
    format!("{here} {second}")
}
