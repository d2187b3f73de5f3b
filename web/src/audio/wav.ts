/** Encodes mono samples as 16-bit WAV. */
export function toWav(samples: Float32Array, rate: number): Blob {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2))
  samples.forEach((sample, i) => bytes.setInt16(i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true))
  return new Blob([wavHeader(rate, samples.length), bytes], { type: 'audio/wav' })
}

/** The samples between two positions in seconds. */
export const cut = (samples: Float32Array, rate: number, start: number, end: number): Float32Array =>
  samples.subarray(Math.round(start * rate), Math.round(end * rate))

/** The header of a mono 16-bit WAV. */
export function wavHeader(rate: number, samples: number): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(44))
  const tag = (offset: number, name: string) => [...name].forEach((c, i) => bytes.setUint8(offset + i, c.charCodeAt(0)))

  tag(0, 'RIFF')
  bytes.setUint32(4, 36 + samples * 2, true)
  tag(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true) // PCM
  bytes.setUint16(22, 1, true) // mono
  bytes.setUint32(24, rate, true)
  bytes.setUint32(28, rate * 2, true)
  bytes.setUint16(32, 2, true)
  bytes.setUint16(34, 16, true)
  tag(36, 'data')
  bytes.setUint32(40, samples * 2, true)
  return bytes.buffer
}
