//! Finding room for labels.

/// A rectangle taken on the canvas, in tenths of a pixel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Taken {
    /// A square of `reach` tenths around a point.
    pub(crate) fn around((x, y): (i32, i32), reach: i32) -> Self {
        Taken {
            left: x - reach,
            top: y - reach,
            right: x + reach,
            bottom: y + reach,
        }
    }

    /// True where two rectangles share some area.
    pub(crate) fn meets(&self, other: &Taken) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// True where this rectangle lies wholly within the other.
    pub(crate) fn within(&self, other: &Taken) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// True where a straight line touches the rectangle.
    pub(crate) fn crossed_by(&self, a: (i32, i32), b: (i32, i32)) -> bool {
        // The line's parameter is narrowed edge by edge (Liang–Barsky).
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
                    return false;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        enter <= leave
    }
}

/// Moves wished places apart so that each has its size around it, as little as
/// possible and between the two limits; the order of the wishes is kept.
///
/// `wishes` holds the middle and the size of each item. Neighbours that would
/// touch are joined in a block that settles on the mean of their wishes.
pub(crate) fn spread(wishes: &[(i32, i32)], low: i32, high: i32) -> Vec<i32> {
    struct Block {
        top: i32,
        size: i32,
        wish_sum: i64,
        count: i64,
        members: Vec<usize>,
    }
    let settle = |block: &mut Block| {
        let top = (block.wish_sum / block.count) as i32;
        block.top = top.min(high - block.size).max(low);
    };
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|&i| wishes[i].0);
    let mut blocks: Vec<Block> = Vec::new();
    for i in order {
        let (middle, size) = wishes[i];
        let mut block = Block {
            top: 0,
            size,
            wish_sum: i64::from(middle - size / 2),
            count: 1,
            members: vec![i],
        };
        settle(&mut block);
        while let Some(above) = blocks.pop_if(|above| above.top + above.size > block.top) {
            block = Block {
                top: 0,
                size: above.size + block.size,
                wish_sum: above.wish_sum + block.wish_sum - block.count * i64::from(above.size),
                count: above.count + block.count,
                members: [above.members, block.members].concat(),
            };
            settle(&mut block);
        }
        blocks.push(block);
    }
    let mut middles = vec![0; wishes.len()];
    for block in blocks {
        let mut top = block.top;
        for i in block.members {
            middles[i] = top + wishes[i].1 / 2;
            top += wishes[i].1;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[(100, 20), (50, 20)], 0, 200), [100, 50]);
    }

    #[test]
    fn labels_that_touch_move_apart_evenly() {
        assert_eq!(spread(&[(100, 20), (100, 20)], 0, 200), [90, 110]);
        assert_eq!(spread(&[(195, 20), (199, 20)], 0, 200), [170, 190]);
        assert_eq!(spread(&[(1, 20), (0, 20)], 0, 200), [30, 10]);
    }

    #[test]
    fn a_line_through_a_box_is_seen() {
        let taken = Taken::around((50, 50), 10);
        assert!(taken.crossed_by((0, 0), (100, 100)));
        assert!(taken.crossed_by((45, 50), (55, 50)));
        assert!(!taken.crossed_by((0, 0), (100, 20)));
        assert!(!taken.crossed_by((0, 0), (30, 30)));
    }
}
