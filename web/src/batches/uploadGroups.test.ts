import { expect, test } from 'vitest'
import type { ChosenFile } from '@/files/chosenFiles'
import { halves, toGroups } from './uploadGroups'

const megabyte = 1 << 20
const sized = (...megabytes: number[]): ChosenFile[] =>
  megabytes.map((size, i) => ({ file: { size: size * megabyte } as File, path: `${i}.wav` }))

test('a group has at most 50 files', () => {
  expect(toGroups(sized(...Array<number>(120).fill(0.01))).map(group => group.length)).toEqual([50, 50, 20])
})

test('a group has at most 32 MB', () => {
  expect(toGroups(sized(16, 16, 1, 31, 1)).map(group => group.length)).toEqual([2, 2, 1])
})

test('a large file is a group by itself', () => {
  expect(toGroups(sized(1, 100, 1)).map(group => group.length)).toEqual([1, 1, 1])
})

test('all files are kept in their order', () => {
  const files = sized(...Array.from({ length: 99 }, (_, i) => i % 7))
  expect(toGroups(files).flat()).toEqual(files)
})

test('no files give no groups', () => expect(toGroups([])).toEqual([]))

test('halves divide a group completely', () => {
  const group = sized(1, 2, 3)
  expect(halves(group).map(half => half.length)).toEqual([2, 1])
  expect(halves(group).flat()).toEqual(group)
})
