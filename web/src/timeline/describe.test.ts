import { beforeEach, expect, test } from 'vitest'
import type { Scores, TimelineSegment } from '@/api/schema'
import { language } from '@/shared/i18n'
import { describe, qualityText, roleName } from './describe'

beforeEach(() => {
  language.value = 'en'
})

test('describes a segment by its times, emotion and confidence', () => {
  const segment: TimelineSegment = { channel: 0, start: 1, end: 2.5, emotion: 'sad', confidence: 0.5, scores: {} as Scores, quality: [] }
  expect(describe(segment)).toBe('0:01.0–0:02.5 Sad 50.0 %')
})

test('a note on quality follows the language', () => {
  const note = { reason: 'low_level' as const, value: -60, text: 'Quiet', text_zh: '音量低' }
  expect(qualityText(note)).toBe('Quiet')
  language.value = 'zh-CN'
  expect(qualityText(note)).toBe('音量低')
})

test('the role of a mixed channel is translated, other roles are names', () => {
  expect(roleName('mix')).toBe('All channels')
  expect(roleName('agent')).toBe('agent')
})
