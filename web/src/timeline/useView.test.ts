import { expect, test } from 'vitest'
import { scaleFor } from './useView'

test('zoom 1 shows the whole recording', () => expect(scaleFor(1, 60, 600)).toBe(0))

test('the scale grows with the zoom', () => expect(scaleFor(4, 60, 600)).toBe(40))

test('a second never fills more than 200 pixels', () => expect(scaleFor(1000, 60, 600)).toBe(200))

test('a long recording stays within the width that browsers can lay out', () => {
  const day = 86400
  expect(scaleFor(1e6, day, 600) * day).toBeCloseTo(8_000_000)
})

test('a short recording fits even at the highest zoom', () => expect(scaleFor(10, 2, 600)).toBe(0))
