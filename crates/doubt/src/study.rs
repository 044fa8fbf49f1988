//! Draws through the simulation, a slice at a time.

use crate::answer::{Answer, Range};
use crate::draw::Points;
use crate::plan::Plan;
use crate::spread::{DoubtOf, Spread, doubts, spreads};
use sim::inputs::Drawing;
use sim::link::Doubt;
use sim::llm::Layout;
use sim::outcome::{Among, Brief, brief};
use sim::scenario::Scenario;
use sim::state::State;

/// Points tried for each draw at most, those that contradict what is sold included.
const TRIES: u32 = 8;
/// Draws that are planned in full, to find the layouts that are tried for all.
const PILOTS: u32 = 8;
/// Layouts tried in each draw.
const TRIED: usize = 4;
/// The same where few draws are made of a scenario beside another.
const PILOTS_ELSEWHERE: u32 = 2;

/// A study of one scenario.
///
/// [`step`](Self::step) goes on by so many evaluations, so that a page can run it
/// between frames and drop it when a reader moves something; what is known
/// [`so_far`](Self::so_far) is right at any time. First each doubt is taken to
/// its ends, the others staying: the tornado, after which the doubts that move
/// most get the evenest numbers. Then come the draws.
///
/// A chip that is sold can be made. Draws by which the published chip could not
/// be contradict that, and others are made in their place; draws in which the
/// reader's design is impossible, or no run starts, are counted.
///
/// Where the reader fixed no layout, planning anew for each draw would take most
/// of the time: the central case and the first draws are planned in full, and
/// each draw after them takes the best of the layouts found so, at the batch that
/// it then holds best. Where none of them works, it is planned in full.
#[derive(Clone, Debug)]
pub struct Study {
    drawing: Drawing,
    doubt: Doubt,
    pilots: u32,
    spreads: Vec<Spread>,
    doubts: Vec<DoubtOf>,
    draws: u32,
    counts_supply: bool,
    central: Brief,
    /// The answers with each doubt at its low and at its high end.
    ends: Vec<[Brief; 2]>,
    /// The doubt of each coordinate; known when all ends are.
    order: Vec<usize>,
    points: Points,
    /// The point of each draw that counts.
    counted: Vec<u32>,
    done: u32,
    among: Among,
    columns: [Vec<f64>; Answer::ALL.len()],
    trains: u32,
    serves: u32,
    /// The coordinates of a draw, which of them each spread takes, and what comes of
    /// it.
    point: Vec<f64>,
    places: Vec<Option<usize>>,
    plan: Plan,
}

/// What a study shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SoFar {
    /// Draws done.
    pub done: u32,
    /// Draws in all.
    pub draws: u32,
    /// The central answer.
    pub central: Brief,
    /// Each answer that the scenario has, and where its draws lie.
    pub ranges: Vec<(Answer, Range)>,
    /// Share of the draws in which training passes every gate but that of supply.
    pub trains_share: f64,
    /// Share of the draws in which the model is served within the limit.
    pub serves_share: f64,
}

impl Study {
    /// Of the scenario that the choices mean, with what the reader says of doubt.
    pub fn new(state: &State, doubt: &Doubt) -> Self {
        let spreads = spreads(state, doubt);
        let doubts = doubts(&spreads);
        let mut drawing = Drawing::of(state);
        // A reader may have pinned a figure beside its value in use.
        let pinned = spreads.iter().filter(|spread| !spread.is_open());
        drawing.put(pinned.map(|spread| (spread.place(), spread.range[1])));
        let (central, counts_supply) = drawing.with(|scenario| {
            (
                brief(scenario, &Among::default()),
                scenario.resources.is_some(),
            )
        });
        let mut study = Self {
            drawing,
            doubt: doubt.clone(),
            pilots: PILOTS,
            draws: doubt.draws,
            counts_supply,
            central,
            ends: Vec::with_capacity(doubts.len()),
            order: Vec::new(),
            points: Points::at(doubt.seed, 0),
            counted: Vec::with_capacity(doubt.draws as usize),
            done: 0,
            among: Among::default(),
            columns: std::array::from_fn(|_| Vec::with_capacity(doubt.draws as usize)),
            trains: 0,
            serves: 0,
            point: vec![0.0; doubts.len()],
            places: vec![None; spreads.len()],
            plan: Plan::default(),
            spreads,
            doubts,
        };
        study.try_layouts_of(&central);
        study
    }

    /// Goes on by that many evaluations of the scenario at most; true when all is
    /// done.
    pub fn step(&mut self, evaluations: u32) -> bool {
        for _ in 0..evaluations {
            if self.ends.len() < self.doubts.len() {
                self.take_to_ends(self.ends.len());
            } else if self.done < self.draws {
                self.draw();
            } else {
                break;
            }
        }
        self.is_done()
    }

    /// Runs to the end.
    pub fn run(mut self) -> Self {
        while !self.step(u32::MAX) {}
        self
    }

    /// All draws are done.
    pub fn is_done(&self) -> bool {
        self.ends.len() == self.doubts.len() && self.done == self.draws
    }

    /// The answers with a doubt at its low and at its high end: two evaluations.
    fn take_to_ends(&mut self, doubt: usize) {
        let ends = [0.0, 1.0].map(|share| {
            self.put(doubt, Some(share));
            self.answer()
        });
        self.put(doubt, None);
        self.ends.push(ends);
        if self.ends.len() == self.doubts.len() {
            self.take_order(self.by_weight());
        }
    }

    /// Gives each doubt its coordinate.
    fn take_order(&mut self, order: Vec<usize>) {
        for (coordinate, doubt) in order.iter().enumerate() {
            for member in &self.doubts[*doubt].members {
                self.places[*member] = Some(coordinate);
            }
        }
        self.order = order;
        self.plan = Plan::of(&self.spreads, &self.places);
    }

    /// The same study before its draws, with a doubt known: held at its central
    /// value. The other doubts are drawn as they are here.
    pub fn knowing(&self, doubt: usize) -> Self {
        let mut study = self.without_draws();
        for member in &self.doubts[doubt].members {
            study.places[*member] = None;
        }
        study.plan = Plan::of(&study.spreads, &study.places);
        study.put(doubt, None);
        study
    }

    /// The same study before its draws.
    pub(crate) fn without_draws(&self) -> Self {
        Self {
            points: Points::at(self.doubt.seed, 0),
            counted: Vec::new(),
            done: 0,
            pilots: 0,
            columns: std::array::from_fn(|_| Vec::new()),
            trains: 0,
            serves: 0,
            ..self.clone()
        }
    }

    /// A study of other choices with the same doubts drawn alike, without a tornado
    /// of its own.
    pub(crate) fn elsewhere(&self, state: &State, draws: u32) -> Self {
        let doubt = Doubt {
            draws,
            ..self.doubt.clone()
        };
        let mut study = Self::new(state, &doubt);
        study.pilots = PILOTS_ELSEWHERE;
        study.ends = vec![[study.central; 2]; study.doubts.len()];
        // The coordinates that they have here, others after them.
        let mut others = self.order.len();
        for doubt in &study.doubts {
            let known = self.order.iter();
            let known = known.clone().position(|i| self.doubts[*i].id == doubt.id);
            let coordinate = known.unwrap_or_else(|| {
                others += 1;
                others - 1
            });
            for member in &doubt.members {
                study.places[*member] = Some(coordinate);
            }
        }
        study.point = vec![0.0; others];
        study.plan = Plan::of(&study.spreads, &study.places);
        study
    }

    /// The doubts, those first that move an answer most.
    fn by_weight(&self) -> Vec<usize> {
        let weight = |doubt: usize| {
            let moved = |answer: &Answer| {
                let [low, high] = self.ends[doubt].map(|end| answer.of(&end));
                match (low, high) {
                    (Some(low), Some(high)) if low > 0.0 && high > 0.0 => {
                        (low / high).max(high / low) - 1.0
                    }
                    (None, None) => 0.0,
                    _ => f64::MAX,
                }
            };
            Answer::ALL.iter().map(moved).fold(0.0, f64::max)
        };
        let mut order: Vec<usize> = (0..self.doubts.len()).collect();
        // What differs in its last digits alone is alike, and stays in the rows' order.
        let weights: Vec<f64> = order
            .iter()
            .map(|doubt| libm::round(weight(*doubt) * 1e9))
            .collect();
        order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        order
    }

    /// One draw, unless it contradicts what is sold.
    fn draw(&mut self) {
        let index = self.points.index();
        self.put_next();
        let told = if self.done < self.pilots && self.plans() {
            let told = self
                .drawing
                .with(|scenario| brief(scenario, &Among::default()));
            self.try_layouts_of(&told);
            told
        } else {
            self.answer()
        };
        let tries = self.draws.saturating_mul(TRIES);
        let contradicts = self.central.sold_can_be && !told.sold_can_be;
        if contradicts && index < tries {
            return;
        }
        self.counted.push(index);
        for (answer, column) in Answer::ALL.iter().zip(&mut self.columns) {
            column.push(answer.of(&told).unwrap_or(answer.impossible()));
        }
        self.trains += u32::from(told.training_works);
        self.serves += u32::from(told.inference_works);
        self.done += 1;
    }

    /// Puts the next point in place.
    fn put_next(&mut self) {
        self.points.next_into(&mut self.point);
        self.plan.put(&self.point, &mut self.drawing);
    }

    /// What the scenario of that point gives; points are asked for in order.
    pub(crate) fn at<T>(&mut self, index: u32, of: impl FnOnce(&Scenario) -> T) -> T {
        self.points.skip_to(index);
        self.put_next();
        self.drawing.with(|scenario| of(scenario))
    }

    /// The answer to what is in place.
    fn answer(&mut self) -> Brief {
        let among = &self.among;
        self.drawing.with(|scenario| brief(scenario, among))
    }

    /// There is something to plan: some part of a layout is free.
    fn plans(&mut self) -> bool {
        self.drawing.with(|scenario| {
            let fixed = &scenario.serving.fixed;
            [fixed.tp, fixed.pp, fixed.ep, fixed.dp].contains(&None)
        })
    }

    /// Tries the layouts of that answer from now on.
    fn try_layouts_of(&mut self, told: &Brief) {
        let add = |known: &mut Vec<Layout>, found: Option<Layout>| {
            if let Some(layout) = found
                && known.len() < TRIED
                && !known.contains(&layout)
            {
                known.push(layout);
            }
        };
        add(&mut self.among.serving, told.serving);
        add(&mut self.among.training, told.training);
    }

    /// Puts all spreads of a doubt at that share of their laws; `None` puts them
    /// back to their central values.
    fn put(&mut self, doubt: usize, share: Option<f64>) {
        let members = self.doubts[doubt].members.iter();
        self.drawing.put(members.map(|member| {
            let spread = &self.spreads[*member];
            let number = share.map_or(spread.range[1], |share| spread.at(share));
            (spread.place(), number)
        }));
    }

    /// What is known by now.
    pub fn so_far(&self) -> SoFar {
        let ranges = Answer::ALL.iter().zip(&self.columns);
        let ranges = ranges.filter(|(answer, _)| self.has(**answer));
        let share = |count: u32| f64::from(count) / f64::from(self.done.max(1));
        SoFar {
            done: self.done,
            draws: self.draws,
            central: self.central,
            ranges: ranges
                .filter_map(|(answer, column)| Some((*answer, Range::of(column)?)))
                .collect(),
            trains_share: share(self.trains),
            serves_share: share(self.serves),
        }
    }

    /// The scenario has such an answer.
    pub fn has(&self, answer: Answer) -> bool {
        self.counts_supply || !answer.is_of_supply()
    }

    /// The spreads that are drawn.
    pub fn spreads(&self) -> &[Spread] {
        &self.spreads
    }

    /// The doubts that they are.
    pub fn doubts(&self) -> &[DoubtOf] {
        &self.doubts
    }

    /// The same draws, each planned among all layouts: what the few that are tried
    /// can be held to. Slow.
    pub fn planned_in_full(&self) -> Self {
        let mut study = self.without_draws();
        study.pilots = u32::MAX;
        study.run()
    }

    /// The study in letters: what it is to compare on two machines, every digit
    /// that there is.
    pub fn digest(&self) -> String {
        let shown = self.so_far();
        let mut text = format!(
            "{} draws, {:?} train, {:?} serve\n",
            shown.done, shown.trains_share, shown.serves_share
        );
        for (answer, range) in &shown.ranges {
            text += &format!(
                "{} {:?} {:?} {:?} {:?}\n",
                answer.key(),
                range.p5,
                range.p50,
                range.p95,
                range.impossible_share
            );
            for driver in self.drivers(*answer).iter().take(3) {
                text += &format!("  {} {:?}\n", self.doubts[driver.doubt].id, driver.share);
            }
        }
        text
    }

    /// The answers with each doubt at its ends, in their order.
    pub fn ends(&self) -> &[[Brief; 2]] {
        &self.ends
    }

    /// The layouts that are tried in each draw.
    pub fn layouts(&self) -> &Among {
        &self.among
    }

    /// Draws done.
    pub fn done(&self) -> u32 {
        self.done
    }

    /// The doubt of each coordinate.
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The point of each draw.
    pub(crate) fn counted(&self) -> &[u32] {
        &self.counted
    }

    /// The seed of the draws.
    pub(crate) fn seed(&self) -> u32 {
        self.doubt.seed
    }

    /// The draws of an answer, the impossible ones infinite.
    pub fn draws_of(&self, answer: Answer) -> &[f64] {
        let at = Answer::ALL.iter().position(|known| *known == answer);
        at.map_or(&[], |at| &self.columns[at])
    }
}
