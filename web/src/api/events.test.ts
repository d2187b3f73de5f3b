import { expect, test } from 'vitest'
import { isFinal, pause } from './events'
import type { Recognition, RecognitionState } from './schema'

test.each([
  ['queued', false],
  ['running', false],
  ['done', true],
  ['failed', true],
  ['cancelled', true],
] as [RecognitionState, boolean][])('%s is final: %s', (state, final) => expect(isFinal({ state } as Recognition)).toBe(final))

test('a pause ends early when it is aborted', async () => {
  const abort = new AbortController()
  const pausing = pause(60_000, abort.signal)
  abort.abort(new Error('stop'))
  await expect(pausing).rejects.toThrow('stop')
})

test('a pause does not start after an abort', async () => {
  await expect(pause(60_000, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
})
