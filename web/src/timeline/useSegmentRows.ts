import { computed, reactive, ref, watch } from 'vue'
import type { Timeline, TimelineSegment } from '@/api/schema'
import { emotions, type EmotionKey } from '@/shared/emotions/emotions'
import { useAddress } from '@/shared/layout/useAddress'

export type SortKey = 'time' | 'emotion' | 'confidence'

export const pageSize = 20
const sortKeys: SortKey[] = ['time', 'emotion', 'confidence']

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
  const lastPage = () => Math.max(1, Math.ceil(matching.value.length / pageSize))
  const rows = computed(() => matching.value.slice((page.value - 1) * pageSize, page.value * pageSize))

  function sortBy(key: SortKey) {
    sort.down = sort.key === key ? !sort.down : key === 'confidence'
    sort.key = key
  }

  const address = useAddress(
    () => ({
      segment_emotion: filter.emotion,
      segment_channel: String(filter.channel),
      segment_sort: sort.key === 'time' && !sort.down ? '' : sort.key + (sort.down ? '-' : ''),
      segment_page: page.value > 1 ? String(page.value) : '',
    }),
    values => {
      const key = sortKeys.find(known => values.segment_sort.replace('-', '') === known)
      filter.emotion = emotions.find(known => known.key === values.segment_emotion)?.key ?? ''
      filter.channel = /^\d$/.test(values.segment_channel) ? Number(values.segment_channel) : ''
      Object.assign(sort, { key: key ?? 'time', down: key !== undefined && values.segment_sort.endsWith('-') })
      page.value = Math.min(Math.max(1, Number.parseInt(values.segment_page, 10) || 1), lastPage())
    },
  )
  watch([filter, sort], () => {
    if (!address.isRestoring()) page.value = 1
  })
  // Another recording has an address of its own.
  watch(timeline, () => {
    address.restore(() => {
      Object.assign(filter, { emotion: '', channel: '' })
      Object.assign(sort, { key: 'time', down: false })
      page.value = 1
    })
  })
  return { filter, sort, sortBy, page, matching, rows }
}
