import { expect, test } from 'vitest'
import { emptyFilter, nextSort, toItemQuery } from './itemQuery'

const sent = (filter: Partial<ReturnType<typeof emptyFilter>>) => JSON.parse(JSON.stringify(toItemQuery({ ...emptyFilter(), ...filter })))

test('an empty filter asks for everything', () => expect(sent({})).toEqual({}))

test('confidence becomes a fraction', () =>
  expect(sent({ confidence: [5, 95] })).toEqual({ min_confidence: 0.05, max_confidence: 0.95 }))

test('spaces around the name are ignored', () => expect(sent({ name: ' a ' })).toEqual({ name: 'a' }))

test('a column sorts up, then down, then not', () => {
  const up = nextSort(emptyFilter(), 'name')
  const down = nextSort(up, 'name')
  expect([up, down, nextSort(down, 'name')]).toEqual([
    { sort: 'name', descending: false },
    { sort: 'name', descending: true },
    { sort: 'number', descending: false },
  ])
})

test('another column starts up', () =>
  expect(nextSort({ sort: 'name', descending: true }, 'confidence')).toEqual({ sort: 'confidence', descending: false }))
