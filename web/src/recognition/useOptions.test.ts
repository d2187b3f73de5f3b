import { expect, test } from 'vitest'
import { defaultOptions } from '@/api/recognitions'
import { merge } from './useOptions'

test('stored options replace the defaults', () => {
  const stored = { ...defaultOptions(), granularity: 'frame', embedding: true, channels: 'split', roles: ['a', 'b'] } as const
  expect(merge(defaultOptions(), JSON.stringify(stored))).toEqual(stored)
})

test.each([null, '', '{', '7', 'null', '[]', '{"granularity":"word","embedding":"yes","roles":[1]}'])('ignores %s', stored => {
  expect(merge(defaultOptions(), stored)).toEqual(defaultOptions())
})
