import { beforeEach, expect, test } from 'vitest'
import type { TimelineSegment } from '@/api/timeline'
import type { Scores } from '@/api/types'
import { language } from '@/shared/i18n'
import { describe, qualityText, roleName } from './describe'

beforeEach(() => {
  language.value = 'en'
})

test('describes a segment by its times, emotion and confidence', () => {
  const segment: TimelineSegment = { channel: 0, start: 1, end: 2.5, emotion: 'sad', confidence: 0.5, scores: {} as Scores, quality: [] }
  expect(describe(segment)).toBe('0:01.0–0:02.5 Sad 50.0 %')
})

test('a note on quality follows the language, with English as fallback', () => {
  const note = { reason: 'quiet', value: null, text: 'Quiet' }
  language.value = 'zh-CN'
  expect(qualityText({ ...note, text_zh: '音量低' })).toBe('音量低')
  expect(qualityText(note)).toBe('Quiet')
})

test('the role of a mixed channel is translated, other roles are names', () => {
  expect(roleName('mix')).toBe('All channels')
  expect(roleName('agent')).toBe('agent')
})
