import type { BatchItemQuery, BatchItemState } from '@/api/schema'
import type { EmotionKey } from '@/shared/emotions/emotions'

export type SortKey = NonNullable<BatchItemQuery['sort']>

export interface ItemFilter {
  name: string
  state: BatchItemState | ''
  emotion: EmotionKey | ''
  /** Lowest and highest percentage. */
  confidence: [number, number]
  sort: SortKey
  descending: boolean
}

export const emptyFilter = (): ItemFilter => ({
  name: '',
  state: '',
  emotion: '',
  confidence: [0, 100],
  sort: 'number',
  descending: false,
})

export function toItemQuery(filter: ItemFilter): BatchItemQuery {
  const [low, high] = filter.confidence
  return {
    name: filter.name.trim() || undefined,
    state: filter.state || undefined,
    emotion: filter.emotion || undefined,
    min_confidence: low > 0 ? low / 100 : undefined,
    max_confidence: high < 100 ? high / 100 : undefined,
    sort: filter.sort === 'number' ? undefined : filter.sort,
    descending: filter.descending || undefined,
  }
}

/** A column's button: ascending, then descending, then as the recordings were added. */
export function nextSort({ sort, descending }: Pick<ItemFilter, 'sort' | 'descending'>, key: SortKey) {
  if (sort !== key) return { sort: key, descending: false }
  return descending ? { sort: 'number' as const, descending: false } : { sort: key, descending: true }
}
