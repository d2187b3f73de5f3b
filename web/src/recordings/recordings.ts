import { computed, reactive, ref } from 'vue'
import { followRecognition, isFinal, pause } from '@/api/events'
import { explain } from '@/api/explain'
import { ApiError } from '@/api/http'
import { cancelRecognition, getRecognition, submitRecognition, type RecognitionOptions } from '@/api/recognitions'
import type { Recognition, RecognitionState } from '@/api/schema'
import { text } from '@/shared/i18n'

export type RecordingState = RecognitionState | 'ready' | 'waiting' | 'uploading'

/** A recording and its recognition, from selection to result. */
export interface Recording {
  key: number
  name: string
  size: number
  /** null if opened from the history. */
  file: File | null
  state: RecordingState
  options: RecognitionOptions | null
  uploadShare: number
  /** Seconds until the next attempt when the server is busy. */
  retryIn: number | null
  recognition: Recognition | null
  error: string | null
  work: AbortController | null
}

const maxParallel = 3
let lastKey = 0
/** Counts what was selected or opened, so that a late answer does not replace a newer choice. */
let selections = 0

export const recordings = reactive<Recording[]>([])
const selectedKey = ref<number | null>(null)
const opened = ref<Recording | null>(null)

/** The recording in the result column. */
export const shown = computed(() => opened.value ?? recordings.find(r => r.key === selectedKey.value) ?? null)
export const isActive = (recording: Recording) => ['waiting', 'uploading', 'queued', 'running'].includes(recording.state)
export const active = computed(() => recordings.filter(isActive))
/** Recordings that the server does not have completely. */
export const unsent = computed(() => recordings.filter(({ state }) => ['ready', 'waiting', 'uploading'].includes(state)))
export const ready = computed(() => recordings.filter(r => r.state === 'ready'))

/** Adds files to the list and selects the first. */
export function addFiles(files: File[]): void {
  const added = files.map(file => newRecording(file.name, file.size, file))
  recordings.push(...added)
  if (added[0]) select(added[0])
}

export function select(recording: Recording): void {
  selections++
  opened.value = null
  selectedKey.value = recording.key
}

/** Shows the recording of a recognition if the list has it. */
export function selectListed(id: string): boolean {
  const listed = recordings.find(({ recognition }) => recognition?.id === id)
  if (listed) select(listed)
  return listed !== undefined
}

/** Shows a recording that the server does not have yet; without one, nothing. */
export function selectUnsent(): void {
  selections++
  opened.value = null
  selectedKey.value = recordings.find(({ recognition }) => !recognition)?.key ?? null
}

export function remove(recording: Recording): void {
  if (isActive(recording)) void cancel(recording)
  const index = recordings.findIndex(r => r.key === recording.key)
  recordings.splice(index, 1)
  if (selectedKey.value === recording.key) selectedKey.value = (recordings[index] ?? recordings[index - 1])?.key ?? null
}

/** Starts all recordings that are ready; if none is, repeats the selected one. */
export function start(options: RecognitionOptions): void {
  const repeated = shown.value && shown.value.file && !isActive(shown.value) ? [shown.value] : []
  for (const recording of ready.value.length > 0 ? ready.value : repeated) {
    Object.assign(recording, { state: 'waiting', options: { ...options }, uploadShare: 0, recognition: null, error: null })
  }
  startNext()
}

/** Adds a file to the list and starts it immediately. */
export function recognize(file: File, options: RecognitionOptions): Recording {
  addFiles([file])
  const recording = recordings.at(-1)!
  Object.assign(recording, { state: 'waiting', options })
  startNext()
  return recording
}

export async function cancel(recording: Recording): Promise<void> {
  const { recognition } = recording
  if (recognition && !isFinal(recognition)) {
    apply(recording, await cancelRecognition(recognition.id))
  } else {
    Object.assign(recording, { state: 'cancelled', retryIn: null })
    recording.work?.abort()
  }
}

export function cancelAll(): void {
  // Waiting recordings first, so that none of them starts when a running one ends.
  const order = [...active.value].sort((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting'))
  for (const recording of order) cancel(recording).catch((error: unknown) => (recording.error = explain(error)))
}

/** Opens a recognition from the history and follows it while it runs. */
export async function open(id: string): Promise<void> {
  const own = ++selections
  const recognition = await getRecognition(id)
  // The user has gone on meanwhile.
  if (own !== selections) return
  opened.value = newRecording(recognition.file_name, recognition.size, null)
  const recording = opened.value
  apply(recording, recognition)
  if (!isFinal(recognition)) await follow(recording, recognition)
}

/** Reloads the recognition, e.g. in another language. */
export async function refresh(recording: Recording): Promise<void> {
  if (recording.recognition) apply(recording, await getRecognition(recording.recognition.id))
}

/** Removes a deleted recognition from the list and the result column. */
export function forget(id: string): void {
  if (opened.value?.recognition?.id === id) opened.value = null
  const recording = recordings.find(r => r.recognition?.id === id)
  if (recording) remove(recording)
}

/** Removes the recordings whose recognition the server no longer has. */
export async function forgetDeleted(): Promise<void> {
  const ids = recordings.flatMap(({ recognition }) => recognition?.id ?? [])
  for (const id of ids) {
    try {
      await getRecognition(id)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) forget(id)
    }
  }
}

function newRecording(name: string, size: number, file: File | null): Recording {
  const base = { options: null, uploadShare: 0, retryIn: null, recognition: null, error: null, work: null }
  return { key: ++lastKey, name, size, file, state: 'ready', ...base }
}

function startNext(): void {
  const running = recordings.filter(r => r.work).length
  for (const recording of recordings.filter(r => r.state === 'waiting' && !r.work).slice(0, Math.max(0, maxParallel - running))) {
    void run(recording)
  }
}

async function run(recording: Recording): Promise<void> {
  const work = (recording.work = new AbortController())
  try {
    await follow(recording, await submit(recording, work.signal))
  } catch (error) {
    if (!work.signal.aborted) Object.assign(recording, { state: 'failed', error: explain(error) })
  } finally {
    recording.work = null
    startNext()
  }
}

/** Uploads the file; if the queue is full, waits for the Retry-After time and tries again. */
async function submit(recording: Recording, signal: AbortSignal): Promise<Recognition> {
  for (;;) {
    recording.state = 'uploading'
    try {
      const onProgress = (share: number) => (recording.uploadShare = share)
      const options = { ...recording.options!, roles: namedRoles(recording.options!.roles) }
      const recognition = await submitRecognition(recording.file!, options, onProgress, signal)
      signal.throwIfAborted()
      apply(recording, recognition)
      return recognition
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'queue.full') throw error
      recording.state = 'waiting'
      for (recording.retryIn = error.retryAfter ?? 5; recording.retryIn > 0; recording.retryIn--) await pause(1000, signal)
      recording.retryIn = null
    }
  }
}

/** Fills empty role names with the names that the form suggests. */
const namedRoles = (roles: string[]) => roles.map((role, index) => role.trim() || text.value.options.roles[index]!)

async function follow(recording: Recording, recognition: Recognition): Promise<void> {
  const signal = (recording.work ?? new AbortController()).signal
  apply(recording, await followRecognition(recognition, change => apply(recording, change), signal))
}

function apply(recording: Recording, recognition: Recognition): void {
  recording.recognition = recognition
  recording.state = recognition.state
  recording.error = recognition.error?.message ?? null
}

window.addEventListener('beforeunload', event => unsent.value.length > 0 && event.preventDefault())
