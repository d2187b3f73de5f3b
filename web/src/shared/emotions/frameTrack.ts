import type { Scores } from '@/api/schema'
import { emotions, type EmotionKey } from './emotions'

export interface Frame {
  start: number
  /** null without speech. */
  scores: Scores | null
}

/** The scores over a recording, at a resolution that suits drawing. */
export interface FrameTrack {
  duration: number
  /** Seconds of the recording that one frame averages. */
  window: number
  frames: Frame[]
}

/** A time range with one dominant emotion; silence has no span. */
export interface EmotionSpan {
  start: number
  end: number
  emotion: EmotionKey
}

export interface EmotionShare {
  emotion: EmotionKey
  /** Share of the speech time in which the emotion is dominant, 0 to 1. */
  share: number
}

/** The server averages each of the `frames_smoothed` over this many seconds. */
const smoothing = 1

/** Averages neighboring `frames_smoothed` so that at most `limit` remain. */
export function toFrameTrack(frames: Frame[], duration: number, limit = 300): FrameTrack {
  const size = Math.max(1, Math.ceil(frames.length / limit))
  if (size === 1) return { duration, window: smoothing, frames }
  const window = smoothing + ((size - 1) * duration) / frames.length
  const coarse: Frame[] = []
  for (let first = 0; first < frames.length; first += size) {
    const group = frames.slice(first, first + size)
    coarse.push({ start: group[0]!.start, scores: average(group) })
  }
  return { duration, window, frames: coarse }
}

export function toSpans({ duration, frames }: Pick<FrameTrack, 'duration' | 'frames'>): EmotionSpan[] {
  const spans: EmotionSpan[] = []
  frames.forEach((frame, index) => {
    if (!frame.scores) return
    const emotion = dominantEmotion(frame.scores)
    const end = frames[index + 1]?.start ?? duration
    const start = index === 0 ? 0 : frame.start
    const last = spans.at(-1)
    if (last?.emotion === emotion && last.end === start) last.end = end
    else spans.push({ start, end, emotion })
  })
  return spans
}

export function toShares(spans: EmotionSpan[]): EmotionShare[] {
  const length = (some: EmotionSpan[]) => some.reduce((sum, s) => sum + s.end - s.start, 0)
  const speech = length(spans)
  return emotions
    .map(({ key }) => ({ emotion: key, share: length(spans.filter(s => s.emotion === key)) / speech }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
}

export function frameAt({ frames }: Pick<FrameTrack, 'frames'>, seconds: number): Frame | undefined {
  let low = 0
  let high = frames.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (frames[middle]!.start <= seconds) low = middle
    else high = middle - 1
  }
  return frames[low]
}

/** The emotions whose score reaches `least` somewhere, in the order of the model's output. */
export const drawnEmotions = ({ frames }: Pick<FrameTrack, 'frames'>, least = 0.02): EmotionKey[] =>
  emotions.map(({ key }) => key).filter(key => frames.some(({ scores }) => scores && scores[key] >= least))

export const dominantEmotion = (scores: Scores): EmotionKey =>
  emotions.reduce((best, { key }) => (scores[key] > scores[best] ? key : best), 'angry' as EmotionKey)

/** Averages the frames with speech; null if they are fewer than half. */
function average(frames: Frame[]): Scores | null {
  const scored = frames.map(({ scores }) => scores).filter(scores => scores !== null)
  if (2 * scored.length < frames.length) return null
  const mean = (key: EmotionKey) => scored.reduce((sum, scores) => sum + scores[key], 0) / scored.length
  return Object.fromEntries(emotions.map(({ key }) => [key, mean(key)])) as Scores
}
