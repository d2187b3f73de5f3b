/** Audio that the player can draw and play. */
export interface Playable {
  url: string
  duration: number
  /** Upper and lower peaks of the waveform, 0 to 1; null if unknown. */
  peaks: [number[], number[]] | null
  /** Frees the resources of the audio. */
  release: () => void
}

// Decoded audio takes about 20 times the memory of a compressed file.
const maxDecodedBytes = 40 * 1024 * 1024
const decodedRate = 16000
const drawnPoints = 1000

/** Decodes a local file for preview; without peaks if it is too large, null if the browser cannot play it. */
export async function readLocalFile(file: File): Promise<Playable | null> {
  const url = URL.createObjectURL(file)
  const release = () => URL.revokeObjectURL(url)
  const decoded = file.size > maxDecodedBytes ? null : await decode(file)
  if (decoded) return { url, duration: decoded.duration, peaks: peaksOf(decoded.getChannelData(0)), release }

  const duration = await playableDuration(url)
  if (duration !== null) return { url, duration, peaks: null, release }
  release()
  return null
}

export async function decode(blob: Blob, rate = decodedRate): Promise<AudioBuffer | null> {
  try {
    return await new OfflineAudioContext(1, 1, rate).decodeAudioData(await blob.arrayBuffer())
  } catch {
    return null
  }
}

/** Upper and lower peaks of at most `points` stretches of the samples. */
export function peaksOf(samples: Float32Array, points = drawnPoints): [number[], number[]] {
  const upper: number[] = []
  const lower: number[] = []
  const size = Math.max(1, Math.ceil(samples.length / points))
  for (let start = 0; start < samples.length; start += size) {
    let high = 0
    let low = 0
    for (const sample of samples.subarray(start, start + size)) {
      if (sample > high) high = sample
      if (sample < low) low = sample
    }
    upper.push(high)
    lower.push(-low)
  }
  return [upper, lower]
}

function playableDuration(url: string): Promise<number | null> {
  return new Promise(resolve => {
    const audio = new Audio()
    audio.preload = 'metadata'
    audio.onloadedmetadata = () => resolve(Number.isFinite(audio.duration) ? audio.duration : null)
    audio.onerror = () => resolve(null)
    audio.src = url
  })
}
