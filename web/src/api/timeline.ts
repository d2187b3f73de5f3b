import type { EmotionKey, Scores } from './types'

/** How the time of a recording, or of one of its channels, is shared. */
export interface EmotionSummary {
  /** Seconds. */
  speech: number
  silence: number
  /** null without speech, as are the shares. */
  dominant: EmotionKey | null
  shares: Scores | null
}

export interface TimelineChannel extends EmotionSummary {
  index: number
  /** "mix", or who is heard on it. */
  role: string
}

export interface SegmentQuality {
  reason: string
  value: number | null
  text: string
  text_zh?: string
}

export interface TimelineSegment {
  channel: number
  /** Seconds, as is the end. */
  start: number
  end: number
  emotion: EmotionKey
  confidence: number
  scores: Scores
  quality: SegmentQuality[]
}

export interface TimelineTransition {
  time: number
  channel: number
  from: EmotionKey
  to: EmotionKey
  confidence: number
}

/** Which emotion, when. */
export interface Timeline {
  channels: TimelineChannel[]
  summary: EmotionSummary
  segments: TimelineSegment[]
  transitions: TimelineTransition[]
}

/** What a timeline can be had as. */
export const timelineFormats = [
  { format: 'csv', file: 'timeline.csv', name: 'CSV' },
  { format: 'srt', file: 'timeline.srt', name: 'SRT' },
  { format: 'vtt', file: 'timeline.vtt', name: 'VTT' },
  { format: 'textgrid', file: 'timeline.TextGrid', name: 'TextGrid' },
  { format: 'audacity', file: 'timeline.txt', name: 'Audacity' },
  { format: 'json', file: 'timeline.json', name: 'JSON' },
] as const
