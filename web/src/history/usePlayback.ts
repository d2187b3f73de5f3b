import { onBeforeUnmount, ref } from 'vue'
import type { Recognition } from '@/api/schema'

/** Plays one recording of the history at a time. */
export function usePlayback(onProblem: () => void) {
  const playing = ref<string | null>(null)
  const audio = new Audio()
  audio.onended = () => (playing.value = null)

  async function toggle({ id, links }: Recognition) {
    const resume = playing.value !== id
    stop()
    if (!resume) return
    playing.value = id
    audio.src = `${links.audio}?inline=1`
    try {
      await audio.play()
    } catch (error) {
      // Stopping before playback starts is not an error.
      if (playing.value === id && !(error instanceof DOMException && error.name === 'AbortError')) {
        stop()
        onProblem()
      }
    }
  }

  function stop() {
    audio.pause()
    playing.value = null
  }

  onBeforeUnmount(stop)
  return { playing, toggle, stop }
}
