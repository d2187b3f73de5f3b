import type { Model, Problem } from '@/api/types'
import { text } from '@/shared/i18n'

/** "3 min": as exact as such a guess can be. */
export function timeLeft(seconds: number): string {
  const words = text.value.modelsPage
  if (seconds < 60) return words.seconds(Math.max(1, Math.round(seconds)))
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60)
}

/** What people at the page can do about it; the server's own words are for those at its command line. */
export const adviceOn = ({ code, message }: Problem) => text.value.modelsPage.advice[code] ?? message

export const isAddress = (source: string) => /^https?:\/\//.test(source)

export const aboutOf = ({ id }: Model) => text.value.modelsPage.about[id] ?? ''
