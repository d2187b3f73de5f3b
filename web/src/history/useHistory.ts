import { onBeforeUnmount, reactive, ref, watch } from 'vue'
import { isFinal } from '@/api/events'
import { explain } from '@/api/explain'
import { deleteRecognition, deleteRecognitions, listRecognitions } from '@/api/recognitions'
import type { Deletion, DeletionRequest, Recognition, RecognitionFilter, RecognitionQuery, RecognitionState } from '@/api/schema'
import { forget, forgetDeleted } from '@/recordings/recordings'
import type { EmotionKey } from '@/shared/emotions/emotions'

export interface HistoryFilter {
  name: string
  emotion: EmotionKey | ''
  state: RecognitionState | ''
  /** Lowest and highest percentage. */
  confidence: [number, number]
  /** Days in the user's time zone, "2024-01-04" or "". */
  from: string
  to: string
}

export const emptyFilter = (): HistoryFilter => ({ name: '', emotion: '', state: '', confidence: [0, 100], from: '', to: '' })

/** One page of the filtered history; reloads when filter or page change, and while a recognition is running. */
export function useHistory() {
  const filter = reactive(emptyFilter())
  const page = ref(1)
  const pageSize = 20
  const items = ref<Recognition[]>([])
  const total = ref(0)
  const error = ref('')
  const loaded = ref(false)
  let reading = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read() {
    clearTimeout(timer)
    reading.abort()
    const { signal } = (reading = new AbortController())
    try {
      const found = await listRecognitions(toQuery(filter, page.value, pageSize), signal)
      items.value = found.items
      total.value = found.total
      error.value = ''
      loaded.value = true
      if (found.items.some(item => !isFinal(item))) timer = setTimeout(read, 2000)
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
  }

  async function remove(recognition: Recognition) {
    await deleteRecognition(recognition.id)
    forget(recognition.id)
    if (items.value.length === 1 && page.value > 1) page.value--
    else await read()
  }

  async function removeMany(request: DeletionRequest): Promise<Deletion> {
    try {
      return await deleteRecognitions(request)
    } finally {
      await forgetDeleted()
      if (page.value > 1) page.value = 1
      else await read()
    }
  }

  watch(filter, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (page.value === 1) void read()
      else page.value = 1
    }, 250)
  })
  watch(page, read, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    reading.abort()
  })

  return { filter, page, pageSize, items, total, error, loaded, remove, removeMany }
}

export const toQuery = (filter: HistoryFilter, page: number, pageSize: number): RecognitionQuery => ({
  page,
  page_size: pageSize,
  ...toFilter(filter),
})

export function toFilter(filter: HistoryFilter): RecognitionFilter {
  const [low, high] = filter.confidence
  return {
    name: filter.name.trim() || undefined,
    emotion: filter.emotion || undefined,
    state: filter.state || undefined,
    min_confidence: low > 0 ? low / 100 : undefined,
    max_confidence: high < 100 ? high / 100 : undefined,
    from: filter.from ? new Date(`${filter.from}T00:00:00`).toISOString() : undefined,
    to: filter.to ? new Date(`${filter.to}T23:59:59.999`).toISOString() : undefined,
  }
}
