import { beforeEach, expect, test } from 'vitest'
import { language } from '@/shared/i18n'
import { adviceOn, isAddress, timeLeft } from './describe'

beforeEach(() => {
  language.value = 'en'
})

test.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [90, '2 min'],
  [3700, '1 h 2 min'],
])('%d seconds left read as %s', (seconds, shown) => expect(timeLeft(seconds)).toBe(shown))

test('a known error gets advice, an unknown one keeps its message', () => {
  expect(adviceOn({ code: 'download.not_found', message: 'no' })).toContain('another site')
  expect(adviceOn({ code: 'download.new', message: 'What the server said' })).toBe('What the server said')
})

test('only web addresses are links', () => {
  expect(isAddress('https://modelscope.cn/models/x')).toBe(true)
  expect(isAddress('/srv/models')).toBe(false)
})
