import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChosenFile } from '@/files/chosenFiles'
import { forgetUpload, resumeUpload, startUpload, stopUpload, uploads } from './uploads'

/** How the server answers a request with these names: a status, or null for a broken connection. */
let answer: (names: string[]) => number | null
let requests: string[][]
let sealed: number

class FakeRequest {
  upload: { onprogress?: unknown; onload?: () => void } = {}
  status = 0
  responseText = ''
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  onloadend?: () => void
  open() {}
  setRequestHeader() {}
  getResponseHeader = () => null
  abort() {
    this.onabort?.()
  }
  send(form: FormData) {
    const names = form.getAll('file').map(file => (file as File).name)
    requests.push(names)
    const status = answer(names)
    queueMicrotask(() => {
      if (status === null) return this.onerror?.()
      this.upload.onload?.()
      this.status = status
      this.responseText = JSON.stringify(status < 300 ? { added: names.length, repeated: 0 } : { code: 'x', detail: 'Refused' })
      this.onload?.()
    })
  }
}

const files = (...names: string[]): ChosenFile[] => names.map(name => ({ file: new File(['x'], name), path: name }))
const named = (count: number) => files(...Array.from({ length: count }, (_, i) => `${i}.wav`))
const settled = () => vi.advanceTimersByTimeAsync(20_000)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  vi.stubGlobal('fetch', async () => (sealed++, new Response('{}')))
  answer = () => 200
  requests = []
  sealed = 0
})
afterEach(() => {
  forgetUpload(1)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('groups are sent one after another, then the batch ends', async () => {
  startUpload(1, named(120))
  await settled()
  expect(requests.map(names => names.length)).toEqual([50, 50, 20])
  expect(uploads.get(1)).toMatchObject({ state: 'done', sentFiles: 120, sentBytes: 120, refused: [] })
  expect(sealed).toBe(1)
})

test('a broken connection is tried again with the same group', async () => {
  answer = () => (requests.length < 3 ? null : 200)
  startUpload(1, files('a', 'b'))
  await settled()
  expect(requests).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b']])
  expect(uploads.get(1)!.state).toBe('done')
})

test('an upload that stopped continues with the group that failed', async () => {
  answer = () => (requests.length === 1 ? 200 : 500)
  startUpload(1, named(60))
  await settled()
  expect(uploads.get(1)).toMatchObject({ state: 'stopped', error: 'Refused', sentFiles: 50 })
  answer = () => 200
  void resumeUpload(1)
  await settled()
  expect(requests.map(names => names.length)).toEqual([50, 10, 10])
  expect(uploads.get(1)).toMatchObject({ state: 'done', sentFiles: 60 })
})

test('a file that the server refuses does not stop the others', async () => {
  answer = names => (names.includes('bad') ? 400 : 200)
  startUpload(1, files('a', 'b', 'bad', 'c'))
  await settled()
  expect(uploads.get(1)).toMatchObject({ state: 'done', sentFiles: 4, refused: [{ path: 'bad', message: 'Refused' }] })
  expect(requests).toEqual([['a', 'b', 'bad', 'c'], ['a', 'b'], ['bad', 'c'], ['bad'], ['c']])
})

test('an upload that the user stops neither sends more nor ends the batch', async () => {
  answer = () => {
    stopUpload(1)
    return 200
  }
  startUpload(1, named(120))
  await settled()
  expect(requests).toHaveLength(1)
  expect(uploads.get(1)).toMatchObject({ state: 'stopped', error: null })
  expect(sealed).toBe(0)
})
