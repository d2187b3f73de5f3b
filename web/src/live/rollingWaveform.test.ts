import { expect, test } from 'vitest'
import { RollingWaveform, visibleSeconds } from './rollingWaveform'

const rate = 16000
const seconds = (count: number, value = 0) => new Int16Array(count * rate).fill(value)

function columnsOf(waveform: RollingWaveform) {
  const columns: { second: number; low: number; high: number }[] = []
  waveform.forEachColumn((second, low, high) => columns.push({ second, low, high }))
  return columns
}

test('each column has the range of its samples', () => {
  const waveform = new RollingWaveform(rate)
  const sound = seconds(1)
  sound[0] = 16384
  sound[1] = -8192
  waveform.addSound(sound)
  const columns = columnsOf(waveform)
  expect(columns).toHaveLength(50)
  expect(columns[0]).toEqual({ second: 0, low: -0.25, high: 0.5 })
  expect(columns[1]).toEqual({ second: 0.02, low: 0, high: 0 })
})

test('only the latest seconds are kept', () => {
  const waveform = new RollingWaveform(rate)
  waveform.addSound(seconds(visibleSeconds, 16384))
  waveform.addSound(seconds(visibleSeconds))
  const columns = columnsOf(waveform)
  expect(waveform.seconds).toBe(2 * visibleSeconds)
  expect(columns[0]!.second).toBeGreaterThanOrEqual(visibleSeconds)
  expect(columns.every(({ high }) => high === 0)).toBe(true)
})

test('a partial result adds the part after the previous one', () => {
  const waveform = new RollingWaveform(rate)
  waveform.addPartial({ start: 0, end: 3 }, 'sad')
  waveform.addPartial({ start: 1, end: 4 }, 'happy')
  expect(waveform.partials).toEqual([{ start: 0, end: 3, emotion: 'sad' }, { start: 3, end: 4, emotion: 'happy' }])
})

test('a partial result without speech leaves a gap', () => {
  const waveform = new RollingWaveform(rate)
  waveform.addPartial({ start: 0, end: 3 }, null)
  waveform.addPartial({ start: 1, end: 4 }, 'happy')
  expect(waveform.partials).toEqual([{ start: 3, end: 4, emotion: 'happy' }])
})

test('a segment replaces the partial results that it covers', () => {
  const waveform = new RollingWaveform(rate)
  waveform.addPartial({ start: 0, end: 2 }, 'sad')
  waveform.addPartial({ start: 0, end: 4 }, 'happy')
  waveform.addSegment({ start: 0, end: 3, emotion: 'angry' })
  expect(waveform.partials).toEqual([{ start: 3, end: 4, emotion: 'happy' }])
  expect(waveform.segments).toEqual([{ start: 0, end: 3, emotion: 'angry' }])
})

test('old segments are dropped', () => {
  const waveform = new RollingWaveform(rate)
  waveform.addSegment({ start: 0, end: 1, emotion: 'sad' })
  waveform.addSound(seconds(visibleSeconds + 10))
  waveform.addSegment({ start: 38, end: 40, emotion: 'happy' })
  expect(waveform.segments.map(({ emotion }) => emotion)).toEqual(['happy'])
})
