import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { explain } from '@/api/explain'
import { getText } from '@/api/recognitions'
import type { Recognition } from '@/api/schema'
import { toFrameTrack, type Frame, type FrameTrack } from '@/shared/emotions/frameTrack'

// One hour of frames is about 50 MB of JSON.
const maxSeconds = 3600

/** Loads the text of result.json and its frames, if it has any. */
export function useResultDocument(recognition: Ref<Recognition | null>) {
  const json = ref('')
  const track = shallowRef<FrameTrack | null>(null)
  const tooLong = ref(false)
  const loading = ref(false)
  const error = ref('')
  let reading = new AbortController()

  async function read(link: string | null | undefined) {
    reading.abort()
    const { signal } = (reading = new AbortController())
    json.value = ''
    error.value = ''
    track.value = null
    const current = recognition.value
    tooLong.value = current?.granularity === 'frame' && (current.duration ?? 0) > maxSeconds
    if (!link || tooLong.value) return
    loading.value = true
    try {
      const written = await getText(link, signal)
      const { frames_smoothed: frames } = JSON.parse(written) as { frames_smoothed?: Frame[] }
      json.value = written
      track.value = frames && current?.duration ? toFrameTrack(frames, current.duration) : null
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch(() => recognition.value?.links.result, read, { immediate: true })
  onBeforeUnmount(() => reading.abort())
  return { json, track, tooLong, loading, error }
}
