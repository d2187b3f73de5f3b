import { decode } from './playable'
import { toWav } from './wav'

export type RecorderProblem = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'failed'

export class RecorderError extends Error {
  constructor(readonly problem: RecorderProblem) {
    super(problem)
  }
}

/** Formats of Chromium and Firefox (WebM), Safari (MP4) and others; the server detects the format from the content. */
const formats = [
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/mp4', extension: 'm4a' },
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
]

// Seconds; longer recordings would be too large as WAV.
const maxWavSeconds = 300
const wavRate = 48000

/** A finished recording. */
export interface Recorded {
  file: File
  /** Its samples, if it is short enough to be sent as WAV. */
  sound: { samples: Float32Array; rate: number } | null
}

/**
 * Opens a microphone (the browser's choice if `device` is empty) without the browser's audio processing, which changes the sound of a
 * voice.
 */
export async function microphone(device = ''): Promise<MediaStream> {
  try {
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    const audio = device ? { ...plain, deviceId: { exact: device } } : plain
    return await navigator.mediaDevices.getUserMedia({ audio })
  } catch (error) {
    throw new RecorderError(problemOf(error))
  }
}

/** The microphones that the browser names, which it does once the user has allowed one. */
export async function microphones(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind, label }) => kind === 'audioinput' && label !== '')
}

/** Returns why the page cannot record, or null if it can. */
export function recorderProblem(): RecorderProblem | null {
  if (!window.isSecureContext) return 'insecure'
  return 'mediaDevices' in navigator && 'MediaRecorder' in window ? null : 'unsupported'
}

/** Records from the microphone until it is stopped or discarded. */
export class Recorder {
  private readonly chunks: Blob[] = []
  private readonly context = new AudioContext()
  private readonly analyser = this.context.createAnalyser()
  private readonly samples = new Float32Array(this.analyser.fftSize)
  private started = performance.now()
  private pausedAt: number | null = null

  private constructor(
    private readonly stream: MediaStream,
    private readonly media: MediaRecorder,
    private readonly extension: string,
  ) {
    this.context.createMediaStreamSource(stream).connect(this.analyser)
    media.ondataavailable = event => this.chunks.push(event.data)
    void this.context.resume()
    media.start()
  }

  static async open(device = ''): Promise<Recorder> {
    const problem = recorderProblem()
    if (problem) throw new RecorderError(problem)
    const format = formats.find(({ type }) => MediaRecorder.isTypeSupported(type))
    try {
      const stream = await microphone(device)
      const media = new MediaRecorder(stream, format && { mimeType: format.type })
      return new Recorder(stream, media, format?.extension ?? 'webm')
    } catch (error) {
      throw error instanceof RecorderError ? error : new RecorderError(problemOf(error))
    }
  }

  /** Seconds that are recorded, without the pauses. */
  get seconds(): number {
    return ((this.pausedAt ?? performance.now()) - this.started) / 1000
  }

  pause(): void {
    this.media.pause()
    this.pausedAt = performance.now()
  }

  resume(): void {
    this.media.resume()
    this.started += performance.now() - this.pausedAt!
    this.pausedAt = null
  }

  /** Current peak level: 0 at -60 dB and below, 1 at full scale. */
  get level(): number {
    this.analyser.getFloatTimeDomainData(this.samples)
    const peak = this.samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
    return Math.max(0, Math.min(1, 1 + Math.log10(Math.max(peak, 1e-6)) / 3))
  }

  /** Stops and returns the recording as WAV, which the page can draw and seek, or in the browser's format. */
  async stop(name: string): Promise<Recorded> {
    const ended = new Promise<void>(resolve => (this.media.onstop = () => resolve()))
    const seconds = this.seconds
    this.media.stop()
    await ended
    this.release()

    const recorded = new Blob(this.chunks, { type: this.media.mimeType.split(';')[0] })
    const decoded = seconds > maxWavSeconds ? null : await decode(recorded, wavRate)
    if (!decoded) return { file: new File([recorded], `${name}.${this.extension}`, { type: recorded.type }), sound: null }
    const sound = { samples: decoded.getChannelData(0), rate: decoded.sampleRate }
    return { file: new File([toWav(sound.samples, sound.rate)], `${name}.wav`, { type: 'audio/wav' }), sound }
  }

  discard(): void {
    this.media.onstop = null
    if (this.media.state !== 'inactive') this.media.stop()
    this.release()
  }

  private release(): void {
    this.stream.getTracks().forEach(track => track.stop())
    void this.context.close()
  }
}

function problemOf(error: unknown): RecorderProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    default:
      return 'failed'
  }
}
