import { computed, reactive } from 'vue'
import { addRecordings, sealBatch } from '@/api/batches'
import { pause } from '@/api/events'
import { explain } from '@/api/explain'
import { ApiError } from '@/api/http'
import type { ChosenFile } from '@/files/chosenFiles'
import { halves, sizeOf, toGroups } from './uploadGroups'

/** Files on their way to an open batch. An upload continues when the user opens another view. */
export interface Upload {
  batch: number
  files: number
  bytes: number
  sentFiles: number
  sentBytes: number
  /** Of the sent files, how many the batch had already. */
  repeated: number
  state: 'sending' | 'stopped' | 'done'
  /** Why it stopped; null if the user stopped it. */
  error: string | null
  /** Files that the server refused, with its reason. */
  refused: { path: string; message: string }[]
}

interface Work {
  groups: ChosenFile[][]
  abort: AbortController
}

export const uploads = reactive(new Map<number, Upload>())
const works = new Map<number, Work>()

const attempts = 5

export const isSending = computed(() => [...uploads.values()].some(({ state }) => state === 'sending'))

/** Sends files to an open batch and then ends it. Continues an upload to the same batch that has stopped. */
export function startUpload(batch: number, files: ChosenFile[]): void {
  if ((uploads.get(batch)?.state ?? 'done') === 'done') uploads.set(batch, newUpload(batch))
  if (!works.has(batch)) works.set(batch, { groups: [], abort: new AbortController() })
  const upload = uploads.get(batch)!
  upload.files += files.length
  upload.bytes += sizeOf(files)
  for (const group of toGroups(files)) works.get(batch)!.groups.push(group)
  void resumeUpload(batch)
}

const newUpload = (batch: number): Upload => ({
  batch,
  files: 0,
  bytes: 0,
  sentFiles: 0,
  sentBytes: 0,
  repeated: 0,
  state: 'stopped',
  error: null,
  refused: [],
})

/** Sends the groups that were not sent completely. */
export async function resumeUpload(batch: number): Promise<void> {
  const upload = uploads.get(batch)
  const work = works.get(batch)
  if (!upload || !work || upload.state === 'sending') return
  work.abort = new AbortController()
  Object.assign(upload, { state: 'sending', error: null })
  try {
    await sendAll(upload, work)
    await sealBatch(batch)
    upload.state = 'done'
    works.delete(batch)
  } catch (error) {
    Object.assign(upload, { state: 'stopped', error: work.abort.signal.aborted ? null : explain(error) })
  }
}

export function stopUpload(batch: number): void {
  works.get(batch)?.abort.abort()
}

/** Stops an upload and drops the files that were not sent. */
export function forgetUpload(batch: number): void {
  stopUpload(batch)
  works.delete(batch)
  uploads.delete(batch)
}

async function sendAll(upload: Upload, { groups, abort: { signal } }: Work): Promise<void> {
  while (groups.length > 0) {
    const group = groups[0]!
    const sentBefore = upload.sentBytes
    const onProgress = (share: number) => (upload.sentBytes = sentBefore + share * sizeOf(group))
    try {
      const { repeated } = await sendGroup(upload.batch, group, onProgress, signal)
      upload.repeated += repeated
    } catch (error) {
      upload.sentBytes = sentBefore
      if (!concernsFiles(error)) throw error
      // One file of a group spoils the request: find it.
      if (group.length > 1) {
        groups.splice(0, 1, ...halves(group))
        continue
      }
      upload.refused.push({ path: group[0]!.path, message: explain(error) })
    }
    groups.shift()
    upload.sentFiles += group.length
    upload.sentBytes = sentBefore + sizeOf(group)
    signal.throwIfAborted()
  }
}

/** Sends a group, again after a problem that may pass: the server recognizes files that it has already. */
async function sendGroup(batch: number, group: ChosenFile[], onProgress: (share: number) => void, signal: AbortSignal) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await addRecordings(batch, group, onProgress, signal)
    } catch (error) {
      if (signal.aborted || attempt === attempts || !mayPass(error)) throw error
      await pause(1000 * ((error as ApiError).retryAfter ?? attempt), signal)
    }
  }
}

const mayPass = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status === 503)

/** Whether the server refused the content of the request, in contrast to the batch or the user. */
const concernsFiles = (error: unknown) => error instanceof ApiError && [400, 413, 415].includes(error.status)

window.addEventListener('beforeunload', event => isSending.value && event.preventDefault())
