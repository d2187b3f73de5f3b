import { language } from '@/shared/i18n'
import { ApiError, basePath, send } from './http'
import type { LiveClientMessage, LiveMessage, LiveStreamRequest } from './schema'

const path = `${basePath}/api/v1/live`

export interface LiveOptions {
  /** Seconds. */
  hop: number
  window: number
  /** null: the server's default. */
  model: string | null
}

/**
 * Returns why the server refuses live recognition; null if it does not, or cannot be reached.
 * A WebSocket hides the HTTP response, so this sends a plain request.
 */
export async function connectionRefusal(): Promise<ApiError | null> {
  try {
    await send(path)
  } catch (error) {
    const specific = error instanceof ApiError && error.status > 0 && !error.code.startsWith('http.')
    if (specific && error.code !== 'live.not_websocket') return error
  }
  return null
}

/** A WebSocket that sends mono 16-bit audio and receives results. */
export class LiveConnection {
  private readonly socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`)

  /** `onClose` receives whether the connection was ever open. */
  constructor(
    private readonly rate: number,
    options: LiveOptions,
    onMessage: (message: LiveMessage) => void,
    onClose: (opened: boolean) => void,
  ) {
    let opened = false
    const start: LiveStreamRequest = {
      sample_rate: rate,
      channels: 1,
      encoding: 'pcm_s16le',
      language: language.value === 'zh-CN' ? 'zh' : 'en',
      ...options,
    }
    this.socket.onopen = () => {
      opened = true
      this.socket.send(JSON.stringify(start))
    }
    this.socket.onmessage = event => onMessage(JSON.parse(event.data as string) as LiveMessage)
    this.socket.onclose = () => onClose(opened)
  }

  /** Seconds of audio in the browser's send buffer. */
  get buffered(): number {
    return this.socket.bufferedAmount / (2 * this.rate)
  }

  send(samples: Int16Array<ArrayBuffer>): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(samples)
  }

  end(): void {
    const end: LiveClientMessage = { type: 'end' }
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(end))
  }

  /** Closes the connection without further callbacks. */
  close(): void {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close()
  }
}
