import { onBeforeUnmount, reactive, ref, watch } from 'vue'
import { isFinal } from '@/api/events'
import { explain } from '@/api/explain'
import { deleteRecognition, deleteRecognitions, listRecognitions } from '@/api/recognitions'
import type { Deletion, DeletionRequest, Recognition } from '@/api/schema'
import { forget, forgetDeleted } from '@/recordings/recordings'
import { useAddress } from '@/shared/layout/useAddress'
import { emptyFilter, fromAddress, toAddress, toQuery } from './historyFilter'

/** One page of the filtered history; reloads when filter or page change, and while a recognition is running. */
export function useHistory() {
  const filter = reactive(emptyFilter())
  const page = ref(1)
  const pageSize = 20
  const items = ref<Recognition[]>([])
  const total = ref(0)
  const error = ref('')
  const loaded = ref(false)
  const address = useAddress(
    () => toAddress(filter, page.value),
    values => {
      const found = fromAddress(values)
      Object.assign(filter, found.filter)
      page.value = found.page
    },
  )
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
    const isRestored = address.isRestoring()
    timer = setTimeout(() => {
      if (page.value === 1 || isRestored) void read()
      else page.value = 1
    }, 250)
  })
  watch(page, read, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    reading.abort()
  })

  return { filter, page, pageSize, items, total, error, loaded, read, remove, removeMany }
}
