import type { EmotionKey } from '@/shared/emotions/emotions'
import angry from './examples/angry.flac?url'
import dialogue from './examples/dialogue.flac?url'
import happy from './examples/happy.flac?url'
import neutral from './examples/neutral.flac?url'
import sad from './examples/sad.flac?url'

/** A recording of actors to try the page with. */
export interface Example {
  url: string
  name: string
  /** The emotion that is acted; null if there are several. */
  emotion: EmotionKey | null
}

export const examples: Example[] = [
  { url: angry, name: 'angry.flac', emotion: 'angry' },
  { url: happy, name: 'happy.flac', emotion: 'happy' },
  { url: sad, name: 'sad.flac', emotion: 'sad' },
  { url: neutral, name: 'neutral.flac', emotion: 'neutral' },
  { url: dialogue, name: 'dialogue.flac', emotion: null },
]

export async function fetchExample({ url, name }: Example): Promise<File> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.statusText)
  return new File([await response.blob()], name)
}
