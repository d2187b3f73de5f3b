import { language } from '@/shared/i18n'
import type { ProblemDetails } from './schema'

/** An error response, or no response at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds from the Retry-After header. */
    readonly retryAfter: number | null = null,
  ) {
    super(message)
  }
}

/** The base path behind a proxy, without a trailing slash; empty at the root. */
export const basePath = new URL('.', document.baseURI).pathname.slice(0, -1)

let onUnauthorized = () => {}

/** Registers the action for status 401. */
export function whenUnauthorized(action: () => void): void {
  onUnauthorized = action
}

let onUnreachable = () => {}

/** Registers the action for a request without a response. */
export function whenUnreachable(action: () => void): void {
  onUnreachable = action
}

/** The error of a request without a response. */
export function unanswered(): ApiError {
  onUnreachable()
  return new ApiError(0, 'network', '')
}

export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await (await send(url, { signal })).json()) as T
}

export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('Accept-Language', language.value)
  let response: Response
  try {
    response = await fetch(url, { ...init, headers })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw unanswered()
  }
  if (!response.ok) throw refusal(response.status, await response.text(), response.headers.get('Retry-After'))
  return response
}

/** Converts an error response, usually a problem document, to an error. */
export function refusal(status: number, body: string, retryAfter: string | null): ApiError {
  if (status === 401) onUnauthorized()
  const seconds = Number.parseInt(retryAfter ?? '', 10)
  const wait = Number.isFinite(seconds) ? seconds : null
  try {
    const problem = JSON.parse(body) as Partial<ProblemDetails>
    return new ApiError(status, problem.code ?? `http.${status}`, problem.detail ?? problem.title ?? '', wait)
  } catch {
    return new ApiError(status, `http.${status}`, '', wait)
  }
}
