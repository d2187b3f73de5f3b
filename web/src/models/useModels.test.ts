import { expect, test } from 'vitest'
import type { Model } from '@/api/schema'
import { isDownloading, uniqueById } from './useModels'

const model = (id: string, active = false, extra: Partial<Model> = {}) => ({ id, active, download: null, ...extra }) as Model

test('the active copy of a model wins, otherwise the first', () => {
  const store = model('a', false, { place: 'store' })
  const cache = model('a', true, { place: 'model_scope_cache' })
  expect(uniqueById([store, cache])).toEqual([cache])
  expect(uniqueById([store, model('a')])).toEqual([store])
})

test('the active model is first', () => expect(uniqueById([model('a'), model('b', true)]).map(({ id }) => id)).toEqual(['b', 'a']))

test('a finished download is not downloading', () => {
  const download = (state: string) => model('a', false, { download: { state } as Model['download'] })
  expect(['downloading', 'checking', 'importing'].every(state => isDownloading(download(state)))).toBe(true)
  expect(['done', 'failed', 'cancelled'].some(state => isDownloading(download(state)))).toBe(false)
  expect(isDownloading(model('a'))).toBe(false)
})
