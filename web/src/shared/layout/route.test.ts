import { expect, test } from 'vitest'
import { leaveRecognition, pageHref, recognitionHref, route } from './route'

function goTo(hash: string) {
  location.hash = hash
  window.dispatchEvent(new Event('hashchange'))
}

test.each(['live', 'history', 'models'] as const)('#/%s is a page', page => {
  goTo(pageHref(page))
  expect(route.value).toEqual({ page, recognition: null })
})

test('an unknown hash shows the start page', () => {
  goTo('#/elsewhere')
  expect(route.value).toEqual({ page: 'recognize', recognition: null })
})

test('a link to a recognition survives special characters', () => {
  goTo(recognitionHref('a/b ü'))
  expect(route.value).toEqual({ page: 'recognize', recognition: 'a/b ü' })
})

test('leaving a recognition keeps the start page', () => {
  goTo(recognitionHref('a'))
  leaveRecognition()
  expect(route.value).toEqual({ page: 'recognize', recognition: null })
  expect(location.hash).toBe('#/')
})
