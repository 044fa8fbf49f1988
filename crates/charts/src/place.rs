//! Moving labels apart.

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
    let mut order: Vec<usize> = Vec::with_capacity(wishes.len());
    for i in 0..wishes.len() {
        let place = order.partition_point(|&other| wishes[other].0 <= wishes[i].0);
        order.insert(place, i);
    }
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
}
