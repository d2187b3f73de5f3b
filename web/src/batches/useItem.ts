import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { getAudio, getItem, type BatchResult } from '@/api/batches'
import { explain } from '@/api/explain'
import type { BatchItem } from '@/api/schema'
import type { Recording } from '@/recordings/recordings'
import { language } from '@/shared/i18n'

/** The browser decodes recordings up to this size, to draw them. */
const maxDrawnBytes = 40 << 20

/** A recording of a batch with its result and its sound. */
export function useItem(batch: () => number, number: () => number | null) {
  const item = shallowRef<BatchItem | null>(null)
  const result = shallowRef<BatchResult | null>(null)
  /** For the player; null if the recording is too large to draw. */
  const recording = shallowRef<Recording | null>(null)
  const error = ref('')
  let reading = new AbortController()

  async function read() {
    reading.abort()
    const { signal } = (reading = new AbortController())
    error.value = ''
    const wanted = number()
    if (wanted === null) return
    try {
      const found = await getItem(batch(), wanted, signal)
      if (signal.aborted) return
      item.value = found
      result.value = (found.result as BatchResult | null) ?? null
      if (!recording.value && (found.size ?? 0) <= maxDrawnBytes) await load(found, signal)
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
  }

  async function load(found: BatchItem, signal: AbortSignal) {
    const file = await getAudio(found, signal)
    if (!signal.aborted) recording.value = asRecording(file, found)
  }

  watch(
    [batch, number],
    () => {
      item.value = result.value = recording.value = null
      void read()
    },
    { immediate: true },
  )
  watch(language, read)
  onBeforeUnmount(() => reading.abort())
  return { item, result, recording, error }
}

/** Recordings of the start page have positive keys. */
const asRecording = (file: File, { number }: BatchItem): Recording => ({
  key: -1 - number,
  name: file.name,
  size: file.size,
  file,
  state: 'done',
  options: null,
  uploadShare: 0,
  retryIn: null,
  recognition: null,
  error: null,
  work: null,
})
