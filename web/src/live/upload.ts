import { computed, ref, shallowRef, watch } from 'vue'
import { defaultOptions } from '@/api/recognitions'
import { recognize, recordings } from '@/recordings/recordings'
import { text } from '@/shared/i18n'
import { timestamp } from '@/shared/i18n/format'
import { live, options, recording } from './session'

/** The recording of the finished session, if the user kept it. */
export const recordedFile = shallowRef<File | null>(null)

const key = ref<number | null>(null)
/** Its entry in the list of recordings, once uploaded. */
export const uploaded = computed(() => recordings.find(entry => entry.key === key.value) ?? null)

/** Uploads the recording like any other, which adds it to the history. */
export function upload(): void {
  if (recordedFile.value) key.value = recognize(recordedFile.value, { ...defaultOptions(), segments: 'always', model: options.model }).key
}

watch(
  () => live.state,
  state => {
    if (state === 'starting') recordedFile.value = key.value = null
    if ((state !== 'done' && state !== 'failed') || !recording.value?.seconds) return
    recordedFile.value = recording.value.toFile(`${text.value.livePage.fileName}_${timestamp(new Date())}`)
  },
)

// A kept recording is only here until it is saved.
window.addEventListener('beforeunload', event => recordedFile.value && !uploaded.value && event.preventDefault())
