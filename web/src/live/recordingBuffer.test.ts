import { expect, test } from 'vitest'
import { RecordingBuffer } from './recordingBuffer'

const rate = 16000

// jsdom's File has no arrayBuffer().
function read(file: File): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as ArrayBuffer)
    reader.onerror = () => reject(reader.error as Error)
    reader.readAsArrayBuffer(file)
  })
}

const second = () => new Int16Array(rate).fill(7)

test('the file holds all samples after a WAV header', async () => {
  const buffer = new RecordingBuffer(rate, Infinity)
  for (let count = 0; count < 25; count++) buffer.add(second())
  const file = buffer.toFile('talk')
  const bytes = new DataView(await read(file))
  expect(file.name).toBe('talk.wav')
  expect(buffer.seconds).toBe(25)
  expect(bytes.byteLength).toBe(44 + 25 * rate * 2)
  expect(bytes.getUint32(40, true)).toBe(25 * rate * 2)
  expect(bytes.getInt16(bytes.byteLength - 2, true)).toBe(7)
})

test('samples beyond the size limit are dropped', () => {
  const buffer = new RecordingBuffer(rate, 44 + 2 * rate * 2)
  buffer.add(second())
  buffer.add(second())
  expect(buffer.full).toBe(false)
  buffer.add(second())
  buffer.add(new Int16Array(1))
  expect(buffer.full).toBe(true)
  expect(buffer.seconds).toBe(2)
})
