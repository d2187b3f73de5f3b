import { reactive, ref, shallowReactive, shallowRef } from 'vue'
import { connectionRefusal, LiveConnection, type LiveOptions } from '@/api/live'
import type { LiveMessage, LivePartial, LiveReady, Timeline, TimelineSegment } from '@/api/schema'
import { RecorderError, recorderProblem, type RecorderProblem } from '@/audio/recorder'
import { system } from '@/session/system'
import { Capture } from './capture'
import { RecordingBuffer } from './recordingBuffer'
import { RollingWaveform } from './rollingWaveform'

export type LiveState = 'idle' | 'starting' | 'running' | 'ending' | 'done' | 'failed'

/** An error of the microphone, of the connection, or reported by the server. */
export type LiveProblem =
  | { kind: 'microphone'; problem: RecorderProblem }
  | { kind: 'unreachable' | 'lost' | 'slow' }
  | { kind: 'server'; code: string; message: string }

/** Limit of the list; the final summary has all segments. */
export const maxSegments = 200
/** Seconds of audio in the browser's send buffer above which the page shows the lag, and above which it gives up. */
const visibleLag = 2
const lagLimit = 60

// Module state, so that the session continues when the user switches to another page.
export const options = reactive<LiveOptions>({ hop: 1, window: 3, model: null })
export const keepRecording = ref(false)

export const live = shallowReactive({
  state: 'idle' as LiveState,
  seconds: 0,
  ready: null as LiveReady | null,
  partial: null as LivePartial | null,
  /** Newest first. */
  segments: [] as TimelineSegment[],
  /** Number of segments so far. */
  count: 0,
  /** Seconds of audio that wait in the browser and on the server. */
  lag: 0,
  timeline: null as Timeline | null,
  problem: null as LiveProblem | null,
  recordingFull: false,
})
export const waveform = shallowRef<RollingWaveform | null>(null)
export const recording = shallowRef<RecordingBuffer | null>(null)

let capture: Capture | null = null
let connection: LiveConnection | null = null
let behind = 0
/** Incremented by each start, and by a stop during one, so that an outdated start can end itself. */
let generation = 0

export const isLive = () => ['starting', 'running', 'ending'].includes(live.state)

export async function start(): Promise<void> {
  Object.assign(live, { state: 'starting', seconds: 0, ready: null, partial: null, segments: [], count: 0, lag: 0 })
  Object.assign(live, { timeline: null, problem: null, recordingFull: false })
  waveform.value = recording.value = null
  behind = 0
  const own = ++generation
  const unavailable = recorderProblem()
  let opened: Capture
  try {
    if (unavailable) throw new RecorderError(unavailable)
    opened = await Capture.open(onSamples, stop)
  } catch (error) {
    // Any other error means that the worklet could not be loaded from the server.
    const problem: LiveProblem = error instanceof RecorderError ? { kind: 'microphone', problem: error.problem } : { kind: 'unreachable' }
    if (own === generation) fail(problem)
    return
  }
  if (own !== generation) {
    opened.close()
    return
  }
  capture = opened
  waveform.value = new RollingWaveform(capture.rate)
  if (keepRecording.value) recording.value = new RecordingBuffer(capture.rate, system.value?.limits.max_upload_bytes ?? Infinity)
  connection = new LiveConnection(capture.rate, { ...options }, onMessage, opened => void onClose(opened))
}

/** Stops sending and waits for the summary; a second call stops waiting. Before the session runs, cancels it. */
export function stop(): void {
  if (live.state === 'starting' || live.state === 'ending') {
    generation++
    live.state = live.state === 'starting' ? 'idle' : 'done'
    release()
  }
  if (live.state !== 'running') return
  capture?.close()
  capture = null
  live.state = 'ending'
  connection?.end()
}

function onSamples(samples: Int16Array<ArrayBuffer>): void {
  // The server is not ready yet.
  if (live.state !== 'running' || !waveform.value || !connection) return
  connection.send(samples)
  waveform.value.addSound(samples)
  live.seconds = waveform.value.seconds
  recording.value?.add(samples)
  live.recordingFull = recording.value?.full ?? false
  const { buffered } = connection
  live.lag = buffered > visibleLag ? buffered + behind : behind
  if (buffered > lagLimit) fail({ kind: 'slow' })
}

function onMessage(message: LiveMessage): void {
  switch (message.type) {
    case 'ready':
      live.ready = message
      if (live.state === 'starting') live.state = 'running'
      break
    case 'partial':
      live.partial = message
      waveform.value?.addPartial(message, message.emotion)
      // A partial result on time means that the server has caught up.
      if (live.seconds - message.end < visibleLag + options.hop) live.lag = behind = 0
      break
    case 'segment':
      live.segments = [message, ...live.segments].slice(0, maxSegments)
      live.count++
      waveform.value?.addSegment(message)
      break
    case 'lag':
      live.lag = behind = message.behind
      break
    case 'summary':
      // The server closes the connection next; if the client did not end the session, it sends an error first.
      live.timeline = message.timeline
      live.lag = behind = 0
      live.state = 'ending'
      capture?.close()
      capture = null
      break
    case 'error':
      fail({ kind: 'server', code: message.code, message: message.message })
      break
  }
}

async function onClose(opened: boolean): Promise<void> {
  if (!isLive()) return
  if (live.timeline) {
    live.state = 'done'
    release()
    return
  }
  if (opened) {
    fail({ kind: 'lost' })
    return
  }
  const own = generation
  const refusal = await connectionRefusal()
  if (own !== generation) return
  fail(refusal ? { kind: 'server', code: refusal.code, message: refusal.message } : { kind: 'unreachable' })
}

function fail(problem: LiveProblem): void {
  live.problem = problem
  live.state = 'failed'
  live.lag = 0
  release()
}

function release(): void {
  capture?.close()
  connection?.close()
  capture = connection = null
}
