import { expect, test } from 'vitest'
import { emptyFilter, fromAddress, toAddress, toQuery } from './historyFilter'

const nothing = { name: '', emotion: '' as const, state: '' as const, from: '', to: '', min: '', max: '', page: '' }

test('defaults are left out', () => expect(toAddress(emptyFilter(), 1)).toEqual(nothing))

test('an address restores the filter and the page', () => {
  const filter = { ...emptyFilter(), name: 'call', emotion: 'sad', state: 'done', confidence: [20, 80], from: '2026-01-02' } as const
  expect(fromAddress(toAddress({ ...filter, confidence: [20, 80] }, 3))).toEqual({ filter, page: 3 })
})

test('invalid values are ignored', () => {
  const typed = { ...nothing, emotion: 'blue', state: 'odd', from: 'yesterday', to: '2026-99-01', min: '70', max: '30', page: '-1' }
  expect(fromAddress(typed)).toEqual({ filter: emptyFilter(), page: 1 })
})

test('an empty filter asks for a page only', () =>
  expect(JSON.parse(JSON.stringify(toQuery(emptyFilter(), 2, 20)))).toEqual({ page: 2, page_size: 20 }))

test('confidence becomes a fraction', () => {
  const query = toQuery({ ...emptyFilter(), confidence: [5, 95] }, 1, 20)
  expect(query).toMatchObject({ min_confidence: 0.05, max_confidence: 0.95 })
})

test('days are whole days of the local time zone', () => {
  const { from, to } = toQuery({ ...emptyFilter(), from: '2024-01-04', to: '2024-01-04' }, 1, 20)
  expect(Date.parse(to!) - Date.parse(from!)).toBe(24 * 3600 * 1000 - 1)
  expect(new Date(from!).getHours()).toBe(0)
})

test('spaces around the name are ignored', () => expect(toQuery({ ...emptyFilter(), name: ' a ' }, 1, 20).name).toBe('a'))
