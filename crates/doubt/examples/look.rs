//! look
use doubt::*;
fn main() {
    let q = std::env::args().nth(1).unwrap();
    let link = sim::link::read(&q);
    println!("{:?}", link.notices);
    let t = std::time::Instant::now();
    let study = Study::new(&link.state, &link.doubt).run();
    println!(
        "{:?} {} spreads {} doubts",
        t.elapsed(),
        study.spreads().len(),
        study.doubts().len()
    );
    let s = study.so_far();
    println!(
        "trains {} serves {} central {:?}",
        s.trains_share, s.serves_share, s.central
    );
    for (a, r) in &s.ranges {
        println!("{} {:?} central {:?}", a.key(), r, a.of(&s.central));
    }
    for a in [
        Answer::Days,
        Answer::Tpot,
        Answer::TotalPerMillion,
        Answer::PackagesPerMonth,
    ] {
        println!("-- {}", a.key());
        for d in study.drivers(a).iter().take(8) {
            let k = study.knowing(d.doubt).run();
            println!(
                "  {:40} {:.3} ±{:.3} {:?} stays {:?}",
                study.doubts()[d.doubt].id,
                d.share,
                d.noise,
                d.ends,
                study.narrowed_by(&k, a)
            );
        }
    }
}
