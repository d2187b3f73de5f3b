export interface TimeRange {
  start: number
  end: number
}

/** Returns the segments that overlap a range; they must be sorted and not overlap each other. */
export function overlapping<T extends TimeRange>(segments: readonly T[], { start, end }: TimeRange): T[] {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (segments[middle]!.end <= start) low = middle + 1
    else high = middle
  }
  const result: T[] = []
  for (let index = low; index < segments.length && segments[index]!.start < end; index++) result.push(segments[index]!)
  return result
}

export const segmentAt = <T extends TimeRange>(segments: readonly T[], seconds: number) =>
  overlapping(segments, { start: seconds, end: seconds + 1e-6 })[0] ?? null
