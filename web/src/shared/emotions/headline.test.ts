import { beforeEach, describe, expect, test } from 'vitest'
import type { Scores } from '@/api/schema'
import { language } from '@/shared/i18n'
import { headlineOf, headlineShare, headlineText } from './headline'

const scores = { angry: 0.3, disgusted: 0, fearful: 0, happy: 0.4, neutral: 0, other: 0, sad: 0, surprised: 0.3, unknown: 0 } as Scores
const whole = { emotion: 'happy', confidence: 0.4, secondary: null, dominant: null, scores } as const
const dominant = { emotion: 'angry', share: 0.241, secondary: null, segments: 143, transitions: 1 } as const

describe('headline', () => {
  beforeEach(() => void (language.value = 'en'))

  test('of a whole recording is its most probable emotion', () => {
    expect(headlineText(headlineOf(whole)!)).toBe('Happy 40.0 %')
  })

  test('of a recording with segments is the emotion of most of the speech', () => {
    const headline = headlineOf({ ...whole, dominant })!
    expect(headlineText(headline)).toBe('Mostly angry: 24.1 % of speech, 143 segments, 1 change')
    expect(headlineShare(headline)).toBe('24.1 % of speech')
    language.value = 'zh-CN'
    expect(headlineText(headline)).toBe('以愤怒为主：占语音时长的 24.1 %，143 段，1 次变化')
  })

  test('names both emotions of mixed feelings, with the shares that are known', () => {
    expect(headlineText(headlineOf({ ...whole, secondary: 'surprised' })!)).toBe('Happy + Surprised 40.0 % + 30.0 %')
    const listed = headlineOf({ ...whole, dominant: { ...dominant, secondary: 'sad', segments: null, transitions: null } })!
    expect(headlineText(listed)).toBe('Mostly angry + sad: 24.1 % of speech')
  })

  test('without a result is null', () => {
    expect(headlineOf({ ...whole, emotion: null, confidence: null })).toBeNull()
  })
})
