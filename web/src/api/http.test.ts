import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { language } from '@/shared/i18n'
import { explain } from './explain'
import { ApiError, getJson, refusal, whenUnauthorized } from './http'

const answer = (status: number, body: string, headers: Record<string, string> = {}) => new Response(body, { status, headers })

beforeEach(() => {
  language.value = 'en'
})
afterEach(() => {
  vi.unstubAllGlobals()
  whenUnauthorized(() => {})
})

test('a problem document gives code and message', () => {
  const error = refusal(429, '{"code":"queue.full","detail":"The queue is full."}', '7')
  expect(error).toMatchObject({ status: 429, code: 'queue.full', message: 'The queue is full.', retryAfter: 7 })
})

test('the title stands in for a missing detail', () => expect(refusal(400, '{"title":"Bad"}', null).message).toBe('Bad'))

test('a body that is not JSON gives a code from the status', () =>
  expect(refusal(502, '<html>', null)).toMatchObject({ code: 'http.502', message: '', retryAfter: null }))

test('a Retry-After date is ignored', () => expect(refusal(503, '{}', 'Wed, 21 Oct 2026 07:28:00 GMT').retryAfter).toBeNull())

test('only status 401 reports that a login is required', () => {
  const action = vi.fn()
  whenUnauthorized(action)
  refusal(403, '{}', null)
  expect(action).not.toHaveBeenCalled()
  refusal(401, '{}', null)
  expect(action).toHaveBeenCalledOnce()
})

test('requests ask for the language of the page', async () => {
  const fetch = vi.fn(async (_: string, init: RequestInit) => answer(200, JSON.stringify(new Headers(init.headers).get('Accept-Language'))))
  vi.stubGlobal('fetch', fetch)
  expect(await getJson('x')).toBe('en')
})

test('a failed connection becomes an error with status 0', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
  await expect(getJson('x')).rejects.toMatchObject({ status: 0, code: 'network' })
})

test('an abort stays an abort', async () => {
  const abort = new AbortController()
  abort.abort(new DOMException('stopped', 'AbortError'))
  vi.stubGlobal('fetch', () => Promise.reject(abort.signal.reason as Error))
  await expect(getJson('x', abort.signal)).rejects.toBe(abort.signal.reason)
})

test('explain prefers the message of the server', () => {
  expect(explain(new ApiError(400, 'x', 'Said so'))).toBe('Said so')
  expect(explain(new ApiError(0, 'network', ''))).toContain('cannot be reached')
  expect(explain(new ApiError(500, 'http.500', ''))).toContain('HTTP 500')
  expect(explain(new TypeError('bug'))).toContain('unexpected')
})
