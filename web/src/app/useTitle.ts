import { computed, watchEffect } from 'vue'
import { isActive, shown } from '@/recordings/recordings'
import { headlineOf, headlineText } from '@/shared/emotions/headline'
import { text } from '@/shared/i18n'
import { route } from '@/shared/layout/route'

/** Names what the page shows in the title of its tab: the headline of a result, the progress of a recognition, or the view. */
export function useTitle(): void {
  const subject = computed(() => {
    const { page } = route.value
    if (page !== 'recognize') return text.value[page]
    if (!shown.value) return ''
    const { recognition, name, state } = shown.value
    const headline = recognition && headlineOf(recognition)
    if (headline) return `${headlineText({ ...headline, segments: null })} – ${name}`
    return isActive(shown.value) ? `${text.value.state[state]} – ${name}` : name
  })
  watchEffect(() => (document.title = subject.value ? `${subject.value} · SpeechEmotion` : text.value.pageTitle))
}
