import { basePath } from '@/api/http'
import type { EmotionKey } from '@/shared/emotions/emotions'

/** A recording to try the page with. */
export interface Example {
  url: string
  name: string
  /** The emotion that is acted; null if there are several, or none is intended. */
  emotion: EmotionKey | null
}

/** The recordings of actors that examples.sh makes, by path; empty if it did not run before the build. */
const urls = import.meta.glob<string>('./examples/*.flac', { query: '?url', import: 'default', eager: true })

export const acted = Object.keys(urls).length > 0

export const examples: Example[] = acted
  ? [...(['angry', 'happy', 'sad', 'neutral'] as const).map(key => actedExample(key, key)), actedExample('dialogue', null)]
  : [{ url: `${basePath}/example.wav`, name: 'example.wav', emotion: null }]

export async function fetchExample({ url, name }: Example): Promise<File> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.statusText)
  return new File([await response.blob()], name)
}

function actedExample(name: string, emotion: EmotionKey | null): Example {
  return { url: urls[`./examples/${name}.flac`]!, name: `${name}.flac`, emotion }
}
