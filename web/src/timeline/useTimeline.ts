import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { explain } from '@/api/explain'
import { getTimeline } from '@/api/recognitions'
import type { Timeline } from '@/api/schema'

/** Loads the timeline of a link; null while loading, and if there is no link. */
export function useTimeline(link: Ref<string | null>) {
  const timeline = shallowRef<Timeline | null>(null)
  const error = ref('')
  let reading = new AbortController()

  async function read(address: string | null) {
    reading.abort()
    const { signal } = (reading = new AbortController())
    timeline.value = null
    error.value = ''
    if (!address) return
    try {
      const read = await getTimeline(address, signal)
      if (!signal.aborted) timeline.value = read
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
  }

  watch(link, read, { immediate: true })
  onBeforeUnmount(() => reading.abort())
  return { timeline, error }
}
