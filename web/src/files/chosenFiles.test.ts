import { expect, test } from 'vitest'
import { isArchive, readDropped, sift, type ChosenFile } from './chosenFiles'

const file = (name: string, type = 'audio/wav', size = 1) => new File(['x'.repeat(size)], name, { type })
const chosen = (path: string, type?: string, size?: number): ChosenFile => ({ file: file(path.split('/').pop()!, type, size), path })

const fileEntry = (path: string) =>
  ({ isDirectory: false, name: path.split('/').pop(), fullPath: path, file: (done: (file: File) => void) => done(file(path)) }) as unknown

/** A folder whose reader gives its entries in portions, as browsers do. */
function folderEntry(path: string, entries: unknown[], portion = 100) {
  const createReader = () => {
    const left = [...entries]
    return { readEntries: (done: (some: unknown[]) => void) => done(left.splice(0, portion)) }
  }
  return { isDirectory: true, name: path.split('/').pop(), fullPath: path, createReader } as unknown
}

const transfer = (entries: unknown[], files: File[] = []) =>
  ({ files, items: entries.map(entry => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer

const pathsOf = async (...entries: unknown[]) => (await readDropped(transfer(entries))).files.map(({ path }) => path)

test('a folder is read to its end, in portions', async () => {
  const all = Array.from({ length: 250 }, (_, i) => `/calls/${i}.wav`)
  expect(await pathsOf(folderEntry('/calls', all.map(fileEntry), 100))).toEqual(all.map(path => path.slice(1)))
})

test('folders in folders are read in their order', async () => {
  const inner = folderEntry('/a/b', [fileEntry('/a/b/1.wav')])
  expect(await pathsOf(folderEntry('/a', [inner, fileEntry('/a/2.wav')]), fileEntry('/3.wav'))).toEqual(['a/b/1.wav', 'a/2.wav', '3.wav'])
})

test('hidden folders are not read', async () =>
  expect(await pathsOf(folderEntry('/a', [folderEntry('/a/.git', [fileEntry('/a/.git/x')]), fileEntry('/a/1.wav')]))).toEqual(['a/1.wav']))

test('a file that cannot be read does not stop the others', async () => {
  const lost = { isDirectory: false, name: 'l', fullPath: '/a/l', file: (_: unknown, failed: () => void) => failed() }
  expect(await pathsOf(folderEntry('/a', [lost, fileEntry('/a/1.wav')]))).toEqual(['a/1.wav'])
})

test('files without a folder are taken as they are', async () => {
  const one = file('1.wav')
  expect(await readDropped(transfer([fileEntry('/1.wav')], [one]))).toEqual({ files: [{ file: one, path: '1.wav' }], hasFolder: false })
})

test.each([
  ['a/.DS_Store', '', 1, 'hidden'],
  ['.cache/a.wav', 'audio/wav', 1, 'hidden'],
  ['__MACOSX/a.wav', 'audio/wav', 1, 'hidden'],
  ['a/cover.jpg', 'image/jpeg', 1, 'noRecording'],
  ['notes.txt', 'text/plain', 1, 'noRecording'],
  ['a.wav', 'audio/wav', 0, 'empty'],
  ['a.wav', 'audio/wav', 11, 'tooLarge'],
])('%s (%s, %i bytes) is left out: %s', (path, type, size, reason) =>
  expect(sift([chosen(path, type, size)], 10)).toEqual({ files: [], leftOut: [{ path, reason }] }))

test.each([
  ['a.wav', 'audio/wav'],
  ['a/b.mp4', 'video/mp4'],
  ['no-extension', ''],
  ['all.zip', 'application/zip'],
])('%s (%s) is sent', (path, type) => expect(sift([chosen(path, type)], null).files).toHaveLength(1))

test('archives are known by their extensions', () =>
  expect(['a.zip', 'a.TAR', 'a.tar.gz', 'a.tgz', 'a.tar.zst', 'a.gz', 'a.wav'].map(isArchive)).toEqual([
    true, true, true, true, true, false, false,
  ]))
