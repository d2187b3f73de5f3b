import { wavHeader } from '@/audio/wav'

/** Two hours at 16 kHz. */
const mostSamples = 2 * 3600 * 16000
const blockSeconds = 10

/** The samples of a session, kept as blocks that the browser may put on the disk; no more than `mostBytes` as WAV. */
export class KeptSound {
  private blocks: Blob[] = []
  private latest: Int16Array<ArrayBuffer>[] = []
  private latestLength = 0
  private length = 0
  /** Whether it has become too long, so that the rest is not kept. */
  full = false

  constructor(
    private readonly rate: number,
    private readonly mostBytes: number,
  ) {}

  get seconds(): number {
    return this.length / this.rate
  }

  add(samples: Int16Array<ArrayBuffer>): void {
    const length = this.length + samples.length
    this.full ||= length > mostSamples || 44 + 2 * length > this.mostBytes
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
