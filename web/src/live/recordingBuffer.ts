import { wavHeader } from '@/audio/wav'

/** Two hours at 16 kHz. */
const maxSamples = 2 * 3600 * 16000
const blockSeconds = 10

/** Collects the samples of a session in blobs, which the browser may move to disk, up to `maxBytes` as WAV. */
export class RecordingBuffer {
  private blocks: Blob[] = []
  private latest: Int16Array<ArrayBuffer>[] = []
  private latestLength = 0
  private length = 0
  /** Whether the limit is reached; later samples are dropped. */
  full = false

  constructor(
    private readonly rate: number,
    private readonly maxBytes: number,
  ) {}

  get seconds(): number {
    return this.length / this.rate
  }

  add(samples: Int16Array<ArrayBuffer>): void {
    const length = this.length + samples.length
    this.full ||= length > maxSamples || 44 + 2 * length > this.maxBytes
    if (this.full) return
    this.latest.push(samples)
    this.latestLength += samples.length
    this.length = length
    if (this.latestLength >= blockSeconds * this.rate) this.close()
  }

  toFile(name: string): File {
    this.close()
    return new File([wavHeader(this.rate, this.length), ...this.blocks], `${name}.wav`, { type: 'audio/wav' })
  }

  private close(): void {
    if (this.latestLength > 0) this.blocks.push(new Blob(this.latest))
    this.latest = []
    this.latestLength = 0
  }
}
