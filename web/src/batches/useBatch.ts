import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { followBatch } from '@/api/batchEvents'
import { explain } from '@/api/explain'
import type { Batch } from '@/api/schema'
import { language } from '@/shared/i18n'

/** A batch that is kept up to date while it runs. */
export function useBatch(id: () => number) {
  const batch = shallowRef<Batch | null>(null)
  const error = ref('')
  let following = new AbortController()

  async function follow() {
    following.abort()
    const { signal } = (following = new AbortController())
    error.value = ''
    try {
      await followBatch(id(), change => (batch.value = change), signal)
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
  }

  /** Takes over the batch that an action returned. */
  function replace(changed: Batch) {
    batch.value = changed
    void follow()
  }

  watch(
    id,
    () => {
      batch.value = null
      void follow()
    },
    { immediate: true },
  )
  watch(language, follow)
  onBeforeUnmount(() => following.abort())
  return { batch, error, follow, replace }
}
