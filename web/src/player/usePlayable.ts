import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { getWaveform } from '@/api/recognitions'
import { readLocalFile, type Playable } from '@/audio/playable'
import type { Recording } from '@/recordings/recordings'

/** Audio of the selected recording: the local file at first, the server's processed audio once the result is available. */
export function usePlayable(recording: Ref<Recording | null>) {
  const playable = shallowRef<Playable | null>(null)
  const problem = ref<'noPreview' | 'failed' | null>(null)
  let reading = new AbortController()

  function replace(next: Playable | null) {
    playable.value?.release()
    playable.value = next
  }

  async function read() {
    reading.abort()
    const { signal } = (reading = new AbortController())
    const file = recording.value?.file ?? null
    const links = recording.value?.recognition?.links
    problem.value = null
    try {
      if (links?.waveform && links.audio) {
        const points = pointsFor(recording.value?.recognition?.duration ?? 0)
        const processed = await readServerFile(links.waveform, links.audio, points, signal)
        if (!signal.aborted) replace(processed)
        return
      }
      replace(null)
      const local = file && (await readLocalFile(file))
      if (signal.aborted) local?.release()
      else {
        replace(local)
        problem.value = file && !local ? 'noPreview' : null
      }
    } catch {
      if (!signal.aborted) problem.value = 'failed'
    }
  }

  watch([() => recording.value?.key, () => recording.value?.recognition?.links.waveform], read, { immediate: true })
  onBeforeUnmount(() => {
    reading.abort()
    replace(null)
  })
  return { playable, problem }
}

/** Enough points to zoom into long recordings, up to the limit of the server. */
const pointsFor = (seconds: number) => Math.round(Math.max(1000, Math.min(20_000, seconds * 20)))

async function readServerFile(waveform: string, audio: string, points: number, signal: AbortSignal): Promise<Playable> {
  const { min, max, duration } = await getWaveform(waveform, points, signal)
  return { url: `${audio}?inline=1`, duration, peaks: [max, min.map(value => -value)], release: () => {} }
}
