/** The rows of a long table that are drawn. */
export interface RowWindow {
  /** Index of the first drawn row. */
  first: number
  /** Index after the last drawn row. */
  end: number
  /** Distance of the first drawn row from the top of the scrolled content, in pixels. */
  top: number
  /** Height of the scrolled content, in pixels. */
  height: number
}

/** Browsers limit the height of an element (Firefox to about 17 million pixels). */
const maxHeight = 8_000_000
/** Rows that are drawn above and below the visible ones. */
const overscan = 8

/**
 * Returns the rows in view. The content of a table with too many rows is lower than its rows; the scroll position then
 * stands for a share of the table.
 */
export function rowsInView(scrollTop: number, viewHeight: number, rowHeight: number, total: number): RowWindow {
  const full = total * rowHeight
  const height = Math.min(full, maxHeight)
  const visibleTop = Math.max(0, Math.min(full - viewHeight, scrollTop * scaleOf(full, height, viewHeight)))
  const first = Math.max(0, Math.floor(visibleTop / rowHeight) - overscan)
  const end = Math.min(total, Math.ceil((visibleTop + viewHeight) / rowHeight) + overscan)
  const above = Math.max(0, Math.min(height - viewHeight, scrollTop))
  return { first, end, top: above - (visibleTop - first * rowHeight), height }
}

/** Returns the scroll position that shows a row with the least movement. */
export function scrollTo(row: number, scrollTop: number, viewHeight: number, rowHeight: number, total: number): number {
  const full = total * rowHeight
  const scale = scaleOf(full, Math.min(full, maxHeight), viewHeight)
  const visibleTop = scrollTop * scale
  if (row * rowHeight < visibleTop) return (row * rowHeight) / scale
  if ((row + 1) * rowHeight > visibleTop + viewHeight) return ((row + 1) * rowHeight - viewHeight) / scale
  return scrollTop
}

const scaleOf = (full: number, height: number, view: number) => (full > height ? (full - view) / (height - view) : 1)

/** Returns the indexes of the pages that contain the rows from `first` to before `end`. */
export function pagesOf(first: number, end: number, size: number): number[] {
  const from = Math.floor(first / size)
  const to = Math.ceil(end / size)
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}
