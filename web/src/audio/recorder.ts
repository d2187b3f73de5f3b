import { decode } from './playable'
import { toWav } from './wav'

export type RecorderProblem = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'failed'

export class RecorderError extends Error {
  constructor(readonly problem: RecorderProblem) {
    super(problem)
  }
}

/** What Chromium and Firefox (WebM), Safari (MP4) and others record; the server tells the format from the content. */
const formats = [
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/mp4', extension: 'm4a' },
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
]

// A longer recording would be too large as WAV.
const longestWav = 300
const wavRate = 48000

/** Opens the microphone, without the browser's own cleaning: that changes how a voice sounds. */
export async function microphone(): Promise<MediaStream> {
  try {
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    return await navigator.mediaDevices.getUserMedia({ audio })
  } catch (error) {
    throw new RecorderError(problemOf(error))
  }
}

/** Why this page cannot record; null where it can. */
export function recorderProblem(): RecorderProblem | null {
  if (!window.isSecureContext) return 'insecure'
  return 'mediaDevices' in navigator && 'MediaRecorder' in window ? null : 'unsupported'
}

/** One recording from the microphone: opened, then stopped or discarded. */
export class Recorder {
  private readonly chunks: Blob[] = []
  private readonly context = new AudioContext()
  private readonly analyser = this.context.createAnalyser()
  private readonly samples = new Float32Array(this.analyser.fftSize)
  private readonly started = performance.now()

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

  static async open(): Promise<Recorder> {
    const problem = recorderProblem()
    if (problem) throw new RecorderError(problem)
    const format = formats.find(({ type }) => MediaRecorder.isTypeSupported(type))
    try {
      const stream = await microphone()
      const media = new MediaRecorder(stream, format && { mimeType: format.type })
      return new Recorder(stream, media, format?.extension ?? 'webm')
    } catch (error) {
      throw error instanceof RecorderError ? error : new RecorderError(problemOf(error))
    }
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000
  }

  /** How loud it is now: 0 for -60 dB and less, 1 for full scale. */
  get level(): number {
    this.analyser.getFloatTimeDomainData(this.samples)
    const peak = this.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    return Math.max(0, Math.min(1, 1 + Math.log10(Math.max(peak, 1e-6)) / 3))
  }

  /** Ends the recording: as WAV, which can be seen and sought at once, or as the browser made it. */
  async stop(name: string): Promise<File> {
    const ended = new Promise<void>(resolve => (this.media.onstop = () => resolve()))
    const seconds = this.seconds
    this.media.stop()
    await ended
    this.release()

    const recorded = new Blob(this.chunks, { type: this.media.mimeType.split(';')[0] })
    const sound = seconds > longestWav ? null : await decode(recorded, wavRate)
    if (sound) return new File([toWav(sound.getChannelData(0), sound.sampleRate)], `${name}.wav`, { type: 'audio/wav' })
    return new File([recorded], `${name}.${this.extension}`, { type: recorded.type })
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
