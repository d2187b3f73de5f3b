import type { EmotionKey } from '@/shared/emotions/emotions'

/** Seconds that are drawn. */
export const visibleSeconds = 30
/** Columns a second. */
const density = 50

export interface EmotionSpan {
  start: number
  end: number
  emotion: EmotionKey
}

/** What is drawn of a session: the latest seconds of its sound and of its emotions, however long it lasts. */
export class RollingWaveform {
  private readonly low = new Float32Array(visibleSeconds * density)
  private readonly high = new Float32Array(visibleSeconds * density)
  private column = 0
  private inColumn = 0
  private samples = 0
  /** End of the latest partial, in seconds. */
  private partialEnd = 0
  /** Final, by start. */
  segments: EmotionSpan[] = []
  /** Not yet final, by start. */
  partials: EmotionSpan[] = []

  /** Samples in a column. */
  private readonly size: number

  constructor(private readonly rate: number) {
    this.size = Math.max(1, Math.round(rate / density))
  }

  get seconds(): number {
    return this.samples / this.rate
  }

  addSound(sound: Int16Array): void {
    for (const value of sound) {
      if (this.inColumn === 0) this.low[this.slot] = this.high[this.slot] = 0
      const sample = value / 32768
      if (sample < this.low[this.slot]!) this.low[this.slot] = sample
      if (sample > this.high[this.slot]!) this.high[this.slot] = sample
      if (++this.inColumn < this.size) continue
      this.inColumn = 0
      this.column++
    }
    this.samples += sound.length
  }

  /** What a partial says is news from where the one before it ended; `emotion` is null where nobody speaks. */
  addPartial(window: { start: number; end: number }, emotion: EmotionKey | null): void {
    const start = Math.max(window.start, this.partialEnd, this.segments.at(-1)?.end ?? 0)
    this.partialEnd = window.end
    if (emotion && window.end > start) this.partials.push({ start, end: window.end, emotion })
    this.dropOld()
  }

  /** Takes the place of all partials up to its end. */
  addSegment(mark: EmotionSpan): void {
    this.segments.push(mark)
    this.partials = this.partials
      .filter(({ end }) => end > mark.end)
      .map(partial => ({ ...partial, start: Math.max(partial.start, mark.end) }))
    this.dropOld()
  }

  /** The columns from the oldest to the newest: second, lowest, highest. */
  forEachColumn(visit: (second: number, low: number, high: number) => void): void {
    for (let column = Math.max(0, this.column - this.low.length + 1); column < this.column; column++) {
      const slot = column % this.low.length
      visit((column * this.size) / this.rate, this.low[slot]!, this.high[slot]!)
    }
  }

  private get slot(): number {
    return this.column % this.low.length
  }

  private dropOld(): void {
    const oldest = this.seconds - visibleSeconds - 5
    this.segments = this.segments.filter(({ end }) => end > oldest)
    this.partials = this.partials.filter(({ end }) => end > oldest)
  }
}
