import type { BatchItemQuery, BatchItemState } from '@/api/schema'
import { emotions, type EmotionKey } from '@/shared/emotions/emotions'
import { endsOf, fullRange, rangeOf, type PercentRange } from '@/shared/layout/percentRange'

export type SortKey = NonNullable<BatchItemQuery['sort']>

const sorts: SortKey[] = ['name', 'emotion', 'confidence', 'duration']
const states: BatchItemState[] = ['pending', 'done', 'failed']

export interface ItemFilter {
  name: string
  state: BatchItemState | ''
  emotion: EmotionKey | ''
  /** Lowest and highest percentage. */
  confidence: PercentRange
  sort: SortKey
  descending: boolean
}

export const emptyFilter = (): ItemFilter => ({
  name: '',
  state: '',
  emotion: '',
  confidence: fullRange(),
  sort: 'number',
  descending: false,
})

export function toItemQuery(filter: ItemFilter): BatchItemQuery {
  const { low, high } = endsOf(filter.confidence)
  return {
    name: filter.name.trim() || undefined,
    state: filter.state || undefined,
    emotion: filter.emotion || undefined,
    min_confidence: low && low / 100,
    max_confidence: high && high / 100,
    sort: filter.sort === 'number' ? undefined : filter.sort,
    descending: filter.descending || undefined,
  }
}

/** A column's button: ascending, then descending, then as the recordings were added. */
export function nextSort({ sort, descending }: Pick<ItemFilter, 'sort' | 'descending'>, key: SortKey) {
  if (sort !== key) return { sort: key, descending: false }
  return descending ? { sort: 'number' as const, descending: false } : { sort: key, descending: true }
}

/** The filter as values of an address. */
export const toAddress = ({ name, state, emotion, confidence, sort, descending }: ItemFilter) => ({
  name,
  state,
  emotion,
  min: String(endsOf(confidence).low ?? ''),
  max: String(endsOf(confidence).high ?? ''),
  sort: sort === 'number' ? '' : sort + (descending ? '-' : ''),
})

/** Reads the values of an address; ignores what is not valid. */
export function fromAddress(values: Record<keyof ReturnType<typeof toAddress>, string>): ItemFilter {
  const sort = sorts.find(key => key === values.sort.replace('-', ''))
  return {
    name: values.name,
    state: states.find(state => state === values.state) ?? '',
    emotion: emotions.find(({ key }) => key === values.emotion)?.key ?? '',
    confidence: rangeOf(values.min, values.max),
    sort: sort ?? 'number',
    descending: sort !== undefined && values.sort.endsWith('-'),
  }
}
