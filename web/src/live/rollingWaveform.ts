import type { EmotionKey } from '@/shared/emotions/emotions'
import type { EmotionSpan } from '@/shared/emotions/frameTrack'

/** Visible duration, in seconds. */
export const visibleSeconds = 30
/** Columns per second. */
const density = 50

/** The latest seconds of a session's audio and emotions, in constant memory. */
export class RollingWaveform {
  private readonly low = new Float32Array(visibleSeconds * density)
  private readonly high = new Float32Array(visibleSeconds * density)
  private column = 0
  private inColumn = 0
  private samples = 0
  /** End of the latest partial result, in seconds. */
  private partialEnd = 0
  /** Final results, by start. */
  segments: EmotionSpan[] = []
  /** Partial results, by start. */
  partials: EmotionSpan[] = []

  /** Samples per column. */
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

  /** Adds the part of a partial result after the previous one; `emotion` is null without speech. */
  addPartial(window: { start: number; end: number }, emotion: EmotionKey | null): void {
    const start = Math.max(window.start, this.partialEnd, this.segments.at(-1)?.end ?? 0)
    this.partialEnd = window.end
    if (emotion && window.end > start) this.partials.push({ start, end: window.end, emotion })
    this.dropOld()
  }

  /** Adds a final result, which replaces all partial results up to its end. */
  addSegment(segment: EmotionSpan): void {
    this.segments.push(segment)
    this.partials = this.partials
      .filter(({ end }) => end > segment.end)
      .map(partial => ({ ...partial, start: Math.max(partial.start, segment.end) }))
    this.dropOld()
  }

  /** Visits the columns from oldest to newest with time, lowest and highest sample. */
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
