/** The cells of a lane on a card: each stands for as many records as the lane needs (`TokenRow.lane`). */

/** Least of 1, 2, 5, 10, 20 ... records a cell with which so many fit into so many cells. */
export function recordsPerCell(records: number, cells: number): number {
  const wanted = records / cells
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= wanted) return step * power
  }
}

/** Cells from the tip of a log, which ends at `end`, back to a reader's position. */
export function unreadCells(end: number, position: number, perCell: number): number {
  if (position >= end) return 0
  return Math.floor((end - 1) / perCell) - Math.floor(position / perCell) + 1
}
