import type { BatchItem, Recognition, Scores, Timeline } from '@/api/schema'
import { text } from '@/shared/i18n'
import { percent } from '@/shared/i18n/format'
import { emotionName, emotionOf, type EmotionKey } from './emotions'

/** What a person reads first about a result. */
export interface Headline {
  emotion: EmotionKey
  /** The second of mixed feelings. */
  secondary: EmotionKey | null
  /** The share of `emotion` in the speech time or, without segments, its probability. */
  share: number
  /** null without mixed feelings, and in lists of batches. */
  secondaryShare: number | null
  /** Shares of the speech time; null for a recording that was recognized as a whole. */
  shares: Scores | null
  ofSpeech: boolean
  /** null if unknown. */
  segments: number | null
  transitions: number | null
}

type Result = Pick<Recognition | BatchItem, 'emotion' | 'confidence' | 'secondary' | 'dominant'> &
  Partial<Pick<Recognition, 'scores' | 'summary'>>

/** The emotion of most of the speech; of a recording that was recognized as a whole, the most probable one. */
export function headlineOf({ emotion, confidence, secondary, dominant, scores, summary }: Result): Headline | null {
  if (dominant) {
    const shares = summary?.shares ?? null
    return {
      emotion: dominant.emotion,
      secondary: dominant.secondary,
      share: dominant.share,
      secondaryShare: shareOf(shares, dominant.secondary),
      shares,
      ofSpeech: true,
      segments: dominant.segments,
      transitions: dominant.transitions,
    }
  }
  if (!emotion || confidence === null) return null
  return {
    emotion,
    secondary,
    share: confidence,
    secondaryShare: shareOf(scores ?? null, secondary),
    shares: null,
    ofSpeech: false,
    segments: null,
    transitions: null,
  }
}

/** The headline of a timeline without a recognition; null without speech. */
export function headlineOfTimeline({ summary, segments, transitions }: Timeline): Headline | null {
  const { dominant, shares } = summary
  if (!dominant || !shares) return null
  return {
    emotion: dominant,
    secondary: null,
    share: shares[dominant],
    secondaryShare: null,
    shares,
    ofSpeech: true,
    segments: segments.length,
    transitions: transitions.length,
  }
}

const keysOf = ({ emotion, secondary }: Headline) => (secondary ? [emotion, secondary] : [emotion])

/** "Happy", or "Happy + Surprised". */
export const headlineNames = (headline: Headline) => keysOf(headline).map(emotionName).join(' + ')

/** "Mostly happy", or "Happy" for a recording that was recognized as a whole. */
export const headlineTitle = (headline: Headline) =>
  headline.ofSpeech ? text.value.headline.mostly(headlineNames(headline)) : headlineNames(headline)

export const headlineEmoji = (headline: Headline) => keysOf(headline).map(key => emotionOf(key).emoji).join('')

/** "45.2 %", or "45.2 % + 41.0 %". */
export const headlinePercent = ({ share, secondaryShare }: Headline) =>
  [share, secondaryShare].filter(value => value !== null).map(percent).join(' + ')

/** "24.1 % of speech", or "87.6 %". */
export const headlineShare = (headline: Headline) =>
  headline.ofSpeech ? text.value.headline.ofSpeech(headlinePercent(headline)) : headlinePercent(headline)

/** "143 segments, 72 changes"; empty if unknown. */
export const headlineCounts = ({ segments, transitions }: Headline) =>
  segments === null || transitions === null ? '' : text.value.headline.counts(segments, transitions)

/** "Mostly angry: 24.1 % of speech, 143 segments, 72 changes", or "Happy 87.6 %". */
export function headlineText(headline: Headline): string {
  if (!headline.ofSpeech) return `${headlineTitle(headline)} ${headlinePercent(headline)}`
  const figures = [headlineShare(headline), headlineCounts(headline)].filter(Boolean)
  return text.value.headline.line(headlineTitle(headline), figures)
}

function shareOf(scores: Scores | null, key: EmotionKey | null): number | null {
  return key && scores ? scores[key] : null
}
