import type { TimelineSegment } from '@/api/schema'
import type { Surface } from '@/shared/dom/useCanvas'
import { emotionOf, type EmotionKey } from '@/shared/emotions/emotions'
import { overlapping, type TimeRange } from './timeRange'

/** Fills the visible segments, each at least one pixel wide. */
export function paintSegments(
  { context, width, color }: Surface,
  segments: readonly (TimeRange & { emotion: EmotionKey })[],
  view: TimeRange,
  box: { top: number; height: number; alpha?: number },
): void {
  const scale = width / (view.end - view.start || 1)
  const gap = color('--ser-surface')
  context.globalAlpha = box.alpha ?? 1
  for (const { start, end, emotion } of overlapping(segments, view)) {
    const left = (start - view.start) * scale
    const right = Math.max(left + 1, (end - view.start) * scale)
    context.fillStyle = emotionOf(emotion).color
    context.fillRect(left, box.top, right - left, box.height)
    if (right - left < 4) continue
    context.fillStyle = gap
    context.fillRect(right - 1, box.top, 1, box.height)
  }
  context.globalAlpha = 1
}

/** Draws emojis on the segments that are wide enough. */
export function paintEmojis({ context, width, height }: Surface, segments: readonly TimelineSegment[], view: TimeRange): void {
  const scale = width / (view.end - view.start || 1)
  context.font = "15px 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif"
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { start, end, emotion } of overlapping(segments, view)) {
    if ((end - start) * scale < 26) continue
    context.fillText(emotionOf(emotion).emoji, ((start + end) / 2 - view.start) * scale, height / 2 + 1)
  }
}
