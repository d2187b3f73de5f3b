import { expect, test } from 'vitest'
import { emptyFilter, fromAddress, nextSort, toAddress, toItemQuery } from './itemQuery'

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

test('an address restores the filter', () => {
  const filter = { ...emptyFilter(), name: 'a', state: 'done', emotion: 'sad', sort: 'duration', descending: true } as const
  expect(fromAddress(toAddress({ ...filter, confidence: [0, 100] }))).toEqual(filter)
  expect(Object.values(toAddress(emptyFilter())).join('')).toBe('')
})

test('an address with invalid values gives the empty filter', () => {
  const typed = { name: '', state: 'odd', emotion: 'blue', min: '70', max: '30', sort: 'size-' }
  expect(fromAddress(typed)).toEqual(emptyFilter())
})
