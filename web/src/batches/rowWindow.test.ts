import { describe, expect, test } from 'vitest'
import { pagesOf, rowsInView, scrollTo } from './rowWindow'

describe('rowsInView', () => {
  test('draws the first rows at the top', () =>
    expect(rowsInView(0, 400, 40, 1000)).toEqual({ first: 0, end: 18, top: 0, height: 40_000 }))

  test('draws some rows above and below the visible ones', () =>
    expect(rowsInView(4000, 400, 40, 1000)).toEqual({ first: 92, end: 118, top: 3680, height: 40_000 }))

  test('ends at the last row', () => {
    const { first, end, top, height } = rowsInView(39_600, 400, 40, 1000)
    expect([end, top + (end - first) * 40]).toEqual([1000, height])
  })

  test('draws all rows of a short table', () => expect(rowsInView(0, 400, 40, 3)).toEqual({ first: 0, end: 3, top: 0, height: 120 }))

  test('draws nothing of an empty table', () => expect(rowsInView(0, 400, 40, 0)).toMatchObject({ first: 0, end: 0, height: 0 }))

  test('a scroll position beyond a table that shrank shows its end', () =>
    expect(rowsInView(39_600, 400, 40, 20)).toMatchObject({ end: 20 }))

  test('a table of a million rows reaches its last row within the height of browsers', () => {
    const { first, end, top, height } = rowsInView(8_000_000 - 400, 400, 40, 1_000_000)
    expect(height).toBe(8_000_000)
    expect(end).toBe(1_000_000)
    expect(top + (end - first) * 40).toBeCloseTo(height)
  })
})

describe('scrollTo', () => {
  test('does not move if the row is visible', () => expect(scrollTo(12, 400, 400, 40, 1000)).toBe(400))
  test('moves up to a row above', () => expect(scrollTo(5, 400, 400, 40, 1000)).toBe(200))
  test('moves down to a row below', () => expect(scrollTo(20, 400, 400, 40, 1000)).toBe(440))
  test.each([0, 1234, 500_000, 999_999])('row %i of a million is in view afterwards', row => {
    const { first, end } = rowsInView(scrollTo(row, 4_000_000, 400, 40, 1_000_000), 400, 40, 1_000_000)
    expect(row).toBeGreaterThanOrEqual(first)
    expect(row).toBeLessThan(end)
  })
})

test('rows belong to pages', () => {
  expect(pagesOf(0, 100, 100)).toEqual([0])
  expect(pagesOf(95, 101, 100)).toEqual([0, 1])
  expect(pagesOf(0, 0, 100)).toEqual([])
})
