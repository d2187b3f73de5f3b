import { computed, ref, shallowRef, watch } from 'vue'
import { defaultOptions } from '@/api/recognitions'
import { recognize, recordings } from '@/recordings/recordings'
import { text } from '@/shared/i18n'
import { timestamp } from '@/shared/i18n/format'
import { live, options, recording } from './session'

/** What was kept of the session that has ended. */
export const recordedFile = shallowRef<File | null>(null)

const key = ref<number | null>(null)
/** Its way to the history, once it has been sent. */
export const uploaded = computed(() => recordings.find(recording => recording.key === key.value) ?? null)

/** Sends it as any other recording, so that the history has it. */
export function upload(): void {
  if (recordedFile.value) key.value = recognize(recordedFile.value, { ...defaultOptions(), segments: 'always', model: options.model }).key
}

// What was cut short is sent only when asked for.
watch(
  () => live.state,
  state => {
    if (state === 'starting') recordedFile.value = key.value = null
    if ((state !== 'done' && state !== 'failed') || !recording.value?.seconds) return
    recordedFile.value = recording.value.toFile(`${text.value.livePage.fileName}_${timestamp(new Date())}`)
    if (state === 'done') upload()
  },
)
