import { expect, test } from 'vitest'
import { batchHref, go, itemHref, pageHref, recognitionHref, route, router, search } from './route'

const nothing = { recognition: null, batch: null, item: null }

test.each(['live', 'batches', 'history', 'models', 'cluster'] as const)('#/%s is a page', async page => {
  await go(pageHref(page))
  expect(route.value).toEqual({ ...nothing, page })
})

test('an unknown address shows the start page', async () => {
  await router.push('/elsewhere/1')
  expect(route.value).toEqual({ ...nothing, page: 'recognize' })
})

test('a link to a recognition survives special characters', async () => {
  await go(recognitionHref('a/b ü'))
  expect(route.value).toEqual({ ...nothing, page: 'recognize', recognition: 'a/b ü' })
})

test('a batch and a recording of it have addresses', async () => {
  await go(batchHref(12))
  expect(route.value).toEqual({ ...nothing, page: 'batches', batch: 12 })
  await go(itemHref(12, 3))
  expect(route.value).toEqual({ ...nothing, page: 'batches', batch: 12, item: 3 })
})

test('a batch that is no number shows the start page', async () => {
  await router.push('/batches/x')
  expect(route.value).toEqual({ ...nothing, page: 'recognize' })
})

test('the query belongs to the address', async () => {
  await router.push('/history?emotion=sad')
  expect(search.value).toBe('?emotion=sad')
  await router.push('/history')
  expect(search.value).toBe('')
})
