import { expect, test } from 'vitest'
import { byteSize, clock, percent, timestamp } from './format'

test.each([
  [0, '0:00.0'],
  [0.18, '0:00.2'],
  [9.94, '0:09.9'],
  [83.4, '1:23.4'],
  [59.96, '1:00.0'],
  [3600, '1:00:00.0'],
  [3725.5, '1:02:05.5'],
])('clock shows %d seconds as %s', (seconds, shown) => expect(clock(seconds)).toBe(shown))

test('clock does not lose a tenth to rounding', () => expect(clock(0.3)).toBe('0:00.3'))

test.each([
  [999, '999 B'],
  [1500, '2 KB'],
  [2_000_000, '2 MB'],
  [2_540_000, '2.5 MB'],
  [1_230_000_000, '1.23 GB'],
])('byteSize shows %d bytes as %s', (bytes, shown) => expect(byteSize(bytes)).toBe(shown))

test('percent has one decimal', () => expect(percent(0.9876)).toBe('98.8 %'))

test('timestamp names files in local time', () => expect(timestamp(new Date(2024, 0, 4, 2, 3, 5))).toBe('20240104_020305'))
