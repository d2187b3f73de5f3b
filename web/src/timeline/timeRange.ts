import type { TimelineSegment } from '@/api/timeline'

export interface TimeRange {
  start: number
  end: number
}

/** The segments (by start, none over another) of which something lies within a span. */
export function overlapping<T extends TimeRange>(segments: readonly T[], { start, end }: TimeRange): T[] {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (segments[middle]!.end <= start) low = middle + 1
    else high = middle
  }
  const found: T[] = []
  for (let index = low; index < segments.length && segments[index]!.start < end; index++) found.push(segments[index]!)
  return found
}

export const segmentAt = (segments: readonly TimelineSegment[], seconds: number) =>
  overlapping(segments, { start: seconds, end: seconds + 1e-6 })[0] ?? null
