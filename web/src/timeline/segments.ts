import type { SegmentQuality, TimelineDocument, TimelineSegment } from '@/api/timeline'
import type { Sheet } from '@/shared/dom/useCanvas'
import { emotionName, emotionOf, type EmotionKey } from '@/shared/emotions/emotions'
import { language, text } from '@/shared/i18n'
import { clock, percent } from '@/shared/i18n/format'

export interface Span {
  start: number
  end: number
}

/** The segments (by start, none over another) of which something lies within a span. */
export function within<T extends Span>(segments: readonly T[], { start, end }: Span): T[] {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (segments[middle]!.end <= start) low = middle + 1
    else high = middle
  }
  const found: T[] = []
  for (let index = low; index < segments.length && segments[index]!.start < end; index++) found.push(segments[index]!)
  return found
}

export const at = (segments: readonly TimelineSegment[], seconds: number) =>
  within(segments, { start: seconds, end: seconds + 1e-6 })[0] ?? null

/** Fills the segments seen, each at least a pixel wide. */
export function paint(
  { context, width, color }: Sheet,
  segments: readonly (Span & { emotion: EmotionKey })[],
  view: Span,
  box: { top: number; height: number; alpha?: number },
): void {
  const scale = width / (view.end - view.start || 1)
  const seam = color('--ser-surface')
  context.globalAlpha = box.alpha ?? 1
  for (const { start, end, emotion } of within(segments, view)) {
    const left = (start - view.start) * scale
    const right = Math.max(left + 1, (end - view.start) * scale)
    context.fillStyle = emotionOf(emotion).color
    context.fillRect(left, box.top, right - left, box.height)
    if (right - left < 4) continue
    context.fillStyle = seam
    context.fillRect(right - 1, box.top, 1, box.height)
  }
  context.globalAlpha = 1
}

/** Draws the emojis of the segments that have room for them. */
export function paintEmojis({ context, width, height }: Sheet, segments: readonly TimelineSegment[], view: Span): void {
  const scale = width / (view.end - view.start || 1)
  context.font = "15px 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif"
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { start, end, emotion } of within(segments, view)) {
    if ((end - start) * scale < 26) continue
    context.fillText(emotionOf(emotion).emoji, ((start + end) / 2 - view.start) * scale, height / 2 + 1)
  }
}

export const roleName = (role: string) => (role === 'mix' ? text.value.timeline.mix : role)

export const roleOf = ({ channels }: TimelineDocument, channel: number) =>
  roleName(channels.find(({ index }) => index === channel)?.role ?? String(channel + 1))

export const describe = ({ start, end, emotion, confidence }: TimelineSegment) =>
  `${clock(start)}–${clock(end)} ${emotionName(emotion)} ${percent(confidence)}`

export const qualityText = ({ text: words, text_zh }: SegmentQuality) => (language.value === 'zh-CN' ? (text_zh ?? words) : words)
