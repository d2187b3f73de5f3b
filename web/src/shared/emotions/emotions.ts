import type { EmotionKey } from '@/api/schema'
import { language } from '@/shared/i18n'

export type { EmotionKey }

/** The nine emotions, in the order of the model's output. */
export const emotions = [
  { key: 'angry', zh: '愤怒', en: 'Angry', emoji: '😠', color: '#c63f22' },
  { key: 'disgusted', zh: '厌恶', en: 'Disgusted', emoji: '🤢', color: '#a39412' },
  { key: 'fearful', zh: '恐惧', en: 'Fearful', emoji: '😨', color: '#6259b8' },
  { key: 'happy', zh: '快乐', en: 'Happy', emoji: '😊', color: '#f0bd03' },
  { key: 'neutral', zh: '中性', en: 'Neutral', emoji: '😐', color: '#a5bad4' },
  { key: 'other', zh: '其他', en: 'Other', emoji: '🤔', color: '#1e7a78' },
  { key: 'sad', zh: '悲伤', en: 'Sad', emoji: '😢', color: '#2fa2f2' },
  { key: 'surprised', zh: '惊讶', en: 'Surprised', emoji: '😲', color: '#f45aa8' },
  { key: 'unknown', zh: '未知', en: 'Unknown', emoji: '❓', color: '#6f6d58' },
] as const satisfies readonly { key: EmotionKey; zh: string; en: string; emoji: string; color: string }[]

export type Emotion = (typeof emotions)[number]

const byKey = new Map<string, Emotion>(emotions.map(emotion => [emotion.key, emotion]))

export const emotionOf = (key: EmotionKey): Emotion => byKey.get(key)!

export const emotionName = (key: EmotionKey) => emotionOf(key)[language.value === 'zh-CN' ? 'zh' : 'en']
