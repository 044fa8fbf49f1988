//! Areas of the canvas: whether they meet, and what of a line or a surface
//! lies within one.

/// Edges of an area on the canvas, in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Bounds {
    /// A square of `reach` tenths around a point.
    pub(crate) fn around((x, y): (i32, i32), reach: i32) -> Self {
        Bounds {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        }
    }

    /// True where two rectangles share some area.
    pub(crate) fn meets(&self, other: &Bounds) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// True where this rectangle lies wholly within the other.
    pub(crate) fn within(&self, other: &Bounds) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// The piece of a straight line that lies within, if any (Liang–Barsky).
    fn piece(&self, a: (i32, i32), b: (i32, i32)) -> Option<[(i32, i32); 2]> {
        // The line's parameter is narrowed edge by edge.
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let (dx, dy) = (f64::from(b.0 - a.0), f64::from(b.1 - a.1));
        for (step, room) in [
            (-dx, a.0 - self.left),
            (dx, self.right - a.0),
            (-dy, a.1 - self.top),
            (dy, self.bottom - a.1),
        ] {
            let room = f64::from(room);
            if step == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        let along = |t: f64| {
            let x = f64::from(a.0) + dx * t;
            let y = f64::from(a.1) + dy * t;
            (x.round() as i32, y.round() as i32)
        };
        (enter <= leave).then(|| [along(enter), along(leave)])
    }

    /// True where a straight line touches the area.
    pub(crate) fn crossed_by(&self, a: (i32, i32), b: (i32, i32)) -> bool {
        self.piece(a, b).is_some()
    }
}

/// The pieces of a broken line that lie within an area.
pub(crate) fn pieces_within(line: &[(i32, i32)], area: &Bounds) -> Vec<Vec<(i32, i32)>> {
    let mut pieces: Vec<Vec<(i32, i32)>> = Vec::new();
    for pair in line.windows(2) {
        let Some([from, to]) = area.piece(pair[0], pair[1]) else {
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a surface that lies within an area (Sutherland–Hodgman).
pub(crate) fn surface_within(mut corners: Vec<(i32, i32)>, area: &Bounds) -> Vec<(i32, i32)> {
    // Each edge of the area as a distance that is positive inside.
    let edges: [&dyn Fn((i32, i32)) -> i32; 4] = [
        &|p| p.0 - area.left,
        &|p| area.right - p.0,
        &|p| p.1 - area.top,
        &|p| area.bottom - p.1,
    ];
    for depth in edges {
        let Some(&last) = corners.last() else { break };
        let mut kept = Vec::with_capacity(corners.len() + 2);
        let mut before = last;
        for &corner in &corners {
            let (d0, d1) = (depth(before), depth(corner));
            if (d0 < 0) != (d1 < 0) {
                let t = f64::from(d0) / (f64::from(d0) - f64::from(d1));
                let mix = |a: i32, b: i32| (f64::from(a) + f64::from(b - a) * t).round() as i32;
                kept.push((mix(before.0, corner.0), mix(before.1, corner.1)));
            }
            if d1 >= 0 {
                kept.push(corner);
            }
            before = corner;
        }
        corners = kept;
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_a_box_is_seen() {
        let taken = Bounds::around((50, 50), 10);
        assert!(taken.crossed_by((0, 0), (100, 100)));
        assert!(taken.crossed_by((45, 50), (55, 50)));
        assert!(!taken.crossed_by((0, 0), (100, 20)));
        assert!(!taken.crossed_by((0, 0), (30, 30)));
    }

    #[test]
    fn a_line_is_cut_at_the_edges() {
        let area = Bounds::around((50, 50), 10);
        let line = [(0, 50), (50, 50), (50, 0), (55, 0), (55, 50)];
        let pieces = pieces_within(&line, &area);
        assert_eq!(
            pieces,
            [vec![(40, 50), (50, 50), (50, 40)], vec![(55, 40), (55, 50)]]
        );
    }

    #[test]
    fn a_surface_is_cut_at_the_edges() {
        let area = Bounds::around((50, 50), 10);
        let all = surface_within(vec![(0, 0), (100, 0), (100, 100), (0, 100)], &area);
        assert_eq!(all.len(), 4);
        assert!(
            all.iter()
                .all(|c| [40, 60].contains(&c.0) && [40, 60].contains(&c.1))
        );
        assert!(surface_within(vec![(0, 0), (9, 0), (9, 9)], &area).is_empty());
    }
}
