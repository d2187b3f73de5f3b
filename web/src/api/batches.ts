import { appendOptions, type RecognitionOptions } from './recognitions'
import { basePath, getJson, send } from './http'
import type {
  Batch,
  BatchAddition,
  BatchChangeRequest,
  BatchExportQuery,
  BatchFolderRequest,
  BatchItem,
  BatchItemList,
  BatchItemQuery,
  BatchList,
  BilingualNote,
  ModelIdentity,
  Scores,
  SpeechOnly,
  Timeline,
} from './schema'
import { sendForm } from './upload'

const root = `${basePath}/api/v1/batches`
const json = { 'Content-Type': 'application/json' }

/** The fields of `BatchItem.result` that the page shows; contracts/recognition-line.schema.json has all of them. */
export interface BatchResult {
  scores: Scores
  model: Pick<ModelIdentity, 'id' | 'precision' | 'hash'>
  quality?: BilingualNote[]
  speech_only?: SpeechOnly
  timeline?: Timeline
}

export interface NewBatch {
  /** Empty: the server's choice. */
  name: string
  options: RecognitionOptions
  /** A folder below the server's batch root; null without one. */
  folder: string | null
  /** A table with further columns; only without a folder. */
  metadata: File | null
  /** Whether recordings follow. */
  open: boolean
}

export async function createBatch(batch: NewBatch, signal: AbortSignal): Promise<Batch> {
  const { name, options, folder, metadata, open } = batch
  if (metadata && folder === null) {
    const form = new FormData()
    if (name) form.append('name', name)
    form.append('open', String(open))
    appendOptions(form, options)
    form.append('metadata', metadata, metadata.name)
    return await sendForm<Batch>(root, form, () => {}, signal)
  }
  const request: BatchFolderRequest = { name: name || null, folder, open, priority: 0, options }
  return await read<Batch>(await send(root, { method: 'POST', headers: json, body: JSON.stringify(request), signal }))
}

/** Adds files to an open batch under these names, which may be relative paths. `onProgress` receives the sent share, 0 to 1. */
export function addRecordings(
  id: number,
  files: { file: File; path: string }[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<BatchAddition> {
  const form = new FormData()
  for (const { file, path } of files) form.append('file', file, path)
  return sendForm<BatchAddition>(`${root}/${id}/recordings`, form, onProgress, signal)
}

export const sealBatch = (id: number) => act(`${root}/${id}/seal`)

/** Performs the action of one of the links of a batch. */
export async function act(link: string): Promise<Batch> {
  return await read<Batch>(await send(link, { method: 'POST' }))
}

export async function changeBatch(id: number, change: BatchChangeRequest): Promise<Batch> {
  return await read<Batch>(await send(`${root}/${id}`, { method: 'PATCH', headers: json, body: JSON.stringify(change) }))
}

export async function deleteBatch(id: number): Promise<void> {
  await send(`${root}/${id}`, { method: 'DELETE' })
}

export const getBatch = (id: number, signal?: AbortSignal) => getJson<Batch>(`${root}/${id}`, signal)

export const listBatches = (cursor: string | null, limit: number, signal?: AbortSignal) =>
  getJson<BatchList>(`${root}?${parameters({ cursor: cursor ?? undefined, limit })}`, signal)

export const listItems = (id: number, query: BatchItemQuery, signal?: AbortSignal) =>
  getJson<BatchItemList>(`${root}/${id}/items?${parameters(query)}`, signal)

export const getItem = (id: number, number: number, signal?: AbortSignal) =>
  getJson<BatchItem>(`${root}/${id}/items/${number}`, signal)

export async function getAudio(item: BatchItem, signal: AbortSignal): Promise<File> {
  return new File([await (await send(item.links.audio, { signal })).blob()], item.name)
}

export const exportLink = (batch: Batch, query: BatchExportQuery) => `${batch.links.export}?${parameters(query)}`

const read = async <T>(response: Response) => (await response.json()) as T

function parameters(query: object): URLSearchParams {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(set.map(([name, value]) => [name, String(value)]))
}
