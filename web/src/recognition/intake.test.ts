import { beforeEach, expect, test } from 'vitest'
import type { ChosenFile } from '@/files/chosenFiles'
import { offer } from '@/files/offer'
import { recordings } from '@/recordings/recordings'
import { problems, take } from './intake'

const chosen = (path: string, type = 'audio/wav', content = 'x'): ChosenFile => ({
  file: new File([content], path.split('/').pop()!, { type }),
  path,
})
const listed = () => recordings.map(({ name }) => name)

beforeEach(() => {
  recordings.length = 0
  offer.value = null
})

test('one file is listed and not offered as a batch', () => {
  take({ files: [chosen('a.wav')], hasFolder: false })
  expect(listed()).toEqual(['a.wav'])
  expect(offer.value).toBeNull()
})

test('the recordings of a folder are listed, and all of it is offered as a batch', () => {
  const files = [chosen('a/1.wav'), chosen('a/.DS_Store', ''), chosen('a/cover.jpg', 'image/jpeg'), chosen('a/all.zip', '')]
  take({ files, hasFolder: true })
  expect(listed()).toEqual(['1.wav'])
  expect(offer.value).toEqual(files)
})

test('a large folder is only offered as a batch', () => {
  const files = Array.from({ length: 101 }, (_, i) => chosen(`a/${i}.wav`))
  take({ files, hasFolder: true })
  expect(listed()).toEqual([])
  expect(offer.value).toHaveLength(101)
})

test('an empty file is a problem until other files come', () => {
  take({ files: [chosen('empty.wav', 'audio/wav', '')], hasFolder: false })
  expect(listed()).toEqual([])
  expect(problems.value).toHaveLength(1)
  take({ files: [chosen('a.wav')], hasFolder: false })
  expect(problems.value).toEqual([])
})
