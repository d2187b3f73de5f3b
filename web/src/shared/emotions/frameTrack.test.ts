import { describe, expect, test } from 'vitest'
import type { Scores } from '@/api/schema'
import { emotions, type EmotionKey } from './emotions'
import { dominantEmotion, drawnEmotions, frameAt, toFrameTrack, toShares, toSpans } from './frameTrack'

const scores = (dominant: EmotionKey, value = 1) =>
  Object.fromEntries(emotions.map(({ key }) => [key, key === dominant ? value : 0])) as Scores
const happy = scores('happy')
const sad = scores('sad')

describe('toFrameTrack', () => {
  test('keeps a track that is short enough', () => {
    const frames = [{ start: 0, scores: happy }, { start: 1, scores: null }]
    expect(toFrameTrack(frames, 2, 2)).toEqual({ duration: 2, window: 1, frames })
  })

  test('averages neighbors down to the limit', () => {
    const frames = [0, 1, 2, 3].map(start => ({ start, scores: start % 2 ? sad : happy }))
    const { frames: coarse } = toFrameTrack(frames, 4, 2)
    expect(coarse.map(({ start }) => start)).toEqual([0, 2])
    expect(coarse[0]!.scores!.happy).toBe(0.5)
    expect(coarse[0]!.scores!.sad).toBe(0.5)
  })

  test('knows how many seconds a frame averages', () => {
    const frames = Array.from({ length: 1200 }, (_, i) => ({ start: i / 10, scores: happy }))
    expect(toFrameTrack(frames, 120, 300).window).toBeCloseTo(1.3)
    expect(toFrameTrack([], 1).window).toBe(1)
  })

  test('a group is silent if fewer than half of its frames have speech', () => {
    const silent = { start: 0, scores: null }
    const { frames } = toFrameTrack([silent, silent, { start: 2, scores: happy }], 3, 1)
    expect(frames).toEqual([{ start: 0, scores: null }])
  })

  test('silent frames do not lower the mean of a group', () => {
    const { frames } = toFrameTrack([{ start: 0, scores: happy }, { start: 1, scores: null }], 2, 1)
    expect(frames[0]!.scores!.happy).toBe(1)
  })
})

describe('toSpans', () => {
  test('joins neighboring frames of one emotion', () => {
    const frames = [{ start: 0.1, scores: happy }, { start: 1, scores: happy }, { start: 2, scores: sad }]
    expect(toSpans({ duration: 3, frames })).toEqual([
      { start: 0, end: 2, emotion: 'happy' },
      { start: 2, end: 3, emotion: 'sad' },
    ])
  })

  test('silence separates spans of the same emotion', () => {
    const frames = [{ start: 0, scores: happy }, { start: 1, scores: null }, { start: 2, scores: happy }]
    expect(toSpans({ duration: 3, frames }).map(({ start, end }) => [start, end])).toEqual([[0, 1], [2, 3]])
  })
})

test('shares add up to the speech time and start with the longest', () => {
  const shares = toShares([
    { start: 0, end: 1, emotion: 'sad' },
    { start: 5, end: 8, emotion: 'happy' },
  ])
  expect(shares).toEqual([{ emotion: 'happy', share: 0.75 }, { emotion: 'sad', share: 0.25 }])
})

test('without speech there are no shares', () => expect(toShares([])).toEqual([]))

test('frameAt finds the frame that contains a time', () => {
  const frames = [0, 1, 2].map(start => ({ start, scores: null }))
  expect([-1, 0, 0.99, 1, 5].map(time => frameAt({ frames }, time)!.start)).toEqual([0, 0, 0, 1, 2])
})

test('frameAt finds nothing in an empty track', () => expect(frameAt({ frames: [] }, 0)).toBeUndefined())

test('only emotions whose score is visible are drawn', () => {
  const frames = [{ start: 0, scores: { ...scores('sad', 0.98), angry: 0.02, other: 0.01 } }, { start: 1, scores: null }]
  expect(drawnEmotions({ frames })).toEqual(['angry', 'sad'])
})

test('the first emotion wins a tie', () => expect(dominantEmotion({ ...scores('sad', 0.5), angry: 0.5 })).toBe('angry'))
