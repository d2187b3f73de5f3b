import { expect, test } from 'vitest'
import { overlapping, segmentAt } from './timeRange'

const segments = [{ start: 0, end: 1 }, { start: 2, end: 3 }, { start: 3, end: 4 }]

test('finds the segments that overlap a range', () => {
  expect(overlapping(segments, { start: 0.5, end: 2.5 })).toEqual(segments.slice(0, 2))
  expect(overlapping(segments, { start: 2.5, end: 9 })).toEqual(segments.slice(1))
})

test('a segment that only touches the range does not overlap it', () => {
  expect(overlapping(segments, { start: 1, end: 2 })).toEqual([])
})

test('a time on a boundary belongs to the later segment', () => expect(segmentAt(segments, 3)).toBe(segments[2]))

test('no segment contains a time in silence', () => expect(segmentAt(segments, 1.5)).toBeNull())
