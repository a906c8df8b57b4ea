//! A stable merge sort whose comparisons may fail. Plain Rust: it sorts indices and knows nothing of objects.

/// Runs up to this length are sorted by binary insertion.
const RUN: usize = 64;

/// Sorts by `less`; on an error the order is left as it is then.
pub(super) fn sort<E>(order: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<(), E> {
    if order.len() < RUN {
        return insertion(order, less);
    }
    let mut spare = order.to_vec();
    merge_sort(order, &mut spare, less)
}

/// A natural run at the front first (reversed if it falls strictly), then binary insertion of the rest.
fn insertion<E>(order: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<(), E> {
    if order.len() < 2 {
        return Ok(());
    }
    let mut run = 2;
    if less(order[1], order[0])? {
        while run < order.len() && less(order[run], order[run - 1])? {
            run += 1;
        }
        order[..run].reverse();
    } else {
        while run < order.len() && !less(order[run], order[run - 1])? {
            run += 1;
        }
    }
    for i in run..order.len() {
        let pivot = order[i];
        let (mut low, mut high) = (0, i);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pivot, order[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        order[low..=i].rotate_right(1);
    }
    Ok(())
}

fn merge_sort<E>(order: &mut [u32], spare: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<(), E> {
    if order.len() < RUN {
        return insertion(order, less);
    }
    let half = order.len() / 2;
    merge_sort(&mut order[..half], &mut spare[..half], less)?;
    merge_sort(&mut order[half..], &mut spare[half..], less)?;
    if !less(order[half], order[half - 1])? {
        return Ok(());
    }
    spare.copy_from_slice(order);
    let (mut i, mut j) = (0, half);
    for slot in order.iter_mut() {
        let take_right = i == half || (j < spare.len() && less(spare[j], spare[i])?);
        let from = if take_right { &mut j } else { &mut i };
        *slot = spare[*from];
        *from += 1;
    }
    Ok(())
}
