import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { isEnded } from '@/api/batchEvents'
import { listBatches } from '@/api/batches'
import { explain } from '@/api/explain'
import type { Batch } from '@/api/schema'
import { language } from '@/shared/i18n'

const pageSize = 50
const maxPageSize = 200

/** The newest batches; reloads while one of them is running. */
export function useBatchList() {
  const batches = shallowRef<Batch[]>([])
  const next = ref<string | null>(null)
  const error = ref('')
  const loaded = ref(false)
  let reading = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read() {
    clearTimeout(timer)
    reading.abort()
    const { signal } = (reading = new AbortController())
    try {
      // The newest ones change; older ones that were loaded before stay as they are.
      const found = await listBatches(null, Math.min(maxPageSize, Math.max(pageSize, batches.value.length)), signal)
      const last = found.items.at(-1)?.id ?? 0
      const older = found.next ? batches.value.filter(({ id }) => id < last) : []
      batches.value = [...found.items, ...older]
      if (older.length === 0) next.value = found.next
      error.value = ''
      loaded.value = true
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
    const goesOn = batches.value.some(batch => !isEnded(batch)) || error.value !== ''
    if (!signal.aborted && goesOn) timer = setTimeout(read, 2000)
  }

  async function readMore() {
    try {
      const found = await listBatches(next.value, pageSize)
      batches.value = [...batches.value, ...found.items]
      next.value = found.next
    } catch (problem) {
      error.value = explain(problem)
    }
  }

  watch(language, read, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    reading.abort()
  })
  return { batches, hasMore: computed(() => next.value !== null), error, loaded, read, readMore }
}
