import type { RecognitionFilter, RecognitionQuery, RecognitionState } from '@/api/schema'
import { emotions, type EmotionKey } from '@/shared/emotions/emotions'
import { endsOf, fullRange, rangeOf, type PercentRange } from '@/shared/layout/percentRange'

export interface HistoryFilter {
  name: string
  emotion: EmotionKey | ''
  state: RecognitionState | ''
  /** Lowest and highest percentage. */
  confidence: PercentRange
  /** Days in the user's time zone, "2024-01-04" or "". */
  from: string
  to: string
}

export const emptyFilter = (): HistoryFilter => ({ name: '', emotion: '', state: '', confidence: fullRange(), from: '', to: '' })

export const toQuery = (filter: HistoryFilter, page: number, pageSize: number): RecognitionQuery => ({
  page,
  page_size: pageSize,
  ...toFilter(filter),
})

export function toFilter(filter: HistoryFilter): RecognitionFilter {
  const { low, high } = endsOf(filter.confidence)
  return {
    name: filter.name.trim() || undefined,
    emotion: filter.emotion || undefined,
    state: filter.state || undefined,
    min_confidence: low && low / 100,
    max_confidence: high && high / 100,
    from: filter.from ? new Date(`${filter.from}T00:00:00`).toISOString() : undefined,
    to: filter.to ? new Date(`${filter.to}T23:59:59.999`).toISOString() : undefined,
  }
}

const states = ['done', 'failed', 'cancelled', 'running', 'queued'] as const
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** The filter and the page as values of an address. */
export const toAddress = ({ name, emotion, state, confidence, from, to }: HistoryFilter, page: number) => ({
  name,
  emotion,
  state,
  from,
  to,
  min: String(endsOf(confidence).low ?? ''),
  max: String(endsOf(confidence).high ?? ''),
  page: page > 1 ? String(page) : '',
})

/** Reads the values of an address; ignores what is not valid. */
export function fromAddress(values: Record<keyof ReturnType<typeof toAddress>, string>): { filter: HistoryFilter; page: number } {
  return {
    filter: {
      name: values.name,
      emotion: emotions.find(({ key }) => key === values.emotion)?.key ?? '',
      state: states.find(state => state === values.state) ?? '',
      confidence: rangeOf(values.min, values.max),
      from: isDay(values.from) ? values.from : '',
      to: isDay(values.to) ? values.to : '',
    },
    page: /^[1-9]\d{0,6}$/.test(values.page) ? Number(values.page) : 1,
  }
}
