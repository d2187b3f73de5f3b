/** Writes the first channel of a sound as a 16-bit WAV. */
export function toWav(sound: AudioBuffer): Blob {
  const samples = sound.getChannelData(0)
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2))
  const tag = (offset: number, name: string) => [...name].forEach((c, i) => bytes.setUint8(offset + i, c.charCodeAt(0)))

  tag(0, 'RIFF')
  bytes.setUint32(4, 36 + samples.length * 2, true)
  tag(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true) // PCM
  bytes.setUint16(22, 1, true) // one channel
  bytes.setUint32(24, sound.sampleRate, true)
  bytes.setUint32(28, sound.sampleRate * 2, true)
  bytes.setUint16(32, 2, true)
  bytes.setUint16(34, 16, true)
  tag(36, 'data')
  bytes.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, i) => bytes.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true))
  return new Blob([bytes], { type: 'audio/wav' })
}
