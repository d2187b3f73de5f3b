import { afterEach, beforeEach, expect, test } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { EmotionKey, Scores, Timeline, TimelineSegment } from '@/api/schema'
import { pageSize, useSegmentRows } from './useSegmentRows'

const segment = (start: number, emotion: EmotionKey, confidence: number, channel = 0): TimelineSegment => ({
  channel, start, end: start + 1, emotion, confidence, scores: {} as Scores, quality: [],
})
const timelineOf = (segments: TimelineSegment[]): Timeline => ({
  channels: [], summary: { speech: 0, silence: 0, dominant: null, shares: null }, segments, transitions: [],
})
const starts = (segments: TimelineSegment[]) => segments.map(({ start }) => start)

const timeline = shallowRef(timelineOf([]))
let scope = effectScope()
let table: ReturnType<typeof useSegmentRows>

beforeEach(() => {
  timeline.value = timelineOf([segment(0, 'sad', 0.9), segment(1, 'angry', 0.5, 1), segment(2, 'sad', 0.7, 1)])
  scope = effectScope()
  table = scope.run(() => useSegmentRows(() => timeline.value))!
})
afterEach(() => scope.stop())

test('rows follow time', () => expect(starts(table.rows.value)).toEqual([0, 1, 2]))

test('filters by emotion and channel', () => {
  table.filter.emotion = 'sad'
  expect(starts(table.rows.value)).toEqual([0, 2])
  table.filter.channel = 1
  expect(starts(table.rows.value)).toEqual([2])
})

test('channel 0 is a filter too', () => {
  table.filter.channel = 0
  expect(starts(table.rows.value)).toEqual([0])
})

test('confidence starts with the highest, a second click reverses it', () => {
  table.sortBy('confidence')
  expect(starts(table.rows.value)).toEqual([0, 2, 1])
  table.sortBy('confidence')
  expect(starts(table.rows.value)).toEqual([1, 2, 0])
})

test('sorting does not reorder the timeline itself', () => {
  table.sortBy('confidence')
  expect(starts(table.rows.value)).toEqual([0, 2, 1])
  expect(starts(timeline.value.segments)).toEqual([0, 1, 2])
})

test('emotions sort in the order of the model', () => {
  table.sortBy('emotion')
  expect(starts(table.rows.value)).toEqual([1, 0, 2])
})

test('rows are split into pages, and a filter returns to the first', async () => {
  timeline.value = timelineOf(Array.from({ length: pageSize + 1 }, (_, index) => segment(index, 'sad', 0.5)))
  await nextTick()
  table.page.value = 2
  expect(starts(table.rows.value)).toEqual([pageSize])
  table.filter.emotion = 'sad'
  await nextTick()
  expect(table.page.value).toBe(1)
})

test('another timeline resets filter and order', async () => {
  table.filter.emotion = 'sad'
  table.sortBy('confidence')
  timeline.value = timelineOf([segment(5, 'happy', 0.5)])
  await nextTick()
  expect(table.filter).toEqual({ emotion: '', channel: '' })
  expect(table.sort).toEqual({ key: 'time', down: false })
})
