import type { EmotionSummary } from './timeline'

export type Granularity = 'utterance' | 'frame'
export type RecognitionState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type EmotionKey =
  'angry' | 'disgusted' | 'fearful' | 'happy' | 'neutral' | 'other' | 'sad' | 'surprised' | 'unknown'
export type Scores = Record<EmotionKey, number>

export interface ModelStamp {
  id: string
  precision: string
  hash: string
  license: string
  /** null where it is not known. */
  commercial_use: boolean | null
}

export interface QualityNote {
  reason: string
  value: number | null
  text: string
}

/** The answer over the speech of a recording by itself. */
export interface SpeechOnly {
  emotion: EmotionKey
  confidence: number
  scores: Scores
}

export interface RecognitionLinks {
  self: string
  events: string | null
  cancel: string | null
  result: string | null
  audio: string | null
  embedding: string | null
  waveform: string | null
  /** null where the recording was heard whole. */
  timeline: string | null
}

export interface Recognition {
  id: string
  state: RecognitionState
  file_name: string
  size: number
  created: string
  completed: string | null
  granularity: Granularity
  embedding: boolean
  progress: number | null
  queue_position: number | null
  duration: number | null
  emotion: EmotionKey | null
  confidence: number | null
  scores: Scores | null
  model: ModelStamp | null
  version: string
  /** null where the recording was heard whole. */
  summary: EmotionSummary | null
  quality: QualityNote[] | null
  /** null where the speech by itself gives the same emotion, or was not asked. */
  speech_only: SpeechOnly | null
  folder: string | null
  error: Problem | null
  /** Absent in lists. */
  log?: string[]
  links: RecognitionLinks
}

export interface RecognitionPage {
  items: Recognition[]
  total: number
  page: number
  page_size: number
}

export interface RecognitionQuery {
  page: number
  page_size: number
  name?: string
  emotion?: EmotionKey
  state?: RecognitionState
  min_confidence?: number
  max_confidence?: number
  /** ISO 8601 */
  from?: string
  to?: string
}

export interface Waveform {
  sample_rate: number
  samples: number
  duration: number
  min: number[]
  max: number[]
}

export interface Frame {
  start: number
  /** null where nobody speaks. */
  scores: Scores | null
}

/** result.json, as far as the page reads it; it shows the rest as text. */
export interface ResultDocument {
  frames_smoothed?: Frame[]
}

export interface Models {
  active: string | null
  models: Model[]
}

export type ModelCheck = 'none' | 'parts' | 'publisher' | 'shipped'
export type Hub = 'modelscope' | 'huggingface'

export interface Problem {
  code: string
  message: string
}

/** One on the server, or one that it knows where to get. */
export interface Model {
  id: string
  installed: boolean
  active: boolean
  place: 'store' | 'model_scope_cache' | 'hugging_face_cache' | 'shipped' | null
  precision: string | null
  hash: string | null
  weights_hash: string | null
  check: ModelCheck | null
  /** The address that it was downloaded from, or a folder. */
  source: string | null
  license: string
  commercial_use: boolean | null
  size: number | null
  /** null where only the hub knows it. */
  download_size: number | null
  embedding: number | null
  has_emotions: boolean
  int8_form: { certified: boolean; text: string; made_for: string } | null
  /** How it answered its publisher's example when it was imported. */
  reference: { agrees: boolean; text: string } | null
  model_scope: string | null
  hugging_face: string | null
  /** The one that goes on, or the last one. */
  download: ModelDownload | null
  activation: { state: 'loading' | 'failed'; progress: number | null; error: Problem | null } | null
}

export interface ModelDownload {
  state: 'downloading' | 'checking' | 'importing' | 'done' | 'failed' | 'cancelled'
  hub: Hub | null
  page: string | null
  partial: boolean
  /** Of this state, 0 to 1. */
  fraction: number | null
  done: number
  total: number | null
  bytes_per_second: number | null
  seconds_left: number | null
  error: Problem | null
}

export interface ModelOffer {
  id: string
  hub: Hub
  page: string
  license: string
  size: number
  free_space: number
}

export interface SystemStatus {
  version: string
  model: {
    state: 'loading' | 'ready' | 'failed'
    id: string | null
    precision: string | null
    hash: string | null
    license: string | null
    commercial_use: boolean | null
    message: string | null
    progress: number | null
  }
  queue: { running: number; waiting: number; capacity: number; workers: number }
  limits: { max_upload_bytes: number; max_hours: number }
  formats: string[]
  /** How files are usually named that hold recordings, with dots. */
  extensions: string[]
}

export type LoginMethod = 'password' | 'api_key'

export interface Session {
  required: boolean
  methods: LoginMethod[]
  user: string | null
}
