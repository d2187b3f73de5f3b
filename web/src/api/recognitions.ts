import { language } from '@/shared/i18n'
import { basePath, getJson, send } from './http'
import type {
  Deletion,
  DeletionRequest,
  ExportQuery,
  Recognition,
  RecognitionForm,
  RecognitionList,
  RecognitionQuery,
  Timeline,
  WaveformPeaks,
} from './schema'
import { sendForm } from './upload'

const root = `${basePath}/api/v1/recognitions`

type FormChoice = 'granularity' | 'embedding' | 'segments' | 'silence' | 'channels'

export interface RecognitionOptions extends Required<Pick<RecognitionForm, FormChoice>> {
  /** null: the server's default. */
  model: string | null
  /** The speaker's role on each channel, if channels are split; empty: the server's names. */
  roles: string[]
}

export const defaultOptions = (): RecognitionOptions => ({
  granularity: 'utterance',
  embedding: false,
  model: null,
  segments: 'auto',
  silence: 'auto',
  channels: 'mix',
  roles: [],
})

/** Appends the options to a form, as the server names them. */
export function appendOptions(form: FormData, options: RecognitionOptions): void {
  form.append('granularity', options.granularity)
  form.append('embedding', String(options.embedding))
  if (options.model) form.append('model', options.model)
  form.append('segments', options.segments)
  form.append('silence', options.silence)
  form.append('channels', options.channels)
  if (options.channels === 'split' && options.roles.length > 0) form.append('roles', options.roles.join(','))
}

/**
 * Uploads a recording and resolves when the server has queued it.
 * `onProgress` receives the uploaded share, 0 to 1.
 */
export async function submitRecognition(
  file: File,
  options: RecognitionOptions,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Recognition> {
  const form = new FormData()
  appendOptions(form, options)
  form.append('file', file, file.name)
  const recognition = await sendForm<Recognition>(root, form, onProgress, signal, { Prefer: 'respond-async' })
  // After a complete upload the recording may be queued: cancel it by its ID.
  if (signal.aborted) cancelRecognition(recognition.id).catch(() => {})
  return recognition
}

export const getRecognition = (id: string, signal?: AbortSignal) =>
  getJson<Recognition>(`${root}/${encodeURIComponent(id)}`, signal)

export const listRecognitions = (query: RecognitionQuery, signal?: AbortSignal) =>
  getJson<RecognitionList>(`${root}?${parametersOf(query)}`, signal)

/** The address of a file with recognitions of the history, in the current language. */
export const exportLink = (query: ExportQuery) =>
  `${root}/export?${parametersOf({ language: language.value === 'zh-CN' ? 'zh' : 'en', ...query })}`

function parametersOf(query: object): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  }
  return parameters
}

export async function deleteRecognition(id: string): Promise<void> {
  await send(`${root}/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

/** Deletes several recognitions; those that could not be deleted are in the answer. */
export async function deleteRecognitions(request: DeletionRequest): Promise<Deletion> {
  const body = JSON.stringify(request)
  const response = await send(`${root}/delete`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  return (await response.json()) as Deletion
}

export async function cancelRecognition(id: string): Promise<Recognition> {
  return (await (await send(`${root}/${encodeURIComponent(id)}/cancel`, { method: 'POST' })).json()) as Recognition
}

export const getWaveform = (link: string, points: number, signal?: AbortSignal) =>
  getJson<WaveformPeaks>(`${link}?points=${points}`, signal)

export const getTimeline = (link: string, signal?: AbortSignal) => getJson<Timeline>(link, signal)

export async function getText(link: string, signal?: AbortSignal): Promise<string> {
  return await (await send(link, { signal })).text()
}
