import { expect, test } from 'vitest'
import { language } from '@/shared/i18n'
import { duration } from './duration'

test.each([
  [0.4, '0 sec'],
  [59.9, '59 sec'],
  [95, '1 min'],
  [7300, '2 hr'],
  [200_000, '2 days'],
])('%d seconds are %s', (seconds, expected) => {
  language.value = 'en'
  expect(duration(seconds)).toBe(expected)
})
