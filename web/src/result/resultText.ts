import type { Recognition } from '@/api/schema'
import { emotionName, emotions } from '@/shared/emotions/emotions'
import { headlineOf, headlineText } from '@/shared/emotions/headline'
import { text } from '@/shared/i18n'
import { clock, dateTime, percent } from '@/shared/i18n/format'

/** The model that gave a result, for a reader who sees only the text or the picture. */
export const modelLine = ({ model, version }: Recognition) =>
  [`${text.value.model.used}: ${model!.id}`, model!.precision, model!.hash.slice(0, 8), `SpeechEmotion ${version}`].join(' · ')

/** The scores are averaged if the recording was recognized by segments. */
export const scoresTitle = (isAveraged: boolean) => (isAveraged ? text.value.result.averaged : text.value.result.wholeScores)

/** A finished recognition as plain text, for mails and notes. */
export function resultText(recognition: Recognition): string {
  const { file_name, duration, created, scores, quality } = recognition
  const ordered = [...emotions].sort((a, b) => scores![b.key] - scores![a.key])
  return [
    [file_name, duration === null ? '' : clock(duration), dateTime(created)].filter(Boolean).join(' · '),
    headlineText(headlineOf(recognition)!),
    '',
    scoresTitle(recognition.dominant !== null),
    ...ordered.map(({ key }) => `  ${emotionName(key)} ${percent(scores![key])}`),
    '',
    ...(quality ?? []).map(note => `! ${note.text}`),
    modelLine(recognition),
    '',
  ].join('\n')
}
