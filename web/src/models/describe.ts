import type { ErrorDetails, Model } from '@/api/schema'
import { text } from '@/shared/i18n'

/** Rounds a remaining time to the precision of the estimate, e.g. "3 min". */
export function timeLeft(seconds: number): string {
  const texts = text.value.modelsPage
  if (seconds < 60) return texts.seconds(Math.max(1, Math.round(seconds)))
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? texts.minutes(minutes) : texts.hours(Math.floor(minutes / 60), minutes % 60)
}

/** Advice for users of the page; the server's message addresses users of the command line. */
export const adviceOn = ({ code, message }: ErrorDetails) => text.value.modelsPage.advice[code] ?? message

export const isAddress = (source: string) => /^https?:\/\//.test(source)

export const aboutOf = ({ id }: Model) => text.value.modelsPage.about[id] ?? ''
