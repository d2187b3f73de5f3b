import { ref, watch, type Ref } from 'vue'
import { explain } from '@/api/explain'
import { open, selectListed, selectUnsent, shown } from '@/recordings/recordings'
import { text } from '@/shared/i18n'
import { go, pageHref, recognitionHref, route } from '@/shared/layout/route'

/** Keeps the address of the start page and the recording that it shows in step. */
export function useShownAddress(isReady: Ref<boolean>) {
  const problem = ref('')
  const shownId = () => shown.value?.recognition?.id ?? null

  async function showLinked() {
    problem.value = ''
    const { page, recognition: id } = route.value
    if (!isReady.value || page !== 'recognize' || id === shownId()) return
    if (id === null) selectUnsent()
    else if (!selectListed(id)) {
      try {
        await open(id)
      } catch (error) {
        if (route.value.recognition === id) problem.value = `${text.value.result.openFailed}: ${explain(error)}`
      }
    }
  }

  watch([isReady, () => route.value.page, () => route.value.recognition], showLinked, { immediate: true })
  watch(
    () => [shown.value?.key, shownId()] as const,
    ([key, id], [lastKey]) => {
      if (route.value.page !== 'recognize' || id === route.value.recognition) return
      // A recording that gets its recognition stays where it is in the history of the browser.
      void go(id === null ? pageHref('recognize') : recognitionHref(id), key === lastKey)
    },
  )
  return { problem, showLinked }
}
