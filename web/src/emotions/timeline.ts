import type { Frame, Scores } from '@/api/types'
import { emotions, type EmotionKey } from './emotions'

/** How the emotion moves through a recording, coarse enough to be drawn. */
export interface Timeline {
  duration: number
  frames: Frame[]
}

/** A stretch in which one emotion leads. */
export interface Segment {
  start: number
  end: number
  emotion: EmotionKey
}

export interface Share {
  emotion: EmotionKey
  /** Share of the time in which it leads, 0 to 1. */
  share: number
}

/** Averages neighbouring frames until at most `most` are left. */
export function toTimeline(frames: Frame[], duration: number, most = 300): Timeline {
  const size = Math.ceil(frames.length / most)
  if (size <= 1) return { duration, frames }
  const coarse: Frame[] = []
  for (let first = 0; first < frames.length; first += size) {
    const group = frames.slice(first, first + size)
    coarse.push({ start: group[0]!.start, scores: average(group) })
  }
  return { duration, frames: coarse }
}

export function toSegments({ duration, frames }: Timeline): Segment[] {
  const segments: Segment[] = []
  frames.forEach((frame, index) => {
    const emotion = leader(frame.scores)
    const end = frames[index + 1]?.start ?? duration
    const last = segments.at(-1)
    if (last?.emotion === emotion) last.end = end
    else segments.push({ start: index === 0 ? 0 : frame.start, end, emotion })
  })
  return segments
}

export function toShares(segments: Segment[], duration: number): Share[] {
  return emotions
    .map(({ key }) => ({
      emotion: key,
      share: segments.filter(s => s.emotion === key).reduce((sum, s) => sum + s.end - s.start, 0) / duration,
    }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
}

export function frameAt({ frames }: Timeline, seconds: number): Frame | undefined {
  let low = 0
  let high = frames.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (frames[middle]!.start <= seconds) low = middle
    else high = middle - 1
  }
  return frames[low]
}

export const leader = (scores: Scores): EmotionKey =>
  emotions.reduce((best, { key }) => (scores[key] > scores[best] ? key : best), 'angry' as EmotionKey)

const average = (frames: Frame[]): Scores =>
  Object.fromEntries(
    emotions.map(({ key }) => [key, frames.reduce((sum, frame) => sum + frame.scores[key], 0) / frames.length]),
  ) as Scores
