import { text } from '@/shared/i18n'
import { ApiError } from './http'

/** Describes an error to the user. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return text.value.error.page
  if (error.status === 0) return text.value.error.network
  if (error.message) return error.message
  return error.status === 401 ? text.value.error.unauthorized : text.value.error.unknown(error.status)
}
