//! wip
fn main() {
    let link = sim::link::read(&std::env::args().nth(1).unwrap_or_default());
    let s = link.state.scenario();
    let o = sim::outcome::simulate(&s);
    let a = sim::answer::Answer::new(sim::link::write(&link.state), link.notices.iter().map(|n| format!("{n:?}")).collect(), &s, &o);
    println!("{}", serde_json::to_string_pretty(&a).unwrap());
}
