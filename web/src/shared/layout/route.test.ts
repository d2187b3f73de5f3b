import { expect, test } from 'vitest'
import { batchHref, itemHref, leaveRecognition, pageHref, recognitionHref, route } from './route'

const nothing = { recognition: null, batch: null, item: null }

function goTo(hash: string) {
  location.hash = hash
  window.dispatchEvent(new Event('hashchange'))
}

test.each(['live', 'batches', 'history', 'models', 'cluster'] as const)('#/%s is a page', page => {
  goTo(pageHref(page))
  expect(route.value).toEqual({ ...nothing, page })
})

test('an unknown hash shows the start page', () => {
  goTo('#/elsewhere')
  expect(route.value).toEqual({ ...nothing, page: 'recognize' })
})

test('a link to a recognition survives special characters', () => {
  goTo(recognitionHref('a/b ü'))
  expect(route.value).toEqual({ ...nothing, page: 'recognize', recognition: 'a/b ü' })
})

test('leaving a recognition keeps the start page', () => {
  goTo(recognitionHref('a'))
  leaveRecognition()
  expect(route.value).toEqual({ ...nothing, page: 'recognize' })
  expect(location.hash).toBe('#/')
})

test('a batch and its recordings have addresses', () => {
  goTo(batchHref(12))
  expect(route.value).toEqual({ ...nothing, page: 'batches', batch: 12 })
  goTo(itemHref(12, 0))
  expect(route.value).toEqual({ ...nothing, page: 'batches', batch: 12, item: 0 })
})

test('an address of a batch that is no number shows the list', () => {
  goTo('#/batches/x/items/y')
  expect(route.value).toEqual({ ...nothing, page: 'batches' })
})
