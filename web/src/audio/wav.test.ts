// @vitest-environment node
import { expect, test } from 'vitest'
import { cut, toWav, wavHeader } from './wav'

const ascii = (view: DataView, offset: number) => String.fromCharCode(...new Uint8Array(view.buffer, offset, 4))

test('the header describes mono 16-bit PCM', () => {
  const header = new DataView(wavHeader(16000, 100))
  expect([ascii(header, 0), ascii(header, 8), ascii(header, 36)]).toEqual(['RIFF', 'WAVE', 'data'])
  expect(header.getUint32(4, true)).toBe(36 + 200)
  expect(header.getUint16(20, true)).toBe(1)
  expect(header.getUint16(22, true)).toBe(1)
  expect(header.getUint32(24, true)).toBe(16000)
  expect(header.getUint32(28, true)).toBe(32000)
  expect(header.getUint16(34, true)).toBe(16)
  expect(header.getUint32(40, true)).toBe(200)
})

test('samples are clamped to full scale', async () => {
  const bytes = new DataView(await toWav(new Float32Array([0, 0.5, 2, -2]), 8000).arrayBuffer())
  const samples = [0, 1, 2, 3].map(index => bytes.getInt16(44 + index * 2, true))
  expect(samples).toEqual([0, 16384, 32767, -32767])
})

test('a cut has the samples between two positions', () => {
  const samples = Float32Array.from({ length: 100 }, (_, i) => i)
  expect([...cut(samples, 10, 0.2, 0.5)]).toEqual([2, 3, 4])
  expect(cut(samples, 10, 0, 10)).toEqual(samples)
  expect(cut(samples, 10, 9.9, 12)).toHaveLength(1)
})
