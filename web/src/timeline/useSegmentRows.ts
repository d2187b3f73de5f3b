import { computed, reactive, ref, watch } from 'vue'
import type { Timeline, TimelineSegment } from '@/api/timeline'
import { emotions, type EmotionKey } from '@/shared/emotions/emotions'

export type SortKey = 'time' | 'emotion' | 'confidence'

export const pageSize = 20

/** The segments of a timeline as a table: filtered, sorted, page by page. */
export function useSegmentRows(timeline: () => Timeline) {
  const filter = reactive({ emotion: '' as EmotionKey | '', channel: '' as number | '' })
  const sort = reactive({ key: 'time' as SortKey, down: false })
  const page = ref(1)

  const order = new Map<EmotionKey, number>(emotions.map(({ key }, index) => [key, index]))
  const compare: Record<SortKey, (a: TimelineSegment, b: TimelineSegment) => number> = {
    time: (a, b) => a.start - b.start,
    emotion: (a, b) => order.get(a.emotion)! - order.get(b.emotion)!,
    confidence: (a, b) => a.confidence - b.confidence,
  }

  const found = computed(() => {
    const fitting = timeline().segments.filter(
      ({ emotion, channel }) => (!filter.emotion || emotion === filter.emotion) && (filter.channel === '' || channel === filter.channel),
    )
    const way = sort.down ? -1 : 1
    // By time they come already.
    return sort.key === 'time' && !sort.down ? fitting : fitting.sort((a, b) => way * compare[sort.key](a, b))
  })
  const rows = computed(() => found.value.slice((page.value - 1) * pageSize, page.value * pageSize))

  function sortBy(key: SortKey) {
    sort.down = sort.key === key ? !sort.down : key === 'confidence'
    sort.key = key
  }

  watch([filter, sort], () => (page.value = 1))
  watch(timeline, () => {
    Object.assign(filter, { emotion: '', channel: '' })
    Object.assign(sort, { key: 'time', down: false })
    page.value = 1
  })
  return { filter, sort, sortBy, page, found, rows }
}
