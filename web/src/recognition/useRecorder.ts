import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { microphones, Recorder, RecorderError, recorderProblem, type Recorded, type RecorderProblem } from '@/audio/recorder'

/** Records from a microphone: idle, then recording or paused, then idle again. */
export function useRecorder() {
  const unavailable = recorderProblem()
  const problem = ref<RecorderProblem | null>(null)
  const recorder = shallowRef<Recorder | null>(null)
  const paused = ref(false)
  const level = ref(0)
  const seconds = ref(0)
  const devices = shallowRef<MediaDeviceInfo[]>([])
  /** Empty: the browser's choice. */
  const device = ref('')
  let frame = 0

  async function start() {
    problem.value = null
    paused.value = false
    try {
      recorder.value = await Recorder.open(device.value)
      watchLevel()
      await findDevices()
    } catch (error) {
      problem.value = error instanceof RecorderError ? error.problem : 'failed'
    }
  }

  function watchLevel() {
    if (!recorder.value) return
    level.value = paused.value ? 0 : Math.max(recorder.value.level, level.value - 0.03)
    seconds.value = recorder.value.seconds
    frame = requestAnimationFrame(watchLevel)
  }

  function togglePause() {
    if (paused.value) recorder.value!.resume()
    else recorder.value!.pause()
    paused.value = !paused.value
  }

  function stop(name: string): Promise<Recorded> {
    return release()!.stop(name)
  }

  function discard() {
    release()?.discard()
  }

  function release(): Recorder | null {
    cancelAnimationFrame(frame)
    const released = recorder.value
    recorder.value = null
    level.value = 0
    return released
  }

  async function findDevices() {
    devices.value = await microphones()
    if (!devices.value.some(({ deviceId }) => deviceId === device.value)) device.value = devices.value[0]?.deviceId ?? ''
  }

  onMounted(() => {
    if (unavailable) return
    navigator.mediaDevices.addEventListener('devicechange', findDevices)
    void findDevices()
  })
  onBeforeUnmount(() => {
    if (!unavailable) navigator.mediaDevices.removeEventListener('devicechange', findDevices)
    discard()
  })

  const recording = computed(() => recorder.value !== null)
  return { unavailable, problem, recording, paused, level, seconds, devices, device, start, togglePause, stop, discard }
}
