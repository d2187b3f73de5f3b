import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { getCluster, listDead, steer } from '@/api/cluster'
import { explain } from '@/api/explain'
import type { Cluster, DeadRecording } from '@/api/schema'
import { language } from '@/shared/i18n'

const interval = 2000
/** Recordings on which programs crashed change rarely. */
const readsPerLookAtDead = 10
/** Samples of the speed: ten minutes. */
const mostSamples = 300

export interface SpeedSample {
  /** Milliseconds since 1970. */
  time: number
  perMinute: number
}

/** All programs and queues; reloads every two seconds. */
export function useCluster() {
  const cluster = shallowRef<Cluster | null>(null)
  const dead = shallowRef<DeadRecording[]>([])
  const speeds = shallowRef<SpeedSample[]>([])
  const error = ref('')
  let reading = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let reads = 0

  async function read() {
    clearTimeout(timer)
    reading.abort()
    const { signal } = (reading = new AbortController())
    try {
      if (reads++ % readsPerLookAtDead === 0) dead.value = (await listDead(signal)).items
      show(await getCluster(signal))
    } catch (problem) {
      if (!signal.aborted) error.value = explain(problem)
    }
    if (!signal.aborted) timer = setTimeout(read, interval)
  }

  function show(found: Cluster) {
    cluster.value = found
    error.value = ''
    speeds.value = [...speeds.value.slice(1 - mostSamples), { time: Date.now(), perMinute: speedOf(found) }]
  }

  function readAll() {
    reads = 0
    return read()
  }

  watch(language, readAll, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    reading.abort()
  })
  return { cluster, dead, speeds, error, readAll, steer: async (link: string) => show(await steer(link)) }
}

/** Recordings per minute of all programs that report. */
export function speedOf({ programs }: Pick<Cluster, 'programs'>): number {
  return programs.filter(({ state }) => state !== 'silent').reduce((sum, { per_minute: speed }) => sum + (speed ?? 0), 0)
}
