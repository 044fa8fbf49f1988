//! By how much a number changes from one scenario to another.

use super::formula::Amount;
use super::{Explanation, Formula, Step, recased};
use crate::Lang;

/// How the number that the second explains differs from that of the first: what one
/// more die adds.
pub fn gain(lang: Lang, before: Explanation, after: Explanation) -> Option<Explanation> {
    let (mut first, mut second) = (
        before.steps.into_iter().next()?,
        after.steps.into_iter().next()?,
    );
    let what = recased(&second.what, |c| c.to_lowercase().collect());
    let named = |key: &str, step: &Step| {
        let name = lang.fill(key, &[("what", &what)]);
        (Formula::named(lang, &name, step.amount), name)
    };
    let (with, with_name) = named("explain.with_die", &second);
    let (without, without_name) = named("explain.without_die", &first);
    let formula = with / without - Formula::bare(lang, Amount::Count(1.0));
    let told = Amount::Share(second.told / first.told - 1.0);
    first.what = capital(&without_name);
    second.what = capital(&with_name);
    let gained = Step {
        what: capital(&lang.fill("explain.gain", &[("what", &what)])),
        formula: formula.words,
        values: formula.values,
        result: told.told(lang),
        computed: formula.value,
        told: told.get(),
        amount: told,
    };
    let mut sources = after.sources;
    sources.extend(before.sources);
    let mut known = Vec::new();
    sources.retain(|source| {
        let new = !known.contains(source);
        known.push(*source);
        new
    });
    Some(Explanation {
        title: gained.what.clone(),
        steps: vec![gained, second, first],
        sources,
    })
}

fn capital(text: &str) -> String {
    recased(text, |c| c.to_uppercase().collect())
}
