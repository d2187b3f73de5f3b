import { language } from '@/shared/i18n'
import { ApiError, basePath, send } from './http'
import type { Timeline, TimelineSegment } from './timeline'
import type { EmotionKey, ModelStamp, Scores } from './types'

const path = `${basePath}/api/v1/live`

export interface LiveOptions {
  /** Seconds. */
  hop: number
  window: number
  /** null: the server's own choice. */
  model: string | null
}

export interface LiveReady {
  type: 'ready'
  model: Pick<ModelStamp, 'id' | 'precision' | 'hash'>
  hop: number
  window: number
}

export interface LivePartial {
  type: 'partial'
  start: number
  end: number
  speech: boolean
  /** null where there is no speech, as are confidence and scores. */
  emotion: EmotionKey | null
  confidence: number | null
  scores: Scores | null
}

export type LiveSegment = { type: 'segment' } & TimelineSegment

export interface LiveLag {
  type: 'lag'
  /** Seconds of audio that wait. */
  behind: number
  skipped: number
}

export interface LiveSummary {
  type: 'summary'
  timeline: Timeline
}

export interface LiveError {
  type: 'error'
  code: string
  message: string
}

export type LiveMessage = LiveReady | LivePartial | LiveSegment | LiveLag | LiveSummary | LiveError

/** Why the server refuses a live stream, which a browser does not say; null where it does not, or is not reached. */
export async function connectionRefusal(): Promise<ApiError | null> {
  try {
    await send(path)
  } catch (error) {
    const own = error instanceof ApiError && error.status > 0 && !error.code.startsWith('http.')
    if (own && error.code !== 'live.not_websocket') return error
  }
  return null
}

/** Sound on its way to the server, 16-bit, one channel, and what the server hears in it. */
export class LiveConnection {
  private readonly socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`)

  /** `onClose` gets whether the server had ever answered. */
  constructor(
    private readonly rate: number,
    options: LiveOptions,
    onMessage: (message: LiveMessage) => void,
    onClose: (opened: boolean) => void,
  ) {
    let opened = false
    const start = { sample_rate: rate, channels: 1, encoding: 'pcm_s16le', language: language.value === 'zh-CN' ? 'zh' : 'en' }
    this.socket.onopen = () => {
      opened = true
      this.socket.send(JSON.stringify({ ...start, ...options }))
    }
    this.socket.onmessage = event => onMessage(JSON.parse(event.data as string) as LiveMessage)
    this.socket.onclose = () => onClose(opened)
  }

  /** Seconds of sound that wait in the browser. */
  get waiting(): number {
    return this.socket.bufferedAmount / (2 * this.rate)
  }

  send(samples: Int16Array<ArrayBuffer>): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(samples)
  }

  end(): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ type: 'end' }))
  }

  /** After this nothing comes of it any more. */
  close(): void {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close()
  }
}
