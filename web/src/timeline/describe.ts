import type { BilingualNote, Timeline, TimelineSegment } from '@/api/schema'
import { emotionName } from '@/shared/emotions/emotions'
import { language, text } from '@/shared/i18n'
import { clock, percent } from '@/shared/i18n/format'

export const roleName = (role: string) => (role === 'mix' ? text.value.timeline.mix : role)

export const roleOf = ({ channels }: Timeline, channel: number) =>
  roleName(channels.find(({ index }) => index === channel)?.role ?? String(channel + 1))

export const describe = ({ start, end, emotion, confidence }: TimelineSegment) =>
  `${clock(start)}–${clock(end)} ${emotionName(emotion)} ${percent(confidence)}`

export const qualityText = ({ text: english, text_zh }: BilingualNote) => (language.value === 'zh-CN' ? text_zh : english)
