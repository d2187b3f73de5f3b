import { computed, reactive, ref, watch } from 'vue'
import type { Timeline, TimelineSegment } from '@/api/schema'
import { emotions, type EmotionKey } from '@/shared/emotions/emotions'

export type SortKey = 'time' | 'emotion' | 'confidence'

export const pageSize = 20

/** The segments of a timeline as table rows: filtered, sorted and paged. */
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

  const matching = computed(() => {
    const segments = timeline().segments.filter(
      ({ emotion, channel }) => (!filter.emotion || emotion === filter.emotion) && (filter.channel === '' || channel === filter.channel),
    )
    const sign = sort.down ? -1 : 1
    // The timeline is already sorted by time.
    return sort.key === 'time' && !sort.down ? segments : segments.sort((a, b) => sign * compare[sort.key](a, b))
  })
  const rows = computed(() => matching.value.slice((page.value - 1) * pageSize, page.value * pageSize))

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
  return { filter, sort, sortBy, page, matching, rows }
}
